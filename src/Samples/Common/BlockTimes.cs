using System.Diagnostics;
using System.Globalization;
using HdrHistogram;

namespace RnnGen.Samples;

/// <summary>How long the blocks of a signal took, one after the other.</summary>
internal sealed class BlockTimes
{
    private const long LongestNanoseconds = 60_000_000_000;
    private const int SignificantDigits = 3;

    private readonly LongHistogram _nanoseconds = new(LongestNanoseconds, SignificantDigits);
    private readonly double _blockSeconds;
    private readonly double _seconds;

    /// <summary>Takes measured times.</summary>
    /// <param name="ticks">Of each block, as <see cref="Stopwatch"/> counts.</param>
    /// <param name="blockSeconds">The duration of a block of audio.</param>
    public BlockTimes(ReadOnlySpan<long> ticks, double blockSeconds)
    {
        _blockSeconds = blockSeconds;
        foreach (long tick in ticks)
        {
            double seconds = (double)tick / Stopwatch.Frequency;
            _seconds += seconds;
            _nanoseconds.RecordValue((long)(1e9 * seconds));
        }
    }

    /// <summary>Seconds of signal that are processed per second of computing, counting whole blocks.</summary>
    public double RealTimeFactor => _nanoseconds.TotalCount * _blockSeconds / _seconds;

    /// <summary>The time that a percentage of the blocks stays within, in microseconds.</summary>
    public double Percentile(double percentage) => _nanoseconds.GetValueAtPercentile(percentage) / 1e3;

    /// <summary>The percentiles, and the time that is available.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"block latency (µs): p50 {Percentile(50):F1}, p99 {Percentile(99):F1}, p99.9 {Percentile(99.9):F1}, max {Percentile(100):F1}; a block is {1e6 * _blockSeconds:F0} long");
}
