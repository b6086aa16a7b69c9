using System.Diagnostics;

namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record Execution(int ExitCode, string Output, string Errors)
{
    // Publishing for three levels of x86-64 on a machine that does much else.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its path, or its name on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="variables">Environment variables that it has beside those of the tests; null takes one away.</param>
    public static Execution Run(
        string program, IEnumerable<string> arguments, string? folder = null, params (string Name, string? Value)[] variables)
    {
        using Process process = Start(program, arguments, folder, variables, givesInput: false);
        return End(program, process);
    }

    /// <summary>The same with something on standard input.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="input">What it can read.</param>
    public static Execution RunWithInput(string program, byte[] input)
    {
        using Process process = Start(program, [], null, [], givesInput: true);
        Task writing = Task.Run(() =>
        {
            try
            {
                process.StandardInput.BaseStream.Write(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended before it has read all: what it says of that is looked at.
            }
        });
        Execution execution = End(program, process);
        writing.Wait();
        return execution;
    }

    /// <summary>Runs a program that does not end by itself until it has written a line, and ends it and all that it started.</summary>
    /// <param name="program">Its path, or its name on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="isLast">Which line.</param>
    /// <returns>The line; a failed test where none came.</returns>
    public static string RunUntil(string program, IEnumerable<string> arguments, string folder, Predicate<string> isLast)
    {
        using Process process = Start(program, arguments, folder, [("MSBUILDDISABLENODEREUSE", "1")], givesInput: false);
        process.BeginErrorReadLine();
        using var late = new Timer(_ => process.Kill(entireProcessTree: true), null, Limit, Timeout.InfiniteTimeSpan);
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (!isLast(line))
                continue;
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return line;
        }

        Assert.Fail($"{program} did not write the line:\n{string.Join('\n', lines)}");
        return "";
    }

    private static Process Start(
        string program, IEnumerable<string> arguments, string? folder, (string Name, string? Value)[] variables, bool givesInput)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = givesInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };

        // What the test run and its MSBuild tell their own processes is not for others.
        string[] prefixes = ["VSTEST_", "MSBUILD", "DOTNET_Enable", "RNNGEN_"];
        foreach (string name in start.Environment.Keys.ToArray())
        {
            if (prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                start.Environment.Remove(name);
        }

        foreach ((string name, string? value) in variables)
            start.Environment[name] = value;

        return Process.Start(start)!;
    }

    private static Execution End(string program, Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {Limit}");
        }

        return new Execution(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>The same, where it ended well; a failed test where not.</summary>
    public Execution Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Errors}");
        return this;
    }
}
