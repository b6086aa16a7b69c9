using System.Collections.Concurrent;

namespace RnnGen.Tests.Numerics;

/// <summary>Compares tensors. Tolerances are relative to the largest magnitude in the expected tensor, and are those that the project promises.</summary>
internal static class Closeness
{
    /// <summary>What a forward pass may be off.</summary>
    public const double Forward = 2e-6;

    /// <summary>What a gradient may be off.</summary>
    public const double Gradient = 1e-5;

    /// <summary>What weights and losses may be off after training.</summary>
    public const double Trained = 1e-4;

    /// <summary>A file to which each suite's worst deviations are appended, for people.</summary>
    private static readonly string? Report = Environment.GetEnvironmentVariable("RNNGEN_DEVIATIONS");

    private static readonly ConcurrentDictionary<string, double> Worst = new();

    /// <summary>Every value is within the tolerance; what is all zeros must be so exactly.</summary>
    public static void Check(string suite, string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        double[] doubles = new double[expected.Length];
        for (int i = 0; i < doubles.Length; i++)
            doubles[i] = expected[i];
        Check(suite, what, doubles, actual, tolerance);
    }

    /// <inheritdoc cref="Check(string, string, ReadOnlySpan{float}, ReadOnlySpan{float}, double)"/>
    public static void Check(string suite, string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} values, got {actual.Length}");
        if (expected.IsEmpty)
            return; // a network without states

        double largest = 0;
        double difference = 0;
        int at = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            double distance = Math.Abs(expected[i] - actual[i]);
            if (!(distance <= difference)) // NaN counts as the largest
                (difference, at) = (distance, i);
        }

        Note(suite, what, difference / Math.Max(largest, double.Epsilon) / tolerance);
        Assert.True(
            difference <= tolerance * largest,
            $"{what}: at {at} of {expected.Length}: expected {expected[at]:R}, got {actual[at]:R}: "
            + $"off by {difference / largest:E2} of the largest magnitude {largest:R}");
    }

    private static void Note(string suite, string what, double ratio)
    {
        if (Report is null || Worst.TryGetValue(suite, out double worst) && worst >= ratio)
            return;
        Worst[suite] = ratio;
        lock (Worst)
            File.AppendAllText(Report, FormattableString.Invariant($"{suite}\t{ratio:F4}\t{RnnGen.Simd.Active}\t{what}\n"));
    }
}
