using RnnGen.Cli.Compilation;
using RnnGen.Cli.Verification;

namespace RnnGen.Formats.Tests;

/// <summary>Random networks: each format writes what it reads again as the same network, or refuses by name; the compiled network computes what the evaluator does.</summary>
public sealed class RandomLayersTests
{
    private const int Networks = 300, Compiled = 12;

    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("RNNGEN_RANDOM_NETWORKS"), out int factor) ? factor : 1;

    [Theory]
    [InlineData("onnx", 250)]
    [InlineData("keras", 40)]
    [InlineData("rtneural", 2)]
    public void What_is_written_is_read_as_the_same_network(string key, int least)
    {
        ModelWriter writer = ModelWriters.Find(key)!;
        int written = 0;
        List<string> problems = [];
        for (int seed = 0; seed < Networks * Factor; seed++)
        {
            ModelDescription model = RandomLayers.Model(seed);
            using var file = new MemoryStream();
            try
            {
                writer.Write(model, file);
            }
            catch (UnsupportedLayerException reason)
            {
                Assert.Contains(model.Layers, layer => layer.Name == reason.Layer || reason.Layer == "input");
                continue;
            }

            written++;
            try
            {
                ModelDescription again = ModelFormats.Read(new ModelFile($"{seed}", file.ToArray()), ImportOptions.Default);
                ModelDifference worst = ModelComparer.Compare(model, again).MaxBy(difference => difference.Largest)!;
                Assert.True(worst.Largest <= 5e-6, $"{Describe(model, seed)}: {worst}");
            }
            catch (FormatException problem)
            {
                problems.Add($"{Describe(model, seed)}: {problem.Message}");
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
        Assert.InRange(written, least * Factor, Networks * Factor);
    }

    [Fact]
    public void The_compiled_network_is_as_the_evaluator()
    {
        List<string> problems = [];
        for (int seed = 1000; seed < 1000 + (Compiled * Factor); seed++)
        {
            ModelDescription model = RandomLayers.Model(seed);
            try
            {
                using CompiledNetwork compiled = CompiledNetwork.Compile(model);
                ModelVerifier.Verify(model, compiled);
            }
            catch (FormatException problem)
            {
                problems.Add($"{Describe(model, seed)}: {problem.Message}");
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    private static string Describe(ModelDescription model, int seed) => $"seed {seed}: {CompiledNetwork.Source(model).Replace('\n', ' ')}";
}
