using System.Diagnostics;

namespace RnnGen.Benchmarks.Limits;

/// <summary>What one core of this machine can do with the vectors that RnnGen uses, measured: the yardstick of the other tables.</summary>
/// <param name="Flops">Peak of fused multiply-adds from registers, floating-point operations a second.</param>
/// <param name="Loads">Bytes a second that vector loads bring in, by the size of the data that is read over and over, ascending.</param>
public sealed record MachineLimits(double Flops, IReadOnlyList<(int Bytes, double PerSecond)> Loads)
{
    private static readonly int[] Sizes = [16 << 10, 24 << 10, 40 << 10, 96 << 10, 256 << 10, 512 << 10, 768 << 10, 2 << 20, 8 << 20];

    /// <summary>The best of many short runs: on a shared machine the minimum is what the core can do.</summary>
    public static MachineLimits Measure()
    {
        var loads = new List<(int, double)>();
        foreach (int size in Sizes)
        {
            var data = new LoadProbe(size);
            loads.Add((size, data.BytesPerPass / BestSeconds(data.Pass)));
        }

        return new MachineLimits(FmaProbe.Operations / BestSeconds(FmaProbe.Run), loads);
    }

    /// <summary>Bytes a second for data of a size: as measured for the next larger size, the last for all that are larger.</summary>
    public double LoadsOf(double bytes) => Loads.FirstOrDefault(load => load.Bytes >= bytes, Loads[^1]).PerSecond;

    /// <summary>The shortest time of a pass that multiplies and moves so much: its arithmetic, or its weights, whichever takes longer.</summary>
    public double Seconds(double flops, double bytes) => Math.Max(flops / Flops, bytes / LoadsOf(bytes));

    private static double BestSeconds(Action pass)
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
}
