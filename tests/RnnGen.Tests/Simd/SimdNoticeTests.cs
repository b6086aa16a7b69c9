using System.Diagnostics;
using RnnGen.Runtime;

namespace RnnGen.Tests.Simd;

/// <summary>Whether a process says that it could run better kernels: once, unless it is told not to.</summary>
public sealed class SimdNoticeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [SkippableFact]
    public void One_line_says_what_runs_and_what_could()
    {
        Skip.If(RnnGen.Simd.Best == InstructionSet.Portable, "this CPU has portable kernels only");
        (string output, string errors) = Run(("DOTNET_EnableAVX2", "0"));
        Assert.Equal($"Portable {RnnGen.Simd.Best}", output.Trim());
        Assert.Equal(SimdNotice.Text(InstructionSet.Portable, RnnGen.Simd.Best, isCompiledAhead: false) + Environment.NewLine + OfThisBuild, errors);
    }

    [Fact]
    public void The_environment_turns_it_off() => Assert.Equal("", Run(("DOTNET_EnableAVX2", "0"), ("RNNGEN_NOTICE", "0")).Errors);

    [Fact]
    public void The_best_kernels_need_no_line_and_a_debug_build_has_one() => Assert.Equal(OfThisBuild, Run().Errors);

    [Fact]
    public void The_line_says_how_to_mend_it()
    {
        AssertSays("RnnGenTarget set to x86-64-v4", InstructionSet.Avx512, isCompiledAhead: true);
        AssertSays("RnnGenTarget set to x86-64-v3", InstructionSet.Avx2, isCompiledAhead: true);
        AssertSays("DOTNET_EnableAVX2", InstructionSet.Avx2, isCompiledAhead: false);
    }

    /// <summary>What a Debug build of these tests says of itself.</summary>
    private static string OfThisBuild =>
        DebugNotice.IsUnoptimised(typeof(SimdNoticeTests).Assembly) ? DebugNotice.Text("RnnGen.Tests") + Environment.NewLine : "";

    private static void AssertSays(string cure, InstructionSet best, bool isCompiledAhead) =>
        Assert.Contains(cure, SimdNotice.Text(InstructionSet.Portable, best, isCompiledAhead), StringComparison.Ordinal);

    private static (string Output, string Errors) Run(params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "exec", typeof(SimdNoticeTests).Assembly.Location, SimdNoticeRun.Argument },
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_Enable", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the process did not end within {Limit}");
        }

        Assert.True(process.ExitCode == 0, errors.Result);
        return (output.Result, errors.Result);
    }
}
