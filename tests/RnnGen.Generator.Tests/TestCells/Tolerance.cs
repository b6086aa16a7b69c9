namespace RnnGen.Generator.Tests.TestCells;

/// <summary>How near a tensor in single precision must be, relative to the largest magnitude in it.</summary>
internal static class Tolerance
{
    public const double Forward = 2e-6;
    public const double Gradient = 1e-5;

    public static void AssertNear(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 0, error = 0;
        foreach (float value in expected)
            scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
            error = Math.Max(error, Math.Abs((double)expected[i] - actual[i]));
        Assert.True(error <= tolerance * scale, FormattableString.Invariant($"{what}: off by {error:g3}, largest {scale:g3}."));
    }
}
