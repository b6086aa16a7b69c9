namespace RnnGen.Aot.Tests;

/// <summary>The same bits from the JIT and from NativeAOT, and those of deterministic networks on every instruction set.</summary>
[Collection(AotCollection.Libraries)]
public sealed class SameBitsTests
{
    private static readonly (string Name, string? Value)[][] Settings = [[], [("DOTNET_EnableAVX512", "0")], [("DOTNET_EnableAVX2", "0")]];

    /// <summary>What the program says, by the instruction set that it ran.</summary>
    private static readonly Lazy<Dictionary<string, string[]>> Jit = new(() => Settings
        .Select(settings => Lines(Execution.Run(DotNet, [Publication.ForTheJit("Bits").Succeeded()["Bits.dll"]], null, settings)))
        .DistinctBy(lines => lines[0])
        .ToDictionary(lines => lines[0], lines => lines));

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [SkippableTheory]
    [InlineData("portable", InstructionSet.Portable)]
    [InlineData("x86-64-v3", InstructionSet.Avx2)]
    [InlineData("x86-64-v4", InstructionSet.Avx512)]
    public void The_jit_and_native_code_of_an_instruction_set_give_the_same_bits(string target, InstructionSet instructions)
    {
        Skip.If(RnnGen.Simd.Best < instructions, $"this CPU has no {instructions}");
        Publication publication = Publication.Of("Bits", $"-p:RnnGenTarget={target}").Succeeded();
        Assert.Equal(Jit.Value[instructions.ToString()], Lines(Execution.Run(publication["Bits"], [])));
    }

    [SkippableFact]
    public void Deterministic_networks_give_the_same_bits_on_all_instruction_sets()
    {
        Skip.If(RnnGen.Simd.Best == InstructionSet.Portable, "this CPU has portable kernels only");
        string[] portable = Jit.Value[nameof(InstructionSet.Portable)];
        Assert.All(Jit.Value.Values, lines => Assert.Equal(Deterministic(portable), Deterministic(lines)));

        // Without the promise, a CPU without fused multiply-add rounds twice: the test above would see a difference.
        Assert.NotEqual(portable[1..], Jit.Value[RnnGen.Simd.Best.ToString()][1..]);
    }

    [SkippableFact]
    public void All_instruction_sets_are_close_to_a_plain_computation_in_doubles() => Assert.All(Jit.Value.Values, AssertClose);

    /// <summary>Another kind of CPU: NEON, 128-bit vectors with fused multiply-add.</summary>
    [SkippableFact]
    public void Arm_gives_the_bits_of_x86()
    {
        Publication publication = Publication.Of("Bits", Toolchain.ForArm).Succeeded();
        string[] lines = Lines(Toolchain.RunOnArm(publication["Bits"]));
        Assert.Equal(nameof(InstructionSet.Portable), lines[0]);
        AssertClose(lines);
        Assert.Equal(Deterministic(Jit.Value[nameof(InstructionSet.Portable)]), Deterministic(lines));
        Skip.If(RnnGen.Simd.Best == InstructionSet.Portable, "this CPU has no fused multiply-add to compare with");
        Assert.Equal(Jit.Value[RnnGen.Simd.Best.ToString()][1..], lines[1..]);
    }

    private static string[] Lines(Execution execution) => execution.Succeeded().Output.TrimEnd('\n').Split('\n');

    /// <summary>The results that must not depend on the instruction set.</summary>
    private static IEnumerable<string> Deterministic(string[] lines) => lines.Skip(1).Where(line => !line.StartsWith("Free\t", StringComparison.Ordinal));

    private static void AssertClose(string[] lines)
    {
        string[] shares = [.. lines.Skip(1).Select(line => line.Split('\t')[2]).Where(share => share != "-")];
        Assert.True(shares.Length > 40, $"expected more than 40 results with a reference, got {shares.Length}");
        Assert.All(shares, share => Assert.InRange(double.Parse(share, System.Globalization.CultureInfo.InvariantCulture), 0, 1));
    }
}
