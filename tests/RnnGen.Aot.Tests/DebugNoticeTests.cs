namespace RnnGen.Aot.Tests;

/// <summary>A program whose networks are compiled without optimisation, as in a Debug build, says so.</summary>
[Collection(AotCollection.Programs)]
public sealed class DebugNoticeTests
{
    private const string Line = "RnnGen: Program is a Debug build, in which networks run many times slower: ";

    [SkippableFact]
    public void One_line_for_several_networks_that_can_be_switched_off()
    {
        string[] unoptimised = ["-p:Optimize=false", "-p:RnnGenOptimizeDebug=false"];
        Publication debug = Publication.ForTheJit("Program", unoptimised).Succeeded();
        Execution run = Run(debug);
        Assert.StartsWith(Line, run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, run.Errors.Split('\n').Length); // one line, and its end
        Assert.Equal("", Run(debug, ("RNNGEN_NOTICE", "0")).Errors);
        Assert.Equal("", Run(Publication.ForTheJit("Program", [.. unoptimised, "-p:RnnGenSimdNotice=false"]).Succeeded()).Errors);
    }

    [SkippableFact]
    public void None_of_an_optimised_program() => Assert.Equal("", Run(Publication.ForTheJit("Program").Succeeded()).Errors);

    private static Execution Run(Publication publication, params (string Name, string? Value)[] variables) => Execution.Run(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [publication["Program.dll"]], null, variables).Succeeded();
}
