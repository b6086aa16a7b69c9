using System.Diagnostics;

namespace RnnGen.Latency;

/// <summary>Measured limits of one core of this machine with the vectors that RnnGen uses: the reference for a network's speed.</summary>
/// <param name="Flops">Peak of fused multiply-adds from registers, floating-point operations per second; a multiply-add is two.</param>
/// <param name="Loads">Bytes per second of vector loads, by the size of the buffer that is read repeatedly, ascending; at least one.</param>
/// <param name="Hertz">
/// Clock of the core while it is busy, cycles per second: of a chain of integer additions, each of which needs the one before and takes a cycle. Managed code
/// has no counter of cycles.
/// </param>
public sealed record MachineLimits(double Flops, IReadOnlyList<(int Bytes, double PerSecond)> Loads, double Hertz)
{
    /// <summary>Beyond every cache of a core: more data is read no faster and no slower.</summary>
    private const int LargestProbe = 256 << 20;

    private static readonly int[] Sizes = [16 << 10, 24 << 10, 40 << 10, 96 << 10, 256 << 10, 512 << 10, 768 << 10, 2 << 20, 8 << 20];

    /// <summary>Bytes per second that vector loads bring in, by the size of the data, ascending; at least one.</summary>
    public IReadOnlyList<(int Bytes, double PerSecond)> Loads { get; } =
        Loads is { Count: > 0 } ? Loads : throw new ArgumentException("Loads: expected at least one size, got none", nameof(Loads));

    /// <summary>Measures loads of nine sizes from 16 KB to 8 MB, for three seconds in all.</summary>
    public static MachineLimits Measure() => Measure(Sizes);

    /// <summary>Measures loads of one size of data, for one second in all.</summary>
    /// <param name="bytes">The size, at least 1. Below 4 KB, 4 KB are read: all of it is in the first cache. Beyond 256 MB, 256 MB are.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is 0 or less.</exception>
    public static MachineLimits Measure(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return Measure([(int)Math.Clamp(bytes, LoadProbe.SmallestBytes, LargestProbe)]);
    }

    /// <summary>Bytes per second for data of a size: as measured for the next larger size, the last for all that are larger.</summary>
    public double LoadsOf(double bytes) => Loads.FirstOrDefault(load => load.Bytes >= bytes, Loads[^1]).PerSecond;

    /// <summary>The shortest time of a pass that multiplies and moves so much: its arithmetic, or its weights, whichever takes longer.</summary>
    public double Seconds(double flops, double bytes) => Math.Max(flops / Flops, bytes / LoadsOf(bytes));

    /// <summary>The best of many short runs: on a shared machine the minimum is what the core can do.</summary>
    internal static double BestSeconds(Action pass)
    {
        double best = double.MaxValue;
        for (var total = Stopwatch.StartNew(); total.ElapsedMilliseconds < 300;)
        {
            long start = Stopwatch.GetTimestamp();
            pass();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static MachineLimits Measure(int[] sizes)
    {
        var loads = new List<(int, double)>();
        foreach (int size in sizes)
        {
            var data = new LoadProbe(size);
            loads.Add((size, data.BytesPerPass / BestSeconds(data.Pass)));
        }

        return new MachineLimits(FmaProbe.Operations / BestSeconds(FmaProbe.Run), loads, CycleProbe.Cycles / BestSeconds(CycleProbe.Run));
    }
}
