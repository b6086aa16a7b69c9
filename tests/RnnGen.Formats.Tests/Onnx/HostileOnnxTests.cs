using System.Diagnostics;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Damaged files end in a <see cref="FormatException"/>, soon.</summary>
public sealed class HostileOnnxTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Fact]
    public void Mutations_of_small_graphs_end_in_FormatException()
    {
        byte[][] files = [WrittenOutCells.Get("GRU, (1 - z) n + z h").File, WrittenOutCells.Get("LSTM with peepholes").File, WrittenOutCells.Scan(), .. GraphCases.Files];
        foreach (byte[] file in files)
            Mutate(file, 120);
    }

    [SkippableTheory]
    [InlineData(25, "dtln", "model_1.onnx")]
    [InlineData(25, "dtln", "model_2.onnx")]
    [InlineData(15, "silero-vad", "silero_vad_16k_op15.onnx")]
    [InlineData(25, "tract", "onnx", "test_cases", "byte_sb_bidi_lstm", "model.onnx")]
    [InlineData(100, "tract", "onnx", "test_cases", "qlstm_3-2-3_T3_S1", "model.onnx")]
    public void Mutations_of_real_files_end_in_FormatException(int count, params string[] path) => Mutate(File.ReadAllBytes(SharedFolder.Get(["models", .. path])), count);

    [Fact]
    public void Sizes_that_are_not_there_are_not_allocated()
    {
        byte[] large = new OnnxWriter().Input("x", 1, 4).Integers("s", 1 << 30, 1 << 30).Node("ConstantOfShape", "s", "c").Node("Add", "x c", "y").Output("y", 1, 4).Model();
        Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("large", large), ImportOptions.Default));
        byte[] input = new OnnxWriter().Input("x", 1, int.MaxValue).Node("Relu", "x", "y").Output("y", 1, 4).Model();
        Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("input", input), ImportOptions.Default));
    }

    [Fact]
    public void Chains_and_nests_do_not_overflow_the_stack()
    {
        var chain = new OnnxWriter().Input("x", 1, 2);
        for (int link = 0; link < 3_000; link++)
            chain.Node("Tanh", link == 0 ? "x" : $"y{link - 1}", $"y{link}");
        Assert.Equal(3_000, ModelFormats.Read(chain.Output("y2999", 1, 2).File(), ImportOptions.Default).Layers.Count);
        byte[] graph = new OnnxWriter().Node("Relu", "x", "z").Output("z", 1).AsBody();
        for (int depth = 0; depth < 200; depth++)
            graph = new OnnxWriter().Node("If", "c", "z", ("then_branch", graph), ("else_branch", graph[..0])).Output("z", 1).AsBody();
        byte[] nest = new OnnxWriter().Input("x", 1, 2).Node("If", "c", "z", ("then_branch", graph)).Output("z", 1).Model();
        Assert.Contains("deep", Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("nest", nest), ImportOptions.Default)).Message, StringComparison.Ordinal);
    }

    private static void Mutate(byte[] file, int count)
    {
        var random = new Random(file.Length);
        for (int trial = 0; trial < count; trial++)
        {
            byte[] mutated = random.Next(4) == 0 ? file[..random.Next(file.Length)] : [.. file];
            for (int change = random.Next(1, 8); change > 0 && mutated.Length > 0; change--)
                mutated[Place(random, mutated.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : mutated[random.Next(mutated.Length)]);
            var watch = Stopwatch.StartNew();
            try
            {
                ModelFormats.Read(new ModelFile("mutated", mutated), ImportOptions.Default);
            }
            catch (FormatException)
            {
                // As it should be; many mutations change a weight only.
            }

            Assert.True(watch.Elapsed < Longest, $"mutation {trial}: expected an end within {Longest}, took {watch.Elapsed}");
        }
    }

    /// <summary>Structure lies at the beginning of a file and between weights; half of all changes are near the beginning.</summary>
    private static int Place(Random random, int length) => random.Next(2) == 0 ? random.Next(Math.Min(length, 4000)) : random.Next(length);
}
