namespace RnnGen.Latency;

/// <summary>A point of the distribution of latencies.</summary>
/// <param name="Percentile">A percentage of the steps, 0 to 100.</param>
/// <param name="Nanoseconds">They took at most this.</param>
public readonly record struct LatencyPoint(double Percentile, long Nanoseconds);
