namespace RnnGen.Aot.Tests;

/// <summary>Which kernels a published program runs, and what it says where others would be better.</summary>
[Collection(AotCollection.Programs)]
public sealed class InstructionSetTests
{
    private static readonly Shared<string> Weights = new(WriteWeights);

    /// <summary>The program for AVX2.</summary>
    internal static Publication Avx2 => Publication.Of(
        "Program", "-p:RnnGenTarget=x86-64-v3", "-p:RnnGenSimdNotice=false", $"-p:WeightsFile={Weights.Value}").Succeeded();

    [SkippableFact]
    public void Without_a_choice_the_build_warns_and_the_program_says_what_it_runs()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        Publication publication = Publication.Of("Program").Succeeded();
        string warning = Assert.Single(publication.Messages("RNN201"));
        Assert.Contains("warning RNN201", warning, StringComparison.Ordinal);
        Assert.Contains("RnnGenTarget to x86-64-v3, x86-64-v4 or native, or to portable", warning, StringComparison.Ordinal);

        Execution run = Run(publication);
        Assert.Equal($"Portable {RnnGen.Simd.Best} finite\n", run.Output);
        Skip.If(RnnGen.Simd.Best == InstructionSet.Portable, "this CPU has portable kernels only");
        Assert.Equal(2, run.Errors.Split('\n').Length); // one line, and its end
        string said = $"RnnGen: this program runs the Portable kernels, this CPU could run the {RnnGen.Simd.Best} ones";
        Assert.StartsWith(said, run.Errors, StringComparison.Ordinal);
        Assert.Equal("", Execution.Run(publication["Program"], [], null, ("RNNGEN_NOTICE", "0")).Errors);
    }

    /// <summary>With weights, which are constant data of it: the program would name them if they were a resource.</summary>
    [SkippableFact]
    public void A_level_is_compiled_in_and_the_line_can_be_left_out()
    {
        Skip.If(RnnGen.Simd.Best < InstructionSet.Avx2, "this CPU has no AVX2");
        Publication publication = Avx2;
        Assert.Empty(publication.Messages("RNN201"));
        Execution run = Run(publication);
        Assert.Equal($"Avx2 {RnnGen.Simd.Best} finite\n", run.Output);
        Assert.Equal("", run.Errors);
    }

    [SkippableFact]
    public void Portable_is_a_choice()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        // The line is left out, and with it the code for it: the file is smaller by that alone.
        Publication publication = Publication.Of("Program", "-p:RnnGenTarget=portable", "-p:RnnGenSimdNotice=false").Succeeded();
        Assert.Empty(publication.Messages("RNN201"));
        Assert.StartsWith("Portable ", Run(publication).Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(publication["Program"]).Length < new FileInfo(Publication.Of("Program").Succeeded()["Program"]).Length);
    }

    [SkippableFact]
    public void Of_an_own_choice_of_instructions_nothing_is_said()
    {
        Publication publication = Publication.UpToNativeCode("Program", "-p:IlcInstructionSet=native", "-p:RnnGenTarget=x86-64-v3").Succeeded();
        Assert.Empty(publication.Messages("RNN201"));
        Assert.Contains("--feature:RnnGen.Debug.Notice=false", publication.IlcArguments);
        Assert.Equal(["--instruction-set:native"], publication.IlcArguments.Where(line => line.StartsWith("--instruction-set", StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [InlineData("-p:RnnGenTarget=x86-64-v5", "RNN203", "RnnGenTarget is 'x86-64-v5', expected one of x86-64-v2, x86-64-v3, x86-64-v4, native, portable")]
    [InlineData("-p:RnnGenTargets=v3%3Bavx2", "RNN203", "RnnGenTargets has 'avx2', expected any of x86-64-v2, x86-64-v3, x86-64-v4")]
    [InlineData("-p:RnnGenTargets=v2%3Bv3", "RNN204", "RnnGenTargets makes shared libraries, but Program is an executable")]
    public void A_mistake_is_an_error_that_says_what_is_expected(string argument, string code, string message)
    {
        Publication publication = Publication.Of("Program", argument);
        Assert.NotEqual(0, publication.ExitCode);
        Assert.Contains(publication.Messages(code), line => line.Contains($"error {code}: {message}", StringComparison.Ordinal));
    }

    private static string WriteWeights()
    {
        string weights = Path.Combine(TemporaryFolder.New("weights"), "net.safetensors");
        byte[] header = "{}      "u8.ToArray();
        File.WriteAllBytes(weights, [.. BitConverter.GetBytes((ulong)header.Length), .. header, 1, 2, 3, 4]);
        return weights;
    }

    private static Execution Run(Publication publication) => Execution.Run(publication["Program"], []).Succeeded();
}
