using RnnGen.Tests.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>Where the outputs of a network lie.</summary>
public sealed class OutputTests
{
    [Fact]
    public void Outputs_lie_one_after_the_other()
    {
        Assert.Equal(8, ThreeOutputs.OutputSize);
        Assert.Equal((0, 1), (ThreeOutputs.Outputs.Speech.Offset, ThreeOutputs.Outputs.Speech.Size));
        Assert.Equal((1, 4), (ThreeOutputs.Outputs.Word.Offset, ThreeOutputs.Outputs.Word.Size));
        Assert.Equal((5, 3), (ThreeOutputs.Outputs.Gains.Offset, ThreeOutputs.Outputs.Gains.Size));
        Assert.Equal("word", ThreeOutputs.Outputs.Word.Name);
    }

    [Fact]
    public void Each_has_its_own_activation()
    {
        using var network = new ThreeOutputs(seed: 1);
        float[] row = new float[ThreeOutputs.OutputSize];
        network.Step(Numbers.Draw(1, ThreeOutputs.InputSize), row);
        Assert.InRange(ThreeOutputs.Outputs.Speech.Of(row)[0], 0.01f, 0.99f);
        Assert.Equal(1, ThreeOutputs.Outputs.Word.Of(row).ToArray().Sum(), 1e-6f);
        // No sigmoid and no softmax gives that.
        Assert.Contains(Enumerable.Range(1, 10), seed => Gains(seed).Any(value => value < 0));
    }

    private static float[] Gains(int seed)
    {
        using var network = new ThreeOutputs(seed);
        float[] row = new float[ThreeOutputs.OutputSize];
        network.Step(Numbers.Draw(1, ThreeOutputs.InputSize), row);
        return ThreeOutputs.Outputs.Gains.Of(row).ToArray();
    }
}
