using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <content>Every entry point gives the same bits.</content>
public abstract partial class NetworkTests<TNetwork>
{
    [Theory]
    [InlineData(7, 1, MaskShape.None)]
    [InlineData(7, 2, MaskShape.Trailing)]
    [InlineData(7, 5, MaskShape.Leading)]
    [InlineData(7, 19, MaskShape.Gaps)]
    public void Every_road_gives_the_same_bits(int steps, int batchSize, MaskShape shape)
    {
        using TNetwork network = TNetwork.Create(2);
        SequenceBatch batch = Batches.Draw(4, steps, batchSize, TNetwork.InputSize, shape);
        using Tape<TNetwork> tape = TNetwork.CreateTape(steps, batchSize);
        network.Forward(tape, batch);
        float[] outputs = new float[tape.Outputs.Length];
        outputs.AsSpan().Fill(float.NaN); // what is there must not matter
        network.Run(batch, outputs);
        Numbers.AssertSameBits(tape.Outputs, outputs);

        for (int sequence = 0; sequence < batchSize; sequence++)
        {
            float[] expected = ExpectedOutputs(batch, outputs, sequence);
            float[] frames = batch.RealFrames(sequence);
            Numbers.AssertSameBits(expected, RunFromZero(network, frames));
            Numbers.AssertSameBits(tape.FinalState.Slice(sequence * TNetwork.StateSize, TNetwork.StateSize), StateOf(network));
            float[][] steppedOutputs = StepFromZero(network, frames);
            Numbers.AssertSameBits(expected, ManyToOne ? steppedOutputs[^1] : [.. steppedOutputs.SelectMany(row => row)]);
            Numbers.AssertSameBits(tape.FinalState.Slice(sequence * TNetwork.StateSize, TNetwork.StateSize), StateOf(network));
        }
    }

    [Fact]
    public void A_sequence_may_be_cut_anywhere()
    {
        using TNetwork network = TNetwork.Create(5);
        float[] frames = Numbers.Draw(6, 6 * TNetwork.InputSize);
        float[][] steps = StepFromZero(network, frames);
        float[] final = StateOf(network);
        for (int cut = 1; cut < steps.Length; cut++)
        {
            float[] first = RunFromZero(network, frames[..(cut * TNetwork.InputSize)]);
            float[] second = Run(network, frames[(cut * TNetwork.InputSize)..]);
            Numbers.AssertSameBits(final, StateOf(network));

            // A many-to-one network answers as if the sequence ended where it stands.
            Numbers.AssertSameBits(ManyToOne ? steps[cut - 1] : [.. steps[..cut].SelectMany(row => row)], first);
            Numbers.AssertSameBits(ManyToOne ? steps[^1] : [.. steps[cut..].SelectMany(row => row)], second);
        }
    }

    [Fact]
    public void A_batch_leaves_the_network_s_own_state_alone_and_a_reset_clears_it()
    {
        using TNetwork network = TNetwork.Create(5);
        float[] state = Numbers.Draw(8, TNetwork.StateSize);
        network.SetState(state);
        SequenceBatch batch = Batches.Draw(4, 5, 3, TNetwork.InputSize, MaskShape.Gaps);
        network.Run(batch, new float[(ManyToOne ? 1 : 5) * 3 * TNetwork.OutputSize]);
        using Tape<TNetwork> tape = TNetwork.CreateTape(5, 3);
        network.Forward(tape, batch);
        network.Backward(tape, new float[tape.Outputs.Length]);
        Numbers.AssertSameBits(state, StateOf(network));
        network.Reset();
        Numbers.AssertSameBits(new float[state.Length], StateOf(network));
    }

    [Fact]
    public void A_given_state_is_that_of_a_tape()
    {
        using TNetwork network = TNetwork.Create(5);
        using Tape<TNetwork> tape = TNetwork.CreateTape(4, 2);
        SequenceBatch batch = Batches.Draw(4, 4, 2, TNetwork.InputSize, MaskShape.None);
        Numbers.Draw(9, tape.InitialState.Length).CopyTo(tape.InitialState);
        network.Forward(tape, batch);
        for (int sequence = 0; sequence < 2; sequence++)
        {
            network.SetState(tape.InitialState.Slice(sequence * TNetwork.StateSize, TNetwork.StateSize));
            Numbers.AssertSameBits(ExpectedOutputs(batch, tape.Outputs, sequence), Run(network, batch.RealFrames(sequence)));
            Numbers.AssertSameBits(tape.FinalState.Slice(sequence * TNetwork.StateSize, TNetwork.StateSize), StateOf(network));
        }
    }

    [Fact]
    public void Sequences_of_a_batch_do_not_see_each_other()
    {
        using TNetwork network = TNetwork.Create(5);
        SequenceBatch batch = Batches.Draw(4, 3, 17, TNetwork.InputSize, MaskShape.None);
        float[] outputs = new float[(ManyToOne ? 1 : 3) * 17 * TNetwork.OutputSize];
        network.Run(batch, outputs);
        float[] frames = batch.Data.ToArray();
        for (int step = 0; step < 3; step++)
            frames.AsSpan((step * 17 + 5) * TNetwork.InputSize, TNetwork.InputSize).Fill(float.NaN);
        float[] poisoned = new float[outputs.Length];
        network.Run(SequenceBatch.FromTimeMajor(frames, 3, 17, TNetwork.InputSize), poisoned);
        for (int sequence = 0; sequence < 17; sequence++)
        {
            float[] values = [.. Batches.RowsOf<float>(poisoned, 17, sequence, TNetwork.OutputSize).SelectMany(row => row)];
            if (sequence == 5)
                Assert.All(values, value => Assert.True(float.IsNaN(value), "NaN frames must not look like an answer"));
            else
                Numbers.AssertSameBits([.. Batches.RowsOf<float>(outputs, 17, sequence, TNetwork.OutputSize).SelectMany(row => row)], values);
        }
    }

    /// <summary>A sequence's outputs at its real steps, or its one output; those at masked steps are checked to be 0.</summary>
    private static float[] ExpectedOutputs(SequenceBatch batch, ReadOnlySpan<float> outputs, int sequence)
    {
        float[][] rows = Batches.RowsOf(outputs, batch.BatchSize, sequence, TNetwork.OutputSize);
        if (ManyToOne)
            return rows[0];
        bool[] mask = batch.MaskOf(sequence);
        Assert.All(rows.Where((_, step) => !mask[step]), row => Assert.Equal(new float[TNetwork.OutputSize], row));
        return [.. rows.Where((_, step) => mask[step]).SelectMany(row => row)];
    }

    private static float[] RunFromZero(TNetwork network, float[] frames)
    {
        network.Reset();
        return Run(network, frames);
    }

    private static float[] Run(TNetwork network, float[] frames)
    {
        float[] outputs = new float[ManyToOne ? TNetwork.OutputSize : frames.Length / TNetwork.InputSize * TNetwork.OutputSize];
        network.Run(frames, outputs);
        return outputs;
    }

    private static float[][] StepFromZero(TNetwork network, float[] frames)
    {
        network.Reset();
        return [.. frames.Chunk(TNetwork.InputSize).Select(frame =>
        {
            float[] output = new float[TNetwork.OutputSize];
            network.Step(frame, output);
            return output;
        })];
    }

    private static float[] StateOf(TNetwork network)
    {
        float[] state = new float[TNetwork.StateSize];
        network.CopyStateTo(state);
        return state;
    }
}
