using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Cells;

/// <summary>The recurrent layers of RnnGen in the vocabulary of users (<see cref="OwnLayers"/>) have the bits of those that it ships.</summary>
[Trait("Category", "Numerics")]
public sealed class CellLayersTests
{
    private const int Steps = 5;
    private const int Sequences = 6;

    [Theory]
    [InlineData(null)]
    [InlineData(4L)]
    public void They_compute_the_same_bits_forward_and_backward(long? noise)
    {
        using var own = new OwnLayers(seed: 1);
        using var shipped = new ShippedLayers(seed: 2);
        Assert.Equal(shipped.Parameters.Select(parameter => parameter.Name), own.Parameters.Select(parameter => parameter.Name));
        foreach (var parameter in shipped.Parameters)
            own.Parameters[parameter.Name].Set(parameter.ToArray());
        SequenceBatch batch = Batches.Draw(1, Steps, Sequences, OwnLayers.InputSize, MaskShape.Gaps);
        float[] gradients = Numbers.Draw(2, Steps * Sequences * OwnLayers.OutputSize);
        using var tape = OwnLayers.CreateTape(Steps, Sequences);
        using var expected = ShippedLayers.CreateTape(Steps, Sequences);
        (tape.DropoutSeed, expected.DropoutSeed) = (noise, noise);
        own.Forward(tape, batch);
        own.Backward(tape, gradients);
        shipped.Forward(expected, batch);
        shipped.Backward(expected, gradients);

        Numbers.AssertSameBits(expected.Outputs, tape.Outputs);
        Numbers.AssertSameBits(expected.FinalState, tape.FinalState);
        Numbers.AssertSameBits(expected.InputGradients, tape.InputGradients);
        Numbers.AssertSameBits(expected.PackedGradients, tape.PackedGradients);
    }

    [Fact]
    public void They_begin_with_the_same_weights_until_the_author_sets_some()
    {
        using var own = new OwnLayers(seed: 1);
        using var shipped = new ShippedLayers(seed: 1);
        foreach (var parameter in shipped.Parameters.TakeWhile(parameter => parameter.Name != "lstm2.bias_ih"))
            Numbers.AssertSameBits(parameter.ToArray(), own.Parameters[parameter.Name].ToArray());

        // ForgetBias.
        Assert.All(own.Parameters["lstm2.bias_ih"].ToArray()[6..12], value => Assert.Equal(1.5f, value));
        Assert.All(own.Parameters["lstm2.bias_hh"].ToArray()[6..12], value => Assert.Equal(0, value));
        Assert.All(own.Parameters["lstm2.bias_hh"].ToArray()[..6], value => Assert.NotEqual(0, value));
    }
}
