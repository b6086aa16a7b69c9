using RnnGen.Runtime;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Reduced;

/// <summary>What a comparison of outputs says.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void The_figures_are_those_of_the_outputs()
    {
        using BothWaysExact network = new(1);
        using BothWaysExact reference = new(2);
        float[] frames = Numbers.Draw(1, 7 * BothWaysExact.InputSize), outputs = new float[7 * BothWaysExact.OutputSize], expected = new float[outputs.Length];
        network.Run(frames, outputs);
        reference.Run(frames, expected);
        double[] differences = [.. outputs.Zip(expected, (output, value) => Math.Abs((double)output - value))];
        OutputDifference difference = network.CompareWith(reference, frames);
        Assert.Equal(outputs.Length, difference.Outputs);
        Assert.Equal(differences.Max(), difference.MaxAbsolute, 1e-9);
        Assert.Equal(differences.Average(), difference.MeanAbsolute, 1e-9);
        double square = Math.Sqrt(differences.Average(value => value * value));
        Assert.Equal(square, difference.RootMeanSquare, 1e-9);
        Assert.Equal(square / Math.Sqrt(expected.Average(value => (double)value * value)), difference.Relative, 1e-9);
        int agreeing = Enumerable.Range(0, 7).Count(step => Largest(outputs, step) == Largest(expected, step));
        Assert.Equal(agreeing / 7.0, difference.Agreement, 1e-9);

        static int Largest(float[] values, int step)
        {
            float[] row = values[(step * BothWaysExact.OutputSize)..((step + 1) * BothWaysExact.OutputSize)];
            return Array.IndexOf(row, row.Max());
        }
    }

    [Fact]
    public void Both_start_anew_and_keep_their_states()
    {
        using ClassifierByte network = new(1);
        using ClassifierExact reference = new(1);
        float[] frames = Numbers.Draw(1, 5 * ClassifierByte.InputSize);
        OutputDifference fresh = network.CompareWith(reference, frames);
        ClassifierByte.State state = default;
        state.Set(Numbers.Draw(2, ClassifierByte.StateSize));
        network.CurrentState = state;
        Assert.Equal(fresh, network.CompareWith(reference, frames));
        Assert.Equal(state, network.CurrentState);
    }

    [Fact]
    public void What_is_learned_of_a_first_state_may_still_change()
    {
        using LearnedStateNetwork network = new(1);
        network.CompareWith(network, new float[2 * LearnedStateNetwork.InputSize]);
        float[] learned = Numbers.Draw(3, LearnedStateNetwork.StateSize);
        network.Parameters["gru0.initial_h"].Set(learned);
        float[] state = new float[learned.Length];
        network.CopyStateTo(state);
        Assert.Equal(learned, state);
    }

    [Fact]
    public void States_tell_the_layers_apart()
    {
        using ClassifierByte network = new(1);
        using ClassifierExact reference = new(1);
        float[] frames = Numbers.Draw(1, 5 * ClassifierByte.InputSize), state = Numbers.Draw(2, ClassifierByte.StateSize), kept = new float[state.Length];
        network.SetState(state);
        var differences = network.CompareStatesWith(reference, frames);
        network.CopyStateTo(kept);
        Assert.Equal(state, kept);
        Assert.Equal(LayoutOf<ClassifierByte>().States.Select(layout => layout.Name), differences.Select(difference => difference.Key));
        network.Reset();
        (double[] largest, int offset) = (new double[differences.Count], 0);
        float[] values = new float[state.Length], expected = new float[state.Length], output = new float[ClassifierByte.OutputSize];
        for (int step = 0; step < 5; step++)
        {
            network.Step(frames.AsSpan(step * ClassifierByte.InputSize, ClassifierByte.InputSize), output);
            reference.Step(frames.AsSpan(step * ClassifierByte.InputSize, ClassifierByte.InputSize), output);
            network.CopyStateTo(values);
            reference.CopyStateTo(expected);
            offset = 0;
            for (int place = 0; place < largest.Length; place++)
                for (int left = LayoutOf<ClassifierByte>().States[place].Size; left > 0; left--, offset++)
                    largest[place] = Math.Max(largest[place], Math.Abs((double)values[offset] - expected[offset]));
        }

        Assert.Equal(largest, differences.Select(difference => difference.Value.MaxAbsolute));
        Assert.All(largest, difference => Assert.InRange(difference, 1e-6, 0.1));
    }

    private static NetworkLayout LayoutOf<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => TNetwork.Layout;

    [Fact]
    public void Masked_steps_do_not_count()
    {
        using BothWaysByte network = new(1);
        using BothWaysExact reference = new(1);
        float[] longer = Numbers.Draw(1, 5 * BothWaysByte.InputSize), shorter = Numbers.Draw(2, 2 * BothWaysByte.InputSize);
        OutputDifference difference = network.CompareWith(reference, SequenceBatch.Pad([longer, shorter], BothWaysByte.InputSize, Padding.Trailing));
        Assert.Equal(7 * BothWaysByte.OutputSize, difference.Outputs);
        double sum = network.CompareWith(reference, longer).MeanAbsolute * 5 + network.CompareWith(reference, shorter).MeanAbsolute * 2;
        Assert.Equal(sum / 7, difference.MeanAbsolute, 1e-7);
    }

    [Fact]
    public void A_NaN_shows_in_the_figures()
    {
        using BothWaysByte network = new(1);
        using BothWaysExact reference = new(1);
        float[] frames = Numbers.Draw(1, 5 * BothWaysByte.InputSize);
        Span<float> weights = ((INetwork<BothWaysByte>)network).Memory.PackedWeights;
        float[] bias = [101, 102, 103, 104, 105];
        network.Parameters["dense2.bias"].Set(bias);
        weights[weights.IndexOf(bias[0])] = float.NaN; // as an update may leave it: nothing else takes one
        OutputDifference difference = network.CompareWith(reference, frames);
        Assert.All(
            [difference.MaxAbsolute, difference.MeanAbsolute, difference.RootMeanSquare, difference.Relative], figure => Assert.True(double.IsNaN(figure)));
    }

    [Fact]
    public void Other_sizes_are_refused()
    {
        using ClassifierByte network = new(1);
        using BothWaysExact other = new(1);
        ArgumentException refusal = Assert.Throws<ArgumentException>("reference", () => network.CompareWith(other, new float[20]));
        Assert.StartsWith(
            "reference: expected a network with 20 features in, 10 outputs per sequence as ClassifierByte has, "
            + "got 20 features in, 5 outputs per step of BothWaysExact",
            refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ArgumentException>("inputs", () => network.CompareWith(network, new float[21]));
        Assert.StartsWith("inputs: expected a positive multiple of 20 values (InputSize), got 21", refusal.Message, StringComparison.Ordinal);
        SequenceBatch batch = SequenceBatch.FromTimeMajor(new float[21], 1, 1, 21);
        Assert.Throws<ArgumentException>("batch", () => network.CompareWith(network, batch));
    }

    [Fact]
    public void A_difference_is_a_line() => Assert.Equal(
        "40 outputs: largest difference 0.00123, mean 0.0005, RMS 0.0007 (1.25 % of the outputs'), the same largest output in 97.50 %",
        new OutputDifference(40, 0.001234, 0.0005, 0.0007, 0.0125, 0.975).ToString());
}
