using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>The main tables in a minute: minima and medians of many short runs, taken by turns in one process, beside limits measured just before.</summary>
internal static class QuickReport
{
    private static readonly (string Name, Func<MachineLimits, string> Measure)[] Tables =
    [
        ("limits", LimitsTable.Of),
        ("step", StepTable.Measure),
        ("training", TrainingTable.Measure),
        ("generator", _ => GeneratorTable.Measure()),
    ];

    /// <summary>Measures and prints, and writes the report to a file when one is named.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="only">The name of the one table to make; null for all.</param>
    public static void Run(string? path, string? only)
    {
        using var file = path is null ? TextWriter.Null : new StreamWriter(path) { NewLine = "\n" };
        Write($"{Cpu.Name}, {Environment.ProcessorCount} processors; {RuntimeInformation.FrameworkDescription}; {Simd.Active}; {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
        Write("One thread. Times are minima of many short runs (medians where said).\n");
        var limits = MachineLimits.Measure();
        foreach (var (name, measure) in Tables)
            if (only is null || only == name)
                Write(measure(limits));

        void Write(string text)
        {
            Console.WriteLine(text);
            file.WriteLine(text);
        }
    }
}
