namespace RnnGen.Cells.Tests;

/// <summary>Vectors and matrices of doubles, for equations as papers write them.</summary>
internal static class Numbers
{
    public static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, (left, right) => left + right)];

    public static double[] Times(double[] a, double[] b) => [.. a.Zip(b, (left, right) => left * right)];

    public static double[] Map(double[] a, Func<double, double> function) => [.. a.Select(function)];

    public static double[] Sigmoid(double[] a) => Map(a, value => 1 / (1 + Math.Exp(-value)));

    public static double[] Tanh(double[] a) => Map(a, Math.Tanh);

    /// <summary>share ⊙ a + (1 − share) ⊙ b.</summary>
    public static double[] Mix(double[] share, double[] a, double[] b) => [.. share.Select((weight, unit) => (weight * a[unit]) + ((1 - weight) * b[unit]))];

    /// <summary>A matrix, row by row, times a vector.</summary>
    public static double[] Apply(double[] matrix, double[] vector) =>
        [.. Enumerable.Range(0, matrix.Length / vector.Length).Select(row => vector.Select((value, column) => value * matrix[(row * vector.Length) + column]).Sum())];
}
