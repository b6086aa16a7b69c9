namespace RnnGen.Latency;

/// <summary>A point of the distribution of latencies.</summary>
/// <param name="Percentile">A percentage of the steps, 0 to 100.</param>
/// <param name="Nanoseconds">The latency that these steps did not exceed.</param>
public readonly record struct LatencyPoint(double Percentile, long Nanoseconds);
