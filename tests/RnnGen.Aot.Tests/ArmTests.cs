namespace RnnGen.Aot.Tests;

/// <summary>The same project published for ARM64 on another kind of machine, by gcc's compiler for it.</summary>
[Collection(AotCollection.Name)]
public sealed class ArmTests
{
    /// <summary>What cross-publishing with gcc takes.</summary>
    private static string[] ForArm =>
    [
        "-r", "linux-arm64", $"-p:CppCompilerAndLinker={Toolchain.ArmCompiler}",
        $"-p:ObjCopyName={Path.GetDirectoryName(Toolchain.ArmCompiler)}/aarch64-linux-gnu-objcopy",
    ];

    [SkippableFact]
    public void A_level_of_x86_means_nothing_to_it()
    {
        Publication publication = Publication.Of("Program", [.. ForArm, "-p:RnnGenTarget=x86-64-v3"]).Succeeded();
        Execution run = Execution.Run(Toolchain.QemuArm, ["-L", "/usr/aarch64-linux-gnu", publication["Program"]]).Succeeded();
        Assert.Equal("Portable Portable finite\n", run.Output);
        Assert.Equal("", run.Errors);
    }
}
