namespace RnnGen.Tests.Numerics;

/// <summary>Which kernels the tests of this category have tested: what <see cref="InstructionSetTests"/> says that they should.</summary>
[Trait("Category", "Numerics")]
public sealed class ActiveInstructionSetTests
{
    /// <summary>The environment variable that names the expected <see cref="InstructionSet"/>.</summary>
    public const string Expected = "RNNGEN_EXPECTED_SIMD";

    [SkippableFact]
    public void The_expected_kernels_ran()
    {
        string? expected = Environment.GetEnvironmentVariable(Expected);
        Skip.If(expected is null, "set by InstructionSetTests");
        Assert.Equal(expected, RnnGen.Simd.Active.ToString());
    }
}
