using RnnGen.Benchmarks.Networks;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>Whole updates, and steps of many streams, on one thread and on all processors that the process may use.</summary>
internal static class ThreadsTable
{
    private const int Steps = 64;
    private const double SecondsEach = 0.2;

    private static readonly int[] BatchSizes = [16, 32, 64];
    private static readonly int[] Streams = [16, 64];

    public static string Measure(MachineLimits limits)
    {
        int threads = Environment.ProcessorCount;
        if (threads == 1)
            return "Threads: left out, this process may use one processor only.\n";
        var table = new MarkdownTable("threads", "sequences", "one thread µs", "median µs", $"{threads} threads µs", "median µs", "faster", "of medians");
        foreach (int batchSize in BatchSizes)
            foreach (var entry in NetworkLists.Training)
            {
                using var subject = entry.Create();
                using var one = subject.Train(Steps, batchSize);
                using var several = subject.Train(Steps, batchSize, threads);
                Row(table, $"Update, T = 64, {entry.Name}", batchSize, () => one.Update(), () => several.Update());
            }

        foreach (int streams in Streams)
            foreach (var entry in NetworkLists.Streams)
                Row(table, $"Step of streams, {entry.Name}", streams, entry.Create(streams, 1), entry.Create(streams, threads));
        return table.ToString();
    }

    private static void Row(MarkdownTable table, string name, int sequences, Action one, Action several)
    {
        var times = Timing.OfThreads(
            SecondsEach, calls => { for (; calls > 0; calls--) one(); }, calls => { for (; calls > 0; calls--) several(); });
        table.Add(
            name, sequences, $"{times[0].Minimum * 1e6:F1}", $"{times[0].Median * 1e6:F1}", $"{times[1].Minimum * 1e6:F1}", $"{times[1].Median * 1e6:F1}",
            $"{times[0].Minimum / times[1].Minimum:F2}×", $"{times[0].Median / times[1].Median:F2}×");
    }
}
