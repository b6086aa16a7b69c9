using RnnGen.Benchmarks.Networks;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>A step with weights of 16 and of 8 bits beside one with floats, and how far the outputs are apart.</summary>
internal static class PrecisionTable
{
    private const double SecondsEach = 0.15;

    public static string Measure(MachineLimits limits) => Measure(NetworkLists.Precisions);

    /// <summary>The same of shapes that makers of hardware publish.</summary>
    public static string MeasurePublished(MachineLimits limits) => Measure(NetworkLists.Published);

    private static string Measure(IReadOnlyList<PrecisionEntry> entries)
    {
        var table = new MarkdownTable(
            "weights of", "float32 min ns", "bfloat16 min ns", "faster", "of medians", "largest error", "int8 min ns", "faster", "of medians", "largest error");
        foreach (var entry in entries)
        {
            var times = Timing.Of(
                SecondsEach, [.. entry.Steps.Select(step => (Action<int>)(calls => { for (; calls > 0; calls--) step(); }))]);
            table.Add(
                entry.Name, $"{times[0].Minimum * 1e9:F1}",
                $"{times[1].Minimum * 1e9:F1}", Faster(times[0].Minimum, times[1].Minimum), Faster(times[0].Median, times[1].Median), $"{entry.Errors[0]:E1}",
                $"{times[2].Minimum * 1e9:F1}", Faster(times[0].Minimum, times[2].Minimum), Faster(times[0].Median, times[2].Median), $"{entry.Errors[1]:E1}");
        }

        return table.ToString();
    }

    private static string Faster(double than, double time) => $"{than / time:F2}×";
}
