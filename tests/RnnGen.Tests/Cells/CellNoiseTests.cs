using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Cells;

/// <summary>Recurrent dropout in a cell of the user's, which says nothing about it: what its matrices multiply is hidden, the same part at each step.</summary>
[Trait("Category", "Numerics")]
public sealed class CellNoiseTests
{
    private const int Steps = 6;
    private const int Units = DroppedBlend.OutputSize;
    private const string Matrix = "blend0.weight_hh";

    [Fact]
    public void Without_a_seed_nothing_is_hidden()
    {
        using var network = new DroppedBlend(seed: 1);
        using var plain = new PlainBlend(seed: 1);
        SequenceBatch batch = Batches.Draw(1, Steps, 3, DroppedBlend.InputSize, MaskShape.None);
        using var tape = DroppedBlend.CreateTape(Steps, 3);
        using var plainTape = PlainBlend.CreateTape(Steps, 3);
        network.Forward(tape, batch);
        plain.Forward(plainTape, batch);
        Numbers.AssertSameBits(plainTape.Outputs, tape.Outputs);
        tape.DropoutSeed = 2;
        network.Forward(tape, batch);
        Assert.NotEqual(plainTape.Outputs.ToArray(), tape.Outputs.ToArray());
    }

    /// <summary>To hide elements of the state is to hide columns of the matrix: of all 256 choices, one gives the outputs, and the gradients as well.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_mask_explains_all_steps_and_their_gradients(long seed)
    {
        using var network = new DroppedBlend(seed: 1);
        using var plain = new PlainBlend(seed: 1);
        float[] weights = network.Parameters[Matrix].ToArray();
        SequenceBatch batch = Batches.Draw(1, Steps, 1, DroppedBlend.InputSize, MaskShape.None);
        using var tape = DroppedBlend.CreateTape(Steps, 1);
        tape.DropoutSeed = seed;
        network.Forward(tape, batch);
        float[] gradients = Numbers.Draw(3, Steps * Units);
        network.Backward(tape, gradients);

        using var plainTape = PlainBlend.CreateTape(Steps, 1);
        int matches = 0;
        for (int mask = 0; mask < 1 << Units; mask++)
        {
            plain.Parameters[Matrix].Set(Masked(weights, mask));
            plain.Forward(plainTape, batch);
            if (plainTape.Outputs.ToArray().Zip(tape.Outputs.ToArray(), (one, other) => Math.Abs(one - other)).Max() > 1e-6f)
                continue;
            matches++;
            plainTape.ClearGradients();
            plain.Backward(plainTape, gradients);
            foreach (var gradient in tape.Gradients)
            {
                float[] expected = plainTape.Gradients[gradient.Name].ToArray();
                Closeness.Check("noise of own cells", gradient.Name, gradient.Name == Matrix ? Masked(expected, mask) : expected, gradient.ToArray(), Closeness.Gradient);
            }
        }

        Assert.Equal(1, matches);
    }

    /// <summary>Columns that a mask hides are zero, the others scaled by the rate of ½.</summary>
    private static float[] Masked(float[] weights, int mask) => [.. weights.Select((weight, index) => (mask >> (index % Units) & 1) * 2 * weight)];
}
