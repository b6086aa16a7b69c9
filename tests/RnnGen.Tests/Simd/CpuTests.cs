namespace RnnGen.Tests.Simd;

public sealed class CpuTests
{
    // SSE3 … POPCNT, FMA, MOVBE, OSXSAVE, AVX, F16C
    private static readonly int[] BitsOfLevel3 = [0, 9, 12, 13, 19, 20, 22, 23, 27, 28, 29];

    [Fact]
    public void Each_cpu_has_its_best_kernels()
    {
        Assert.Equal(InstructionSet.Portable, default(Cpu).Best);
        Assert.Equal(InstructionSet.Portable, Cpus.Nehalem.Best);
        Assert.Equal(InstructionSet.Avx2, Cpus.Haswell.Best);
        Assert.Equal(InstructionSet.Avx512, Cpus.IceLakeServer.Best);
        Assert.Equal(InstructionSet.Avx512, Cpus.Zen4.Best);
    }

    [Fact]
    public void A_cpu_that_slows_down_for_512_bits_has_level_4_and_better_runs_Avx2()
    {
        Assert.True(Cpus.SkylakeServer.HasLevel4);
        Assert.Equal(InstructionSet.Avx2, Cpus.SkylakeServer.Best);
        Assert.Equal(InstructionSet.Avx2, (Cpus.SkylakeServer with { Signature = 0x60663 }).Best);
        Assert.Equal(InstructionSet.Avx512, (Cpus.SkylakeServer with { IsIntel = false }).Best);
    }

    [Fact]
    public void Level_3_needs_each_of_its_bits()
    {
        foreach (int bit in BitsOfLevel3)
            Assert.False((Cpus.Haswell with { Features = Cpus.Haswell.Features & ~(1 << bit) }).HasLevel3, $"bit {bit} of leaf 1");
        foreach (int bit in (int[])[3, 5, 8])
            Assert.False((Cpus.Haswell with { Features7 = Cpus.Haswell.Features7 & ~(1 << bit) }).HasLevel3, $"bit {bit} of leaf 7");
        Assert.False((Cpus.Haswell with { FeaturesExtended = 1 }).HasLevel3);
    }

    [Fact]
    public void Level_4_needs_each_of_its_bits()
    {
        foreach (int bit in (int[])[16, 17, 28, 30, 31])
            Assert.False((Cpus.Zen4 with { Features7 = Cpus.Zen4.Features7 & ~(1 << bit) }).HasLevel4, $"bit {bit} of leaf 7");
    }

    [Fact]
    public void Registers_that_the_system_does_not_save_are_not_there()
    {
        Assert.Equal(InstructionSet.Portable, (Cpus.Haswell with { SavedBytes = 576 }).Best);
        Assert.Equal(InstructionSet.Avx2, (Cpus.Zen4 with { SavedBytes = 832 }).Best);
        Assert.Equal(InstructionSet.Avx2, (Cpus.Zen4 with { EndOf512 = 0 }).Best);
    }

    [Fact]
    public void The_best_kernels_are_those_that_run_unless_the_environment_turns_some_off()
    {
        Assert.True(RnnGen.Simd.Active <= RnnGen.Simd.Best);
        if (!Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(name => name.StartsWith("DOTNET_Enable", StringComparison.OrdinalIgnoreCase)))
            Assert.Equal(RnnGen.Simd.Best, RnnGen.Simd.Active);
    }
}
