using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>What holds for every network. The passes against a plain computation in double precision.</summary>
[Trait("Category", "Numerics")]
public abstract partial class NetworkTests<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private static bool ManyToOne => TNetwork.Layout.ManyToOne;

    [Theory]
    [InlineData(1, 1, MaskShape.None)]
    [InlineData(6, 1, MaskShape.Gaps)]
    [InlineData(6, 2, MaskShape.Trailing)]
    [InlineData(7, 3, MaskShape.Leading)]
    [InlineData(6, 5, MaskShape.Gaps)]
    [InlineData(5, 16, MaskShape.None)]
    [InlineData(4, 19, MaskShape.Trailing)]
    [InlineData(3, 33, MaskShape.Gaps)]
    public void Passes_are_those_of_the_reference(int steps, int batchSize, MaskShape shape)
    {
        using TNetwork network = TNetwork.Create(steps);
        SequenceBatch batch = Batches.Draw(batchSize, steps, batchSize, TNetwork.InputSize, shape);
        using Tape<TNetwork> tape = TNetwork.CreateTape(steps, batchSize);
        Numbers.Draw(1, tape.InitialState.Length).CopyTo(tape.InitialState);
        Numbers.Draw(2, tape.FinalStateGradients.Length).CopyTo(tape.FinalStateGradients);
        network.Forward(tape, batch);

        // Not around zero: the sums over steps and sequences would cancel, and what is left of a tensor with one value would be rounding only.
        float[] outputGradients = [.. Numbers.Draw(3, tape.Outputs.Length).Select(value => value + 0.5f)];
        network.Backward(tape, outputGradients);
        ReferenceResult expected = ReferenceNetwork.Of(network).Run(batch, tape.InitialState, outputGradients, tape.FinalStateGradients);
        Forward("outputs", expected.Outputs, tape.Outputs);
        Forward("logits", expected.Logits, tape.Logits);
        Forward("final states", expected.FinalState, tape.FinalState);
        Backward("initial states", expected.InitialStateGradients, tape.InitialStateGradients);
        Backward("inputs", expected.InputGradients, tape.InputGradients);
        foreach (Gradient gradient in tape.Gradients)
            Backward(gradient.Name, expected.Gradients[gradient.Name], gradient.ToArray());
    }

    [Fact]
    public void Two_backward_passes_add_up()
    {
        using TNetwork network = TNetwork.Create(3);
        using Tape<TNetwork> tape = TNetwork.CreateTape(4, 3);
        network.Forward(tape, Batches.Draw(1, 4, 3, TNetwork.InputSize, MaskShape.Trailing));
        float[] outputGradients = Numbers.Draw(3, tape.Outputs.Length);
        network.Backward(tape, outputGradients);
        float[] once = tape.PackedGradients.ToArray();
        float[] inputGradients = tape.InputGradients.ToArray();
        network.Backward(tape, outputGradients);
        Closeness.Check("networks, gradients", "twice", once.Select(value => 2 * value).ToArray(), tape.PackedGradients, Closeness.Gradient);
        Numbers.AssertSameBits(inputGradients, tape.InputGradients);
        tape.ClearGradients();
        network.Backward(tape, outputGradients);
        Numbers.AssertSameBits(once, tape.PackedGradients);
    }

    [Fact]
    public void Nothing_else_depends_on_whether_the_gradient_of_frames_is_computed()
    {
        using TNetwork network = TNetwork.Create(5);
        using Tape<TNetwork> tape = TNetwork.CreateTape(4, 3);
        network.Forward(tape, Batches.Draw(2, 4, 3, TNetwork.InputSize, MaskShape.Leading));
        float[] outputGradients = Numbers.Draw(4, tape.Outputs.Length);
        network.Backward(tape, outputGradients);
        float[] gradients = tape.PackedGradients.ToArray(), ofStates = tape.InitialStateGradients.ToArray(), ofFrames = tape.InputGradients.ToArray();

        tape.ComputesInputGradients = false;
        tape.ClearGradients();
        network.Backward(tape, outputGradients);
        Numbers.AssertSameBits(gradients, tape.PackedGradients);
        Numbers.AssertSameBits(ofStates, tape.InitialStateGradients);
        Assert.Equal(0, tape.InputGradients.Length);

        tape.ComputesInputGradients = true;
        network.Backward(tape, outputGradients);
        Numbers.AssertSameBits(ofFrames, tape.InputGradients);
    }

    private static void Forward(string what, double[] expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("networks, forward", $"{typeof(TNetwork).Name} {what}", expected, actual, Closeness.Forward);

    private static void Backward(string what, double[] expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("networks, gradients", $"{typeof(TNetwork).Name} {what}", expected, actual, Closeness.Gradient);
}
