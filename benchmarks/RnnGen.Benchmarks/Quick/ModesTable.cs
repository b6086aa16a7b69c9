using RnnGen.Benchmarks.Networks;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>
/// Whether a small network has one speed: the same kernels in many processes, whose stacks and heaps are at other addresses each time. A kernel that spilled
/// vectors to the stack, or whose data crossed lines by chance, would be slower in some of them. Minima are compared, for a busy
/// machine raises medians; and cycles, for the clock of a shared machine changes from one process to the next.
/// </summary>
internal static class ModesTable
{
    /// <summary>What makes this program a child.</summary>
    public const string ChildOption = "--modes-child";

    private const int Processes = 20;
    private const double SecondsEach = 0.1;

    /// <summary>Times the fastest process, up to which noise explains a difference.</summary>
    private const double OfOneMode = 1.05;

    public static string Measure()
    {
        double[][] runs = [.. Enumerable.Range(0, Processes).Select(_ => ChildProcess.Run(new Dictionary<string, string>(), ChildOption))];
        var table = new MarkdownTable($"minima of {Processes} processes, cycles a sample", "least", "middle", "most", "most over least", "processes over 1.05");
        foreach (var (entry, place) in NetworkLists.Small.Select((entry, place) => (entry, place)))
        {
            double[] minima = [.. runs.Select(run => run[place]).Order()];
            int slow = minima.Count(minimum => minimum > OfOneMode * minima[0]);
            table.Add(entry.Name, $"{minima[0]:F0}", $"{minima[Processes / 2]:F0}", $"{minima[^1]:F0}", $"{minima[^1] / minima[0]:F2}", slow);
        }

        return table.ToString();
    }

    /// <summary>The child's part: the minimum of each small network, in cycles of a chain of additions that takes turns with it.</summary>
    public static void Answer() => ChildProcess.Answer(NetworkLists.Small.Select(entry =>
    {
        var times = Timing.Of(
            SecondsEach,
            calls => { for (; calls > 0; calls--) entry.Runs[0]!(); },
            calls => { for (; calls > 0; calls--) CycleProbe.Run(); });
        return times[0].Minimum / SmallEntry.Samples / times[1].Minimum * CycleProbe.Cycles;
    }));
}
