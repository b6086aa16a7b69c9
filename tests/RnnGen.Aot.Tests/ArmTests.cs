namespace RnnGen.Aot.Tests;

/// <summary>The same project published for ARM64 on another kind of machine, by gcc's compiler for it.</summary>
[Collection(AotCollection.Programs)]
public sealed class ArmTests
{
    [SkippableFact]
    public void A_level_of_x86_means_nothing_to_it()
    {
        Publication publication = Publication.Of("Program", [.. Toolchain.ForArm, "-p:RnnGenTarget=x86-64-v3"]).Succeeded();
        Execution run = Toolchain.RunOnArm(publication["Program"]).Succeeded();
        Assert.Equal("Portable Portable finite\n", run.Output);
        Assert.Equal("", run.Errors);
    }
}
