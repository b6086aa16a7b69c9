using RnnGen.Benchmarks.Networks;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>What it costs to have the same bits on every instruction set: nothing where there is fused multiply-add, much where there is none.</summary>
internal static class DeterminismTable
{
    private const double SecondsEach = 0.15;

    public static string Measure(MachineLimits limits)
    {
        var table = new MarkdownTable("step", "min ns", "deterministic, min ns", "slower", "of medians");
        foreach (var entry in NetworkLists.Determinism)
        {
            var times = Timing.Of(
                SecondsEach, [.. entry.Steps.Select(step => (Action<int>)(calls => { for (; calls > 0; calls--) step(); }))]);
            table.Add(
                entry.Name, $"{times[0].Minimum * 1e9:F1}", $"{times[1].Minimum * 1e9:F1}",
                $"{times[1].Minimum / times[0].Minimum:F2}×", $"{times[1].Median / times[0].Median:F2}×");
        }

        return table.ToString();
    }
}
