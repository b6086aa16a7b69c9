using RnnGen.Cli.Compilation;

namespace RnnGen.Formats.Tests;

/// <summary>The evaluator in double precision against the compiled network, for every layer and option.</summary>
public sealed class EvaluatorTests
{
    public static TheoryData<string> Cases => LayerCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluator_and_compiled_network_agree(string name)
    {
        using Imported imported = Imported.Of(LayerCases.Get(name));
        Assert.InRange(imported.Report.LargestDifference, 0, 5e-6);
    }

    [Theory]
    [InlineData(MaskedState.Hold)]
    [InlineData(MaskedState.Reset)]
    public void They_agree_on_masked_steps(MaskedState masked)
    {
        var builder = new ModelBuilder("a test", 2) { MaskedState = masked };
        ModelDescription plain = RandomModel.Of(
            2, new Conv1DAttribute(3, 2), new LstmAttribute(3) { LearnedState = true }, new GruAttribute(3) { Direction = Direction.Reverse }, new RnnAttribute(2) { Direction = Direction.Bidirectional });
        foreach (ModelLayer layer in plain.Layers)
            builder.Add(layer.Attribute, null, [.. layer.Tensors.Select(tensor => (tensor.Name[(layer.Name.Length + 1)..], tensor.Values))]);
        ModelDescription model = builder.Build();
        using CompiledNetwork compiled = Compilations.Of(model);
        float[] input = [.. Enumerable.Range(0, 14).Select(index => (index * 0.37f % 1.3f) - 0.5f)];
        foreach (bool[] mask in new bool[][] { [true, true, true, true, true, false, false], [false, true, true, false, true, true, true], [false, false, true, false, false, true, false] })
        {
            double[] expected = new ModelEvaluator(model).Run(input, mask);
            float[] actual = compiled.Network.Run(input, mask);
            Assert.Equal(expected.Length, actual.Length);
            for (int at = 0; at < expected.Length; at++)
                if (mask[at / model.OutputSize])
                    Assert.Equal(expected[at], actual[at], 5e-6);
        }
    }

    [Fact]
    public void A_wrong_weight_is_found()
    {
        ModelDescription model = RandomModel.Of(3, new LstmAttribute(4), new DenseAttribute(2));
        using CompiledNetwork compiled = Compilations.Of(RandomModel.Of(3, new LstmAttribute(4), new DenseAttribute(2)));
        model.Tensors[0].Values[5] += 0.05f;
        string message = Assert.Throws<FormatException>(() => Cli.Verification.ModelVerifier.Verify(model, compiled)).Message;
        Assert.Contains("random input: expected ", message, StringComparison.Ordinal);
    }
}
