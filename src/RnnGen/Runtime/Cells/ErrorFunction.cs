namespace RnnGen.Runtime;

/// <summary>The error function in double precision. The generator links this file.</summary>
internal static class ErrorFunction
{
    /// <summary>erf(x): 2/√π e^−x² (x + 2x³/3 + 4x⁵/15 + …), all of whose terms have one sign.</summary>
    public static double At(double x)
    {
        double clamped = System.Math.Min(System.Math.Max(x, -6), 6), term = clamped, sum = clamped;
        for (int n = 1; System.Math.Abs(term) > 1e-17 * System.Math.Abs(sum); n++)
            sum += term *= 2 * clamped * clamped / ((2 * n) + 1);
        return 2 / System.Math.Sqrt(System.Math.PI) * System.Math.Exp(-clamped * clamped) * sum;
    }
}
