using System.Globalization;

namespace RnnGen.Aot.Tests;

/// <summary>One publish, a library for each level of x86-64: each CPU runs the best that it can, whoever calls.</summary>
[Collection(AotCollection.Libraries)]
public sealed class LevelTests
{
    private const string Caller = """
        #include <stdio.h>
        #include "levels.h"

        int main(void)
        {
            printf("%d ", levels_step());
            printf("%d\n", levels_active());
            return 0;
        }
        """;

    [SkippableFact]
    public void One_publish_makes_a_library_for_each_level_a_loader_and_a_header() => Assert.Equal(
        ["fading.h", "levels.h", "levels.so", "levels.x86-64-v2.so", "levels.x86-64-v3.so", "levels.x86-64-v4.so"],
        Directory.GetFiles(Publish().Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [SkippableTheory]
    [InlineData("Nehalem", InstructionSet.Portable)]
    [InlineData("Haswell", InstructionSet.Avx2)]
    public void A_caller_in_C_runs_the_best_of_another_cpu(string cpu, InstructionSet expected) =>
        Assert.Equal(Answer(expected), Toolchain.RunAs(cpu, CompileCaller()).Succeeded().Output);

    [SkippableFact]
    public void A_caller_in_C_runs_the_best_of_this_cpu() => Assert.Equal(Answer(RnnGen.Simd.Best), Execution.Run(CompileCaller(), []).Succeeded().Output);

    [SkippableTheory]
    [InlineData("Nehalem", InstructionSet.Portable, "levels.x86-64-v2.so")]
    [InlineData("Haswell", InstructionSet.Avx2, "levels.x86-64-v3.so")]
    public void A_caller_in_CSharp_runs_the_best_of_another_cpu(string cpu, InstructionSet expected, string library)
    {
        string program = Publication.Of("Program").Succeeded()["Program"];
        Assert.Equal($"{library}\n{(int)expected}\n", Toolchain.RunAs(cpu, program, Publish().Folder, "levels").Succeeded().Output);
    }

    [SkippableFact]
    public void A_caller_in_CSharp_runs_the_best_of_this_cpu()
    {
        string program = Publication.Of("Program").Succeeded()["Program"];
        Assert.EndsWith($"\n{(int)RnnGen.Simd.Best}\n", Execution.Run(program, [Publish().Folder, "levels"]).Succeeded().Output, StringComparison.Ordinal);
    }

    /// <summary>Why someone must choose: an image ends the process of a CPU that cannot run it.</summary>
    [SkippableFact]
    public void A_level_above_the_cpu_does_not_start()
    {
        Skip.If(RnnGen.Simd.Best < InstructionSet.Avx2, "this CPU has no AVX2");
        string program = InstructionSetTests.Avx2["Program"];
        Assert.NotEqual(0, Toolchain.RunAs("Nehalem", program).ExitCode);
    }

    /// <summary>What a program keeps of a library that it is linked with is the library's name, not the path that the linker was given.</summary>
    [SkippableTheory]
    [InlineData("levels.so")]
    [InlineData("levels.x86-64-v2.so")]
    public void A_program_that_was_linked_by_a_relative_path_runs_in_any_folder(string library)
    {
        string folder = TemporaryFolder.New("elsewhere");
        Execution run = Execution.Run(CompileCaller(library), [], folder).Succeeded();
        Assert.StartsWith("1 ", run.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_static_library_links_with_its_response_file()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        Publication publication = PublishStatic();
        string folder = TemporaryFolder.New("caller");
        File.WriteAllText(Path.Combine(folder, "main.c"), Caller);
        Toolchain.Compile(folder, "main.c", $"-I{publication.Folder}", $"@{publication["levels.link.rsp"]}", "-o", "main");
        Assert.Equal(Answer(InstructionSet.Portable), Execution.Run(Path.Combine(folder, "main"), []).Succeeded().Output);
    }

    /// <summary>A library for each level, and the one that loads the best of them.</summary>
    internal static Publication Publish() => Publication.Of("Levels", "-p:RnnGenTargets=V2%3Bx86-64-v3%3BX86-64-v4").Succeeded();

    /// <summary>A static library.</summary>
    internal static Publication PublishStatic() => Publication.Of("Levels", "-p:NativeLib=Static", "-p:RnnGenTarget=portable").Succeeded();

    private static string Answer(InstructionSet active) => string.Create(CultureInfo.InvariantCulture, $"1 {(int)active}\n");

    private static string CompileCaller(string library = "levels.so")
    {
        Publication publication = Publish();
        string folder = TemporaryFolder.New("caller");
        File.WriteAllText(Path.Combine(folder, "main.c"), Caller);
        string path = Path.GetRelativePath(folder, publication[library]);
        Toolchain.Compile(folder, "main.c", $"-I{publication.Folder}", path, $"-Wl,-rpath,{publication.Folder}", "-o", "main");
        return Path.Combine(folder, "main");
    }
}
