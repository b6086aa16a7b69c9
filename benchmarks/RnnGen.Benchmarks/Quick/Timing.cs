using System.Diagnostics;

namespace RnnGen.Benchmarks.Quick;

/// <summary>The times of one piece of code over many short runs, in seconds a call.</summary>
/// <param name="Minimum">What the code takes when nothing disturbs it.</param>
/// <param name="Median">What it usually takes on this machine.</param>
/// <param name="Allocated">Bytes allocated over all runs.</param>
internal readonly record struct Timing(double Minimum, double Median, long Allocated)
{
    private const double WarmUpSeconds = 0.05;
    private const double RunSeconds = 40e-6;
    private const int MinRuns = 4;
    private const int Runs = 20_000;

    /// <summary>Times several pieces of code by turns, so that a disturbance meets all of them. Each takes the number of its calls.</summary>
    public static Timing[] Of(double secondsEach, params Action<int>[] codes)
    {
        int[] calls = [.. codes.Select(WarmUp)];
        double[][] seconds = [.. codes.Select(_ => new double[Runs])];
        long[] allocated = new long[codes.Length];
        int[] runs = new int[codes.Length];
        var total = Stopwatch.StartNew();
        for (int run = 0; run < Runs && (run < MinRuns || total.Elapsed.TotalSeconds < secondsEach * codes.Length); run++)
            for (int code = 0; code < codes.Length; code++)
            {
                if (calls[code] > 1)
                    codes[code](1); // Brings its data back into the caches, where the others have been.
                long before = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                codes[code](calls[code]);
                seconds[code][runs[code]++] = Stopwatch.GetElapsedTime(start).TotalSeconds / calls[code];
                allocated[code] += GC.GetAllocatedBytesForCurrentThread() - before;
            }

        return [.. codes.Select((_, code) => Of(seconds[code].AsSpan(0, runs[code]), allocated[code]))];
    }

    private static Timing Of(Span<double> seconds, long allocated)
    {
        seconds.Sort();
        return new Timing(seconds[0], seconds[seconds.Length / 2], allocated);
    }

    /// <summary>Runs the code for a while; gives the calls that fill a run. Doubled from one: the clock may be too coarse to time a single call.</summary>
    private static int WarmUp(Action<int> code)
    {
        int calls = 1;
        for (var total = Stopwatch.StartNew(); total.Elapsed.TotalSeconds < WarmUpSeconds;)
        {
            long start = Stopwatch.GetTimestamp();
            code(calls);
            if (Stopwatch.GetElapsedTime(start).TotalSeconds < RunSeconds)
                calls *= 2;
        }

        return calls;
    }
}
