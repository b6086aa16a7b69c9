using RnnGen.Benchmarks.Networks;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>One step of several streams in a call, <c>Step(Span&lt;State&gt;, …)</c>: stream-steps a second, and what part of the machine's peak.</summary>
internal static class StreamsTable
{
    private const double SecondsEach = 0.15;

    private static readonly int[] Counts = [2, 4, 8, 16, 64];

    public static string Measure(MachineLimits limits)
    {
        var table = new MarkdownTable(
            "streams a call", "streams", "min ns", "median ns", "ns a stream", "million stream-steps a second", "GFLOP/s", "of FMA peak", "allocated B");
        foreach (var entry in NetworkLists.Streams)
            foreach (int streams in Counts)
            {
                var step = entry.Create(streams, 1);
                var time = Timing.Of(SecondsEach, calls => { for (; calls > 0; calls--) step(); })[0];
                double flops = streams * entry.StepFlops / time.Minimum;
                table.Add(
                    entry.Name,
                    streams,
                    $"{time.Minimum * 1e9:F0}",
                    $"{time.Median * 1e9:F0}",
                    $"{time.Minimum * 1e9 / streams:F1}",
                    $"{streams / time.Minimum / 1e6:F2}",
                    $"{flops / 1e9:F0}",
                    $"{flops / limits.Flops:P0}",
                    time.Allocated);
            }

        return table.ToString();
    }
}
