namespace RnnGen.Generator.Tests.Equations;

/// <summary>Derivatives by central differences, the judge of those that are derived.</summary>
internal static class FiniteDifferences
{
    /// <summary>The largest error of a gradient, relative to the largest magnitude of the differences that it belongs to.</summary>
    public const double Tolerance = 1e-6;

    private const double Change = 1e-5;

    /// <summary>d loss / d place; the place is left as it was.</summary>
    public static double Of(Func<double> loss, Func<double> read, Action<double> write)
    {
        double value = read();
        write(value + Change);
        double above = loss();
        write(value - Change);
        double below = loss();
        write(value);
        return (above - below) / (2 * Change);
    }

    /// <summary>Asserts that gradients are the differences.</summary>
    public static void AssertEqual(string what, IReadOnlyList<double> differences, IReadOnlyList<double> gradients)
    {
        double scale = differences.Max(Math.Abs);
        for (int i = 0; i < differences.Count; i++)
            Assert.True(
                Math.Abs(differences[i] - gradients[i]) <= Tolerance * scale,
                FormattableString.Invariant($"{what}[{i}]: differences give {differences[i]:g9}, the derived equations {gradients[i]:g9}."));
    }
}
