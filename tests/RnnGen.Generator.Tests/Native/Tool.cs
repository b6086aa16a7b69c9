using System.Diagnostics;

namespace RnnGen.Generator.Tests.Native;

/// <summary>Programs of the system that some machines lack: where one is absent, the test is skipped and says so.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs a program in a folder; what it writes is in the message where it fails.</summary>
    public static string Run(string folder, string program, params IEnumerable<string> arguments)
    {
        Require(program);
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail($"{program}: expected an end within {Limit}");
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}\n{output.Result}{errors.Result}");
        return output.Result;
    }

    /// <summary>Skips the test where a program is absent.</summary>
    public static void Require(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip.IfNot(File.Exists(program) || folders.Any(folder => File.Exists(Path.Combine(folder, program))), $"there is no {program} on this machine");
    }
}
