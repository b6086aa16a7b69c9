namespace RnnGen.Aot.Tests;

/// <summary>
/// Whether the JIT optimises the networks of a user's Debug build: yes where a command line builds it, unless the property says no; no where an editor or
/// <c>dotnet watch</c> does.
/// </summary>
[Collection(AotCollection.Libraries)]
public sealed class DebugBuildTests
{
    private const string Told = "RnnGen: the JIT optimises outside, so that its networks run at full speed in this Debug build.";
    private const string Optimised = "optimised\n";
    private const string Unoptimised = "not optimised\n";

    private const string Program = """
        main.cs
        using System.Diagnostics;
        using System.Reflection;

        using var net = new Net(seed: 1);
        net.Step(new float[Net.InputSize], new float[Net.OutputSize]);
        var debuggable = typeof(Net).Assembly.GetCustomAttribute<DebuggableAttribute>()!;
        System.Console.WriteLine(debuggable.IsJITOptimizerDisabled ? "not optimised" : "optimised");

        [RnnGen.Network(4)]
        [RnnGen.Lstm(8)]
        public sealed partial class Net;
        """;

    private const string Properties = """
        <PropertyGroup>
          <TargetFramework>net10.0</TargetFramework>
          <OutputType>Exe</OutputType>
          <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
        </PropertyGroup>
        """;

    [SkippableFact]
    public void A_command_line_optimises_and_tells_it_once()
    {
        var project = new OutsideProject("outside.csproj", Properties, Program);
        Assert.Single(Build(project).Output.Split(Told).Skip(1));
        AssertRuns(project, Optimised);
        Assert.DoesNotContain(Told, Build(project).Output, StringComparison.Ordinal); // Nothing is compiled anew.
    }

    /// <summary>One project and one folder: each property must make the compiler run again.</summary>
    [SkippableFact]
    public void The_property_and_editors_leave_it_unoptimised_and_the_program_says_so()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        var project = new OutsideProject("outside.csproj", Properties, Program);
        Build(project);
        AssertRuns(project, Optimised);
        foreach (string off in (string[])["RnnGenOptimizeDebug=false", "BuildingInsideVisualStudio=true", "BuildingByReSharper=true", "GenerateFullPaths=true"])
        {
            Assert.DoesNotContain(Told, Build(project, "-p:" + off).Output, StringComparison.Ordinal);
            AssertRuns(project, Unoptimised);
            Assert.Contains(Told, Build(project, $"-p:{off};RnnGenOptimizeDebug=true").Output, StringComparison.Ordinal); // The last one counts.
            AssertRuns(project, Optimised);
        }
    }

    [SkippableFact]
    public void Dotnet_watch_leaves_it_unoptimised_for_hot_reload()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        var project = new OutsideProject("outside.csproj", Properties, Program);
        Assert.Equal(Unoptimised.Trim(), project.Watch(line => line.EndsWith("optimised", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void A_project_with_an_attribute_of_its_own_keeps_it()
    {
        var project = new OutsideProject(
            "outside.csproj", Properties, Program, "debuggable.cs\n[assembly: System.Diagnostics.Debuggable(isJITTrackingEnabled: true, isJITOptimizerDisabled: true)]");
        Build(project);
        AssertRuns(project, Unoptimised);
    }

    [SkippableFact]
    public void Without_a_network_nothing_is_optimised_and_nothing_told()
    {
        const string Nothing = """
            main.cs
            using System.Diagnostics;
            using System.Reflection;

            var debuggable = Assembly.GetExecutingAssembly().GetCustomAttribute<DebuggableAttribute>()!;
            System.Console.WriteLine(debuggable.IsJITOptimizerDisabled ? "not optimised" : "optimised");
            """;
        var project = new OutsideProject("outside.csproj", Properties, Nothing);
        Assert.DoesNotContain("RnnGen:", Build(project).Output, StringComparison.Ordinal);
        Assert.Equal(Unoptimised, Run(project).Output);
    }

    private static Publication Build(OutsideProject project, params string[] arguments) => project.Run("build", ["-c", "Debug", .. arguments]).Succeeded();

    private static Execution Run(OutsideProject project) => Execution.Run(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [project.PathOf("debug", "outside.dll")]).Succeeded();

    /// <summary>Only what is not optimised says so on standard error.</summary>
    private static void AssertRuns(OutsideProject project, string says)
    {
        Execution run = Run(project);
        Assert.Equal(says, run.Output);
        if (says == Optimised)
            Assert.Equal("", run.Errors);
        else
            Assert.Contains("RnnGen: outside is a Debug build", run.Errors, StringComparison.Ordinal);
    }
}
