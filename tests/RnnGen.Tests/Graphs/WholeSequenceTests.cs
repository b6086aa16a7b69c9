using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>What holds for every network, those without steps too: passes are those of the reference, and runs have their bits.</summary>
[Trait("Category", "Numerics")]
public abstract class WholeSequenceTests<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    [Theory]
    [InlineData(1, 1, MaskShape.None)]
    [InlineData(6, 3, MaskShape.Trailing)]
    [InlineData(7, 2, MaskShape.Leading)]
    [InlineData(5, 17, MaskShape.Gaps)]
    [InlineData(40, 1, MaskShape.None)]
    public void Passes_are_those_of_the_reference_and_runs_have_their_bits(int steps, int batchSize, MaskShape shape)
    {
        using TNetwork network = TNetwork.Create(steps);
        SequenceBatch batch = Batches.Draw(batchSize, steps, batchSize, TNetwork.InputSize, shape);
        using Tape<TNetwork> tape = TNetwork.CreateTape(steps, batchSize);
        float[] initial = [.. Numbers.Draw(1, tape.InitialState.Length).Select(value => value + 1.5f)]; // a count of steps is not negative
        initial.CopyTo(tape.InitialState);
        Numbers.Draw(2, tape.FinalStateGradients.Length).CopyTo(tape.FinalStateGradients);
        network.Forward(tape, batch);
        float[] outputGradients = [.. Numbers.Draw(3, tape.Outputs.Length).Select(value => value + 0.5f)];
        network.Backward(tape, outputGradients);
        ReferenceResult expected = ReferenceNetwork.Of(network).Run(batch, tape.InitialState, outputGradients, tape.FinalStateGradients);
        Check("outputs", expected.Outputs, tape.Outputs, Closeness.Forward);
        Check("final states", expected.FinalState, tape.FinalState, Closeness.Forward);
        Check("initial states", expected.InitialStateGradients, tape.InitialStateGradients, Closeness.Gradient);
        Check("inputs", expected.InputGradients, tape.InputGradients, Closeness.Gradient);
        foreach (Gradient gradient in tape.Gradients)
            Check(gradient.Name, expected.Gradients[gradient.Name], gradient.ToArray(), Closeness.Gradient);

        tape.InitialState.Clear();
        network.Forward(tape, batch);
        float[] outputs = new float[tape.Outputs.Length];
        network.Run(batch, outputs);
        Numbers.AssertSameBits(tape.Outputs, outputs);
        if (batchSize > 1)
            return;
        network.Reset();
        network.Run(batch.RealFrames(0), outputs);
        Numbers.AssertSameBits(tape.Outputs, outputs);
    }

    private static void Check(string what, double[] expected, ReadOnlySpan<float> actual, double tolerance) =>
        Closeness.Check("graphs", $"{typeof(TNetwork).Name} {what}", expected, actual, tolerance);
}
