using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>The passes over a sequence: what a later one reads of an earlier one, and the order in which each goes through the steps.</summary>
[Trait("Category", "Numerics")]
public sealed class PassTests
{
    /// <summary>Lengths whose last step lies in either half of what a pass alternates between, and beyond what it takes at once.</summary>
    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 2, 1 }, { 3, 1 }, { 4, 2 }, { 5, 3 }, { 8, 17 }, { 9, 17 }, { 66, 1 }, { 67, 2 },
    };

    /// <summary>The second layer reads the whole of the first one's outputs, through the dropout.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Dropout_between_bidirectional_layers_has_no_part_in_a_run(int steps, int batchSize)
    {
        using var network = new DropoutBetweenPasses(seed: 1);
        using var plain = new NoDropoutBetweenPasses(seed: 1);
        foreach ((Parameter from, Parameter to) in network.Parameters.Zip(plain.Parameters))
            to.Set(from.ToArray());
        SequenceBatch batch = Batches.Draw(2, steps, batchSize, DropoutBetweenPasses.InputSize, MaskShape.Gaps);
        float[] outputs = new float[steps * batchSize * DropoutBetweenPasses.OutputSize];
        network.Run(batch, outputs);

        float[] expected = new float[outputs.Length];
        plain.Run(batch, expected);
        Numbers.AssertSameBits(expected, outputs);
        using Tape<DropoutBetweenPasses> tape = DropoutBetweenPasses.CreateTape(steps, batchSize);
        network.Forward(tape, batch);
        Numbers.AssertSameBits(tape.Outputs, outputs);

        if (batchSize == 1 && batch.MaskOf(0).All(real => real))
        {
            float[] sequence = new float[outputs.Length];
            network.Run(batch.RealFrames(0), sequence);
            Numbers.AssertSameBits(outputs, sequence);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_reverse_Lstm_is_a_forward_one_on_the_reversed_sequence(int steps, int batchSize) => ReverseIsForward<ForwardLstm, ReverseLstm>(steps, batchSize);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_reverse_Gru_is_a_forward_one_on_the_reversed_sequence(int steps, int batchSize) => ReverseIsForward<ForwardGru, ReverseGru>(steps, batchSize);

    private static void ReverseIsForward<TForward, TReverse>(int steps, int batchSize)
        where TForward : class, INetwork<TForward>
        where TReverse : class, INetwork<TReverse>
    {
        using TForward forward = TForward.Create(1);
        using TReverse reverse = TReverse.Create(2);
        foreach ((Parameter from, Parameter to) in forward.Parameters.Zip(reverse.Parameters))
            to.Set(from.ToArray());
        int row = batchSize * TForward.InputSize, outputRow = batchSize * TForward.OutputSize;
        float[] frames = Numbers.Draw(3, steps * row);
        float[] gradients = Numbers.Draw(4, steps * outputRow);
        float[] states = Numbers.Draw(5, batchSize * TForward.StateSize);
        float[] finalGradients = Numbers.Draw(6, states.Length);

        using Tape<TForward> expected = Pass(forward, frames);
        using Tape<TReverse> actual = Pass(reverse, Reversed(frames, row));
        Numbers.AssertSameBits(Reversed([.. expected.Outputs], outputRow), actual.Outputs);
        Numbers.AssertSameBits(expected.FinalState, actual.FinalState);

        forward.Backward(expected, gradients);
        reverse.Backward(actual, Reversed(gradients, outputRow));
        Numbers.AssertSameBits(Reversed([.. expected.InputGradients], row), actual.InputGradients);
        Numbers.AssertSameBits(expected.InitialStateGradients, actual.InitialStateGradients);
        foreach ((Gradient one, Gradient other) in expected.Gradients.Zip(actual.Gradients))
            Closeness.Check("reverse", one.Name, Array.ConvertAll(one.ToArray(), value => (double)value), other.ToArray(), Closeness.Gradient);

        Tape<TNetwork> Pass<TNetwork>(TNetwork network, float[] input)
            where TNetwork : class, INetwork<TNetwork>
        {
            Tape<TNetwork> tape = TNetwork.CreateTape(steps, batchSize);
            states.CopyTo(tape.InitialState);
            network.Forward(tape, SequenceBatch.FromTimeMajor(input, steps, batchSize, TNetwork.InputSize));
            finalGradients.CopyTo(tape.FinalStateGradients);
            return tape;
        }
    }

    private static float[] Reversed(float[] values, int row) => [.. values.Chunk(row).Reverse().SelectMany(step => step)];
}
