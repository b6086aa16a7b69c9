namespace RnnGen.Tests.Training;

/// <summary>Random numbers and comparisons that the training tests share.</summary>
internal static class Numbers
{
    /// <summary>Values drawn evenly from [−scale, scale).</summary>
    internal static float[] Draw(int seed, int count, float scale = 1)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = scale * (2 * random.NextSingle() - 1);
        return values;
    }

    /// <summary>Every value is within a tolerance, relative to the largest magnitude expected.</summary>
    internal static void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 1e-30;
        foreach (double value in expected)
            largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance * largest))
                Assert.Fail($"at {i}: expected {expected[i]:R}, got {actual[i]:R} (largest magnitude {largest:R})");
        }
    }

    /// <summary>A value is within a relative tolerance.</summary>
    internal static void AssertNear(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1e-30, Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");

    /// <summary>The same bits.</summary>
    internal static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]), $"at {i}: {expected[i]:R} and {actual[i]:R}");
    }
}
