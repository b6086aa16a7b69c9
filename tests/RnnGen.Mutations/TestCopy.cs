using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RnnGen.Mutations;

/// <summary>A copy of a built test project, in which an assembly is replaced.</summary>
internal sealed partial class TestCopy : IDisposable
{
    private readonly string _folder;
    private readonly string _assembly;
    private readonly TimeSpan _limit;

    /// <summary>Copies the project's output.</summary>
    /// <param name="testProject">The folder of the test project; its Release output is there.</param>
    /// <param name="limit">The longest time that a run may take.</param>
    public TestCopy(string testProject, TimeSpan limit)
    {
        string output = Path.Combine(testProject, "bin", "Release", "net10.0");
        string assembly = Path.GetFileName(testProject) + ".dll";
        if (!File.Exists(Path.Combine(output, assembly)))
            throw new FileNotFoundException($"{Path.Combine(output, assembly)} is not there: build the tests in Release first");

        // Inside the repository, because tests look for its files above their own.
        _folder = Path.Combine(testProject, "bin", $"Mutants-{Environment.ProcessId}");
        _assembly = Path.Combine(_folder, assembly);
        _limit = limit;
        foreach (string file in Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(output, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(_folder, "xunit.runner.json"), """{ "stopOnFail": true }""");
    }

    /// <summary>The path of an assembly in the copy.</summary>
    public string PathOf(string assembly) => Path.Combine(_folder, assembly);

    /// <summary>Runs the tests of a filter until one fails.</summary>
    /// <returns>What killed the mutant; null if every test passed.</returns>
    public string? Run(string filter)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
            ArgumentList = { "vstest", _assembly, $"--TestCaseFilter:{filter}" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_limit))
        {
            process.Kill(entireProcessTree: true);
            return $"no end within {_limit.TotalSeconds:0} s";
        }

        if (process.ExitCode == 0)
            return null;
        string text = output.Result + errors.Result;
        return FailedTest().Match(text) is { Success: true } failed ? failed.Groups[1].Value : "the process: " + text.Trim().Split('\n')[^1];
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex(@"^\s*Failed (\S+)", RegexOptions.Multiline)]
    private static partial Regex FailedTest();
}
