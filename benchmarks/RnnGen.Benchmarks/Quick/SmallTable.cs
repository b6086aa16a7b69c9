using RnnGen.Benchmarks.Networks;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>Small networks, a sample of a block and a step, and what options cost or save.</summary>
internal static class SmallTable
{
    private const double SecondsEach = 0.15;

    public static string Measure(MachineLimits limits)
    {
        var table = new MarkdownTable(
            $"ns a sample, blocks of {SmallEntry.Samples}", "min", "median", $"blocks of {SmallEntry.FewSamples}", "step", "deterministic", "fast activations");
        foreach (var entry in NetworkLists.Small)
        {
            Action[] codes = [entry.ShortRun, entry.Step, .. entry.Runs.OfType<Action>()];
            var times = Timing.Of(SecondsEach, [.. codes.Select(code => (Action<int>)(calls => { for (; calls > 0; calls--) code(); }))]);
            var (few, step, runs) = (times[0], times[1], times[2..]);
            string Option(int place) => entry.Runs[place] is null ? "" : Sample(runs[place].Minimum, SmallEntry.Samples);
            table.Add(
                entry.Name, Sample(runs[0].Minimum, SmallEntry.Samples), Sample(runs[0].Median, SmallEntry.Samples),
                Sample(few.Minimum, SmallEntry.FewSamples), Sample(step.Minimum, 1), Option(1), Option(2));
        }

        return table.ToString();
    }

    private static string Sample(double seconds, int samples) => $"{seconds / samples * 1e9:F1}";
}
