using System.Diagnostics;
using System.Globalization;

namespace RnnGen.Benchmarks.Quick;

/// <summary>How soon a fresh process has its first step, and whether that is at full speed: LSTM 64→64, in child processes.</summary>
internal static class StartupTable
{
    /// <summary>What makes this program a child: followed by the parent's reading of the clock.</summary>
    public const string ChildOption = "--startup-child";

    private const int Processes = 10;

    private static readonly (string Name, string TieredCompilation)[] Settings = [("as .NET starts programs (tiered)", "1"), ("TieredCompilation=0", "0")];

    public static string Measure()
    {
        var table = new MarkdownTable(
            "start, LSTM 64→64",
            "to Main ms",
            "first touch to first step done ms (max)",
            "of these JIT ms",
            "methods",
            "step 2 ns",
            "step 3 ns",
            "steps 4 to 21 ns (max)",
            "steady ns");
        foreach (var (name, tieredCompilation) in Settings)
        {
            double[][] runs = [.. Enumerable.Range(0, Processes).Select(_ => Child(tieredCompilation))];
            string Median(int field) => Middle(runs.Select(run => run[field])).ToString("F0", CultureInfo.InvariantCulture);
            const int Steps = 5;
            table.Add(
                name,
                Median(0),
                $"{Median(1)} ({runs.Max(run => run[1]):F0})",
                Median(2),
                Median(3),
                Median(Steps),
                Median(Steps + 1),
                $"{Middle(runs.SelectMany(run => run[(Steps + 2)..])):F0} ({Middle(runs.Select(run => run[(Steps + 2)..].Max())):F0})",
                Median(4));
        }

        return $"{table}\nMedians of {Processes} processes. A step's time includes reading the clock.\n";
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double[] Child(string tieredCompilation) => ChildProcess.Run(
        new Dictionary<string, string> { ["DOTNET_TieredCompilation"] = tieredCompilation },
        ChildOption, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
}
