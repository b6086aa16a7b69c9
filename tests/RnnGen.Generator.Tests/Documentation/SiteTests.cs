using System.Diagnostics;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests;

namespace RnnGen.Generator.Tests.Documentation;

public sealed class SiteTests
{
    [SkippableFact]
    public void The_site_builds_without_a_warning()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        Run("tool restore");
        Run("docfx --warningsAsErrors");
        Assert.True(File.Exists(Repository.PathOf("artifacts", "site", "index.html")));
    }

    private static void Run(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Repository.PathOf(), RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }
}
