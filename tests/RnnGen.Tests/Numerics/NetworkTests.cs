using RnnGen.Tests.Training;

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
        new Comparison(ReferenceNetwork.Of(network), tape, batch).Check(outputGradients);
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

    /// <summary>A tape after both passes, beside what the reference finds.</summary>
    private sealed class Comparison(ReferenceNetwork reference, Tape<TNetwork> tape, SequenceBatch batch)
    {
        private readonly List<double> _outputs = [];
        private readonly List<double> _logits = [];
        private readonly List<double> _finalStates = [];
        private readonly List<double> _initialStateGradients = [];
        private readonly List<double> _inputGradients = [];

        public void Check(float[] outputGradients)
        {
            for (int sequence = 0; sequence < batch.BatchSize; sequence++)
                Follow(sequence, outputGradients);
            Forward("outputs", _outputs, rows => RowsOf(tape.Outputs, rows, TNetwork.OutputSize));
            Forward("logits", _logits, rows => RowsOf(tape.Logits, rows, TNetwork.OutputSize));
            Forward("final states", _finalStates, rows => RowsOf(tape.FinalState, rows, TNetwork.StateSize));
            Gradient("initial states", _initialStateGradients, rows => RowsOf(tape.InitialStateGradients, rows, TNetwork.StateSize));
            Gradient("inputs", _inputGradients, rows => RowsOf(tape.InputGradients, rows, TNetwork.InputSize));
            foreach (Gradient gradient in tape.Gradients)
                Check("networks, gradients", gradient.Name, reference.Gradient(gradient.Name), gradient.ToArray(), Closeness.Gradient);
        }

        private void Follow(int sequence, float[] outputGradients)
        {
            double[] state = Doubles(tape.InitialState.Slice(sequence * TNetwork.StateSize, TNetwork.StateSize));
            double[] stateGradient = Doubles(tape.FinalStateGradients.Slice(sequence * TNetwork.StateSize, TNetwork.StateSize));
            double[][] frames = [.. Batches.RowsOf(batch.Data, batch.BatchSize, sequence, batch.Features).Select(row => Doubles(row))];
            double[][] gradients = [.. Batches.RowsOf<float>(outputGradients, batch.BatchSize, sequence, TNetwork.OutputSize).Select(row => Doubles(row))];
            double[][] outputs = reference.Forward(frames, batch.MaskOf(sequence), state);
            _outputs.AddRange(outputs.SelectMany(row => row));
            _logits.AddRange(Logits(outputs).SelectMany(row => row));
            _finalStates.AddRange(state);
            _inputGradients.AddRange(reference.Backward(gradients, stateGradient).SelectMany(row => row));
            _initialStateGradients.AddRange(stateGradient);
        }

        /// <summary>The logits are apart from the outputs only where the last layer's activation can be fused with a loss.</summary>
        private double[][] Logits(double[][] outputs) =>
            TNetwork.Layout.OutputActivation == Runtime.OutputActivation.Identity ? outputs : ((ReferenceDense)reference.Layers[^1]).Sums;

        private float[] RowsOf(ReadOnlySpan<float> timeMajor, int sequence, int size) =>
            size == 0 ? [] : [.. Batches.RowsOf(timeMajor, batch.BatchSize, sequence, size).SelectMany(row => row)];

        private void Forward(string what, List<double> expected, Func<int, float[]> actual) =>
            Check("networks, forward", what, [.. expected], EverySequence(actual), Closeness.Forward);

        private void Gradient(string what, List<double> expected, Func<int, float[]> actual) =>
            Check("networks, gradients", what, [.. expected], EverySequence(actual), Closeness.Gradient);

        private float[] EverySequence(Func<int, float[]> rows) => [.. Enumerable.Range(0, batch.BatchSize).SelectMany(rows)];

        private static void Check(string suite, string what, double[] expected, float[] actual, double tolerance) =>
            Closeness.Check(suite, $"{typeof(TNetwork).Name} {what}", expected, actual, tolerance);

        private static double[] Doubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), value => (double)value);
    }
}
