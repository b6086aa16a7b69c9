using System.Diagnostics;
using System.Globalization;

namespace RnnGen.Benchmarks.Embedded;

/// <summary>A program that is ready to be run and measured.</summary>
/// <param name="executable">Its executable.</param>
/// <param name="folder">The folder with all that must be shipped; null where that is not known.</param>
internal sealed class PublishedProgram(string executable, string? folder)
{
    /// <summary>What only those who debug or compile need.</summary>
    private static readonly string[] NotShipped = [".pdb", ".dbg", ".xml"];

    /// <summary>Long enough for what is said to be heard; then the program waits for more.</summary>
    private static readonly TimeSpan Listening = TimeSpan.FromMilliseconds(30);

    public long ExecutableBytes => new FileInfo(executable).Length;

    public long? ShippedBytes => folder is null ? null : new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => !NotShipped.Contains(file.Extension)).Sum(file => file.Length);

    /// <summary>Runs it on samples; its input stays open until it has been looked at.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public ProgramRun Run(byte[] samples)
    {
        var start = new ProcessStartInfo(executable) { RedirectStandardInput = true, RedirectStandardOutput = true };
        long before = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        Stream input = process.StandardInput.BaseStream;
        input.Write(samples);
        input.Flush();
        Stream output = process.StandardOutput.BaseStream;
        byte[] piece = new byte[1 << 16];
        int read = output.Read(piece);
        TimeSpan first = Stopwatch.GetElapsedTime(before);
        if (read == 0)
            throw new InvalidOperationException($"{executable} wrote nothing");

        // A slow program needs longer for the rest than a fast one.
        Thread.Sleep(Listening + first);
        var status = File.ReadLines($"/proc/{process.Id}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        input.Close();
        using var all = new MemoryStream();
        all.Write(piece, 0, read);
        output.CopyTo(all);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{executable}: expected the exit code 0, got {process.ExitCode}");
        string[] lines = System.Text.Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length).TrimEnd('\n').Split('\n');
        return new ProgramRun(first, Kibibytes("VmHWM"), Kibibytes("RssAnon"), Number("Threads"), lines[^1]);

        long Kibibytes(string name) => 1024 * Number(name);
        long Number(string name) => long.Parse(status[name].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}

/// <summary>What one run took.</summary>
/// <param name="FirstOutput">From before the start to the first byte.</param>
/// <param name="PeakBytes">The most memory that was resident.</param>
/// <param name="OwnBytes">The part of it that belongs to no file.</param>
/// <param name="Threads">How many there were at the end.</param>
/// <param name="LastLine">What it wrote last.</param>
internal sealed record ProgramRun(TimeSpan FirstOutput, long PeakBytes, long OwnBytes, long Threads, string LastLine);
