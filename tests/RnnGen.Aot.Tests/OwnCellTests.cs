using System.Globalization;
using Fading;

namespace RnnGen.Aot.Tests;

/// <summary>A network with a cell of the user's as a native library: C gets the bits of the JIT from every level of x86-64, and from a static library.</summary>
[Collection(AotCollection.Libraries)]
public sealed class OwnCellTests
{
    private const int Steps = 12;

    [SkippableFact]
    public void C_gets_the_bits_of_the_jit() => Assert.Equal(Expected(), Execution.Run(Shared(), [Weights()]).Succeeded().Output);

    [SkippableTheory]
    [InlineData("Nehalem")]
    [InlineData("Haswell")]
    public void C_gets_them_on_other_cpus(string cpu) => Assert.Equal(Expected(), Toolchain.RunAs(cpu, Shared(), Weights()).Succeeded().Output);

    [SkippableFact]
    public void C_gets_them_from_a_static_library()
    {
        Publication publication = LevelTests.PublishStatic();
        string program = Compile(publication, "-DFADING_STATIC", $"@{publication["levels.link.rsp"]}");
        Assert.Equal(Expected(), Execution.Run(program, [Weights()]).Succeeded().Output);
    }

    private static string Shared()
    {
        Publication publication = LevelTests.Publish();
        return Compile(publication, publication["levels.so"], $"-Wl,-rpath,{publication.Folder}");
    }

    private static string Compile(Publication publication, params string[] arguments)
    {
        string folder = TemporaryFolder.New("fading"), source = Repository.PathOf("tests", "RnnGen.Aot.Tests", "Projects", "Caller", "fading.c");
        Toolchain.Compile(folder, [.. CallerTests.Strict, "-std=c99", $"-I{publication.Folder}", source, .. arguments, "-o", "fading"]);
        return Path.Combine(folder, "fading");
    }

    private static string Weights()
    {
        string path = Path.Combine(TemporaryFolder.Shared("fading"), "fading.safetensors");
        using var network = new FadingNetwork(seed: 4);
        network.Save(path);
        return path;
    }

    /// <summary>What the program in C prints, computed here.</summary>
    private static string Expected()
    {
        using var network = new FadingNetwork(seed: 4);
        float[] frames = [.. Enumerable.Range(0, Steps * FadingNetwork.InputSize).Select(i => ((float)(i * 37 % 101) / 16) - 3)];
        float[] output = new float[FadingNetwork.OutputSize], outputs = new float[Steps * FadingNetwork.OutputSize];
        for (int step = 0; step < Steps; step++)
            network.Step(frames.AsSpan(step * FadingNetwork.InputSize, FadingNetwork.InputSize), output);
        network.Reset();
        network.Run(frames, outputs);
        return Line(output) + Line(outputs[^FadingNetwork.OutputSize..]);
    }

    private static string Line(float[] values) =>
        string.Join(' ', values.Select(value => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture))) + "\n";
}
