using System.Text;
using RnnGen.Samples.Embedded;

namespace RnnGen.Aot.Tests;

/// <summary>The embedded sample's library called from C: every function, every kind of mistake, the bits of the managed network.</summary>
[Collection(AotCollection.Libraries)]
public sealed class CallerTests
{
    private const int Steps = 12;

    internal static readonly string[] Strict = ["-Wall", "-Wextra", "-Werror", "-pedantic", "-O1"];

    private static string Weights => Repository.PathOf("src", "Samples", "Embedded", "Digits", "digits.safetensors");

    /// <summary>A library for each level, and the one that loads the best of them.</summary>
    private static Publication Levels => Publication.Of(
        Project,
        "-p:RnnGenTargets=x86-64-v2%3Bx86-64-v3%3Bx86-64-v4",
        "-p:TreatWarningsAsErrors=true",
        "-p:CopyOutputSymbolsToPublishDirectory=false").Succeeded(); // Valgrind 3.19 stumbles over .NET's symbols.

    private static string Project => "src/Samples/Embedded/Digits/Digits.csproj";

    [SkippableFact]
    public void C_gets_the_bits_of_CSharp_from_a_shared_library() => Assert.Equal(Expected(), Execution.Run(Shared(), [Weights]).Succeeded().Output);

    [SkippableTheory]
    [InlineData("Nehalem")]
    [InlineData("Haswell")]
    public void C_gets_the_same_bits_on_other_cpus(string cpu) => Assert.Equal(Expected(), Toolchain.RunAs(cpu, Shared(), Weights).Succeeded().Output);

    [SkippableFact]
    public void C_gets_the_same_bits_from_a_static_library()
    {
        Publication publication = Publication.Of(Project, "-p:NativeLib=Static", "-p:RnnGenTarget=portable").Succeeded();
        string program = Compile(publication, "-std=c99", "-DDIGITS_STATIC", $"@{publication["digits.link.rsp"]}");
        Assert.Equal(Expected(), Execution.Run(program, [Weights]).Succeeded().Output);
    }

    /// <summary>Uses of memory that is not the library's own, and memory that nobody holds any more, end with a code.</summary>
    [SkippableFact]
    public void Valgrind_finds_nothing_to_complain_about()
    {
        Execution run = Execution.Run(
            Toolchain.Valgrind, ["--leak-check=full", "--errors-for-leak-kinds=definite", "--error-exitcode=9", Shared(), Weights]).Succeeded();
        Assert.Equal(Expected(), run.Output);
        Assert.Contains("ERROR SUMMARY: 0 errors", run.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_sample_in_C_hears_what_the_one_in_CSharp_hears()
    {
        string folder = TemporaryFolder.New("listen");
        Publication levels = Levels;
        string source = Repository.PathOf("src", "Samples", "Embedded", "C", "listen.c");
        Toolchain.Compile(
            folder, [.. Strict, "-std=c99", source, $"-I{levels.Folder}", levels["digits.so"], $"-Wl,-rpath,{levels.Folder}", "-lm", "-o", "listen"]);
        foreach (var recording in RnnGen.Samples.SpokenDigits.Corpus.Test().Where((_, index) => index % 32 == 0))
        {
            byte[] pcm = [.. recording.Samples.SelectMany(sample => BitConverter.GetBytes((short)(sample * 32768)))];
            string heard = Execution.RunWithInput(Path.Combine(folder, "listen"), pcm).Succeeded().Output;
            Assert.Equal(Hear(recording.Samples), heard[0] - '0');
        }
    }

    private static string Shared() => Compile(Levels, "-std=c99", Levels["digits.so"], $"-Wl,-rpath,{Levels.Folder}");

    private static string Compile(Publication publication, params string[] arguments)
    {
        string folder = TemporaryFolder.New("caller");
        string source = Repository.PathOf("tests", "RnnGen.Aot.Tests", "Projects", "Caller", "caller.c");
        Toolchain.Compile(folder, [.. Strict, $"-I{publication.Folder}", source, .. arguments, "-o", "caller"]);
        return Path.Combine(folder, "caller");
    }

    /// <summary>What the program in C prints, computed here.</summary>
    internal static string Expected()
    {
        using DigitRecognizer network = DigitRecognizer.Load(Weights);
        float[] frames = [.. Enumerable.Range(0, Steps * DigitRecognizer.InputSize).Select(i => ((float)(i * 37 % 101) / 16) - 8)];
        float[] output = new float[DigitRecognizer.OutputSize], state = new float[DigitRecognizer.StateSize];
        for (int step = 0; step < Steps; step++)
            network.Step(frames.AsSpan(step * DigitRecognizer.InputSize, DigitRecognizer.InputSize), output);
        string steps = Bits("steps", output);
        network.Reset();
        network.Run(frames, output);
        network.CopyStateTo(state);
        int bytes = sizeof(float) * DigitRecognizer.ParameterCount, last = bytes - (sizeof(float) * DigitRecognizer.OutputSize);
        return $"""
            20 10 128
            {steps}
            {steps}
            {steps}
            {Bits("run", output)}
            {Bits("state", state)}
            wrong length: input: expected 20 values (input_size), got 19
            bad weights: tensor "dense2.bias": expected data_offsets within the file's {bytes - 1} bytes of data, got [{last}, {bytes}]

            """;
    }

    private static string Bits(string name, float[] values)
    {
        var text = new StringBuilder(name);
        foreach (float value in values)
            text.Append(' ').Append(BitConverter.SingleToUInt32Bits(value).ToString("x8", System.Globalization.CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static int Hear(float[] samples)
    {
        using var listener = new DigitListener(DigitRecognizer.CreateDefault());
        foreach (float sample in samples)
            listener.Hear(sample);
        listener.End();
        return listener.Digit;
    }
}
