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

    /// <summary>Less CPU time than this share of the wall time says that the thread waited for the core.</summary>
    private const double LeastCpuShare = 0.97;

    /// <summary>Samples taken in this process, and those among them left out because something else had the core meanwhile.</summary>
    public static (long Taken, long Disturbed) Samples { get; private set; }

    /// <summary>Times several pieces of code by turns, so that a disturbance meets all of them. Each takes the number of its calls.</summary>
    public static Timing[] Of(double secondsEach, params Action<int>[] codes) => Of(secondsEach, waits: false, codes);

    /// <summary>The same for code that waits for other threads, whose CPU time is therefore no measure.</summary>
    public static Timing[] OfThreads(double secondsEach, params Action<int>[] codes) => Of(secondsEach, waits: true, codes);

    private static Timing[] Of(double secondsEach, bool waits, Action<int>[] codes)
    {
        int[] calls = [.. codes.Select(WarmUp)];
        Series[] series = [.. codes.Select(_ => new Series())];
        var total = Stopwatch.StartNew();
        for (int run = 0; run < Runs && (run < MinRuns || total.Elapsed.TotalSeconds < secondsEach * codes.Length); run++)
            for (int code = 0; code < codes.Length; code++)
            {
                if (calls[code] > 1)
                    codes[code](1); // Brings its data back into the caches, where the others have been.
                long before = GC.GetAllocatedBytesForCurrentThread();
                ThreadUsage usage = ThreadUsage.Now;
                long start = Stopwatch.GetTimestamp();
                codes[code](calls[code]);
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                bool isDisturbed = IsDisturbed(usage, ThreadUsage.Now, waits ? 0 : elapsed);
                (isDisturbed ? series[code].Disturbed : series[code].Quiet).Add(elapsed / calls[code]);
                series[code].Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }

        int quiet = series.Sum(one => one.Quiet.Count), disturbed = series.Sum(one => one.Disturbed.Count);
        Samples = (Samples.Taken + quiet + disturbed, Samples.Disturbed + disturbed);
        return [.. series.Select(one => one.Timing)];
    }

    /// <summary>Whether the core was taken away between two looks. Where the system says nothing, nothing is disturbed.</summary>
    private static bool IsDisturbed(ThreadUsage before, ThreadUsage after, double elapsed) =>
        after.Switches > before.Switches
        || (after.Seconds > 0 && after.Seconds - before.Seconds < LeastCpuShare * elapsed);

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

    /// <summary>The samples of one piece of code. Disturbed ones count only where there are no others.</summary>
    private sealed class Series
    {
        public List<double> Quiet { get; } = new(Runs);

        public List<double> Disturbed { get; } = new(Runs);

        public long Allocated { get; set; }

        public Timing Timing
        {
            get
            {
                var seconds = Quiet.Count > 0 ? Quiet : Disturbed;
                seconds.Sort();
                return new Timing(seconds[0], seconds[seconds.Count / 2], Allocated);
            }
        }
    }
}
