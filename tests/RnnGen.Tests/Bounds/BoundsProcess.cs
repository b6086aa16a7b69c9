using System.Diagnostics;

namespace RnnGen.Tests.Bounds;

/// <summary>How a process ended that this program was run in once more.</summary>
/// <param name="ExitCode">Not 0 when a protected page, an exception or a failed check ended it.</param>
/// <param name="Lines">What it said it would do; the last line is what it was at.</param>
/// <param name="Errors">What it, or the runtime, had to say about its end.</param>
internal sealed record BoundsProcess(int ExitCode, IReadOnlyList<string> Lines, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Whether it came to its end.</summary>
    public bool IsThrough => ExitCode == 0 && At == BoundsRun.End;

    /// <summary>What it was at.</summary>
    public string At => Lines.Count == 0 ? "the start" : Lines[^1];

    /// <summary>What to say of one that did not come to its end.</summary>
    public string Report => $"ended with {ExitCode} at: {At}\n{Errors}";

    /// <summary>Runs the program to its end, without an instruction set where one is named.</summary>
    public static BoundsProcess Run(string argument, string value, string? without = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "exec", typeof(BoundsProcess).Assembly.Location, argument, value },
        };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0"; // these are made to die
        if (without is not null)
            start.Environment[without] = "0";

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        return new BoundsProcess(process.ExitCode, output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries), errors.Result);
    }
}
