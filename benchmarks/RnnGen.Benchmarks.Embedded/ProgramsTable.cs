using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Benchmarks.Quick;

namespace RnnGen.Benchmarks.Embedded;

/// <summary>Programs that do the same job, side by side: what must be shipped, how soon the first output comes, what memory and threads it takes.</summary>
internal static class ProgramsTable
{
    private const int Runs = 30;

    /// <summary>Publishes, measures, prints.</summary>
    /// <param name="path">A file for the report; null for none.</param>
    public static void Write(string? path)
    {
        string day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string report = $"{Cpu.Name}, {Environment.ProcessorCount} processors; {RuntimeInformation.FrameworkDescription}; {day}.\n\n{Measure()}";
        Console.WriteLine(report);
        if (path is not null)
            File.WriteAllText(path, report);
    }

    private static string Measure()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rnngen-programs-");
        try
        {
            var recording = new Recording();
            var table = new MarkdownTable(
                "program", "executable MiB", "to ship MiB", "first output ms, min", "median", "peak memory MiB", "of that its own", "threads", "hears");
            Add(table, "cat (no work at all)", new PublishedProgram("/bin/cat", folder: null), recording);
            foreach (var host in HostProgram.All)
            {
                Console.WriteLine($"publishing {host.Name} …");
                if (host.Publish(Path.Combine(folder.FullName, host.Id)) is { } published)
                    Add(table, host.Name, published, recording);
            }

            return $"""
                {table}
                A recording of a digit and a pause as raw PCM on standard input. First output: from before the start of the process to the first byte that it writes,
                {Runs} processes, one after the other; peak memory: the resident set's high-water mark, and the part of it that is no file; threads: at the end, the
                runtime's own among them; hears: the digit and its probability.

                """;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Add(MarkdownTable table, string name, PublishedProgram program, Recording recording)
    {
        ProgramRun[] runs;
        try
        {
            runs = [.. Enumerable.Range(0, Runs).Select(_ => program.Run(recording.Samples))];
        }
        catch (InvalidOperationException failure)
        {
            Console.WriteLine($"{name} is left out, for it does not run: {failure.Message}");
            return;
        }

        double[] times = [.. runs.Select(run => run.FirstOutput.TotalMilliseconds).Order()];
        table.Add(
            name,
            Mebibytes(program.ExecutableBytes),
            program.ShippedBytes is long shipped ? Mebibytes(shipped) : "-",
            Text(times[0], "F1"),
            Text(times[times.Length / 2], "F1"),
            Mebibytes(runs.Max(run => run.PeakBytes)),
            Mebibytes(runs.Max(run => run.OwnBytes)),
            runs.Max(run => run.Threads),
            program.ShippedBytes is null ? "-" : runs.Select(run => run.LastLine).Distinct().Single());
    }

    private static string Mebibytes(long bytes) => Text(bytes / (1024.0 * 1024), "F2");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
