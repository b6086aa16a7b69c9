using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Benchmarks.Peers;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>The main tables: minima and medians of many short runs, taken by turns in one process, beside limits measured just before.</summary>
/// <param name="tables">What can be measured, by the names that a command uses.</param>
internal sealed class QuickReport(params (string Name, Func<MachineLimits, string> Measure)[] tables)
{
    /// <summary>Names of tables that are made only when asked for.</summary>
    public IReadOnlyList<string> OnDemand { get; init; } = [];

    /// <summary>Measures and prints, and writes the report to a file when one is named.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="only">The name of the one table to make; null for all but those on demand.</param>
    public void Run(string? path, string? only)
    {
        if (only is not null && tables.All(table => table.Name != only))
            throw new ArgumentException($"--only: expected {string.Join(", ", tables.Select(table => table.Name))}, got {only}");
        using var file = path is null ? TextWriter.Null : new StreamWriter(path) { NewLine = "\n" };
        string day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Write($"{Cpu.Name}, {Environment.ProcessorCount} processors; {RuntimeInformation.FrameworkDescription}{Compiled}; {Simd.Active}; {day}.");
        Write("One thread unless said. Times are minima of many short runs (medians where said). A ratio is a peer's time over the generated network's.");
        foreach (string note in PeerList.LeftOut)
            Console.WriteLine(note);
        Write("");
        (long all, long stolen) = Steal.Now;
        var limits = MachineLimits.Measure();
        foreach (var (name, measure) in tables)
            if (only is null ? !OnDemand.Contains(name) : only == name)
                Write(measure(limits));
        if (Timing.Samples.Taken > 0)
            Write(Quietness(all, stolen));

        void Write(string text)
        {
            Console.WriteLine(text);
            file.WriteLine(text);
            file.Flush();
        }
    }

    private static string Quietness(long all, long stolen)
    {
        (long taken, long disturbed) = Timing.Samples;
        (long allNow, long stolenNow) = Steal.Now;
        double share = allNow > all ? 100.0 * (stolenNow - stolen) / (allNow - all) : 0;
        return FormattableString.Invariant(
            $"{disturbed} of {taken} samples were left out because another process had the core meanwhile; {share:F1} % of the machine's time was stolen.");
    }

    private static string Compiled => RuntimeFeature.IsDynamicCodeSupported ? "" : ", NativeAOT";
}
