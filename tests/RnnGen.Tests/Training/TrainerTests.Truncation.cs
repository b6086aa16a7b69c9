using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <content>Truncated back-propagation through time.</content>
public sealed partial class TrainerTests
{
    [Theory]
    [InlineData(Padding.Trailing)]
    [InlineData(Padding.Leading)]
    public void Truncation_beyond_the_end_changes_no_bit(Padding padding)
    {
        SequenceBatch batch = SequenceBatch.Pad(Sequences, 3, padding);
        (float[] whole, float[] losses) = TrainOn(Options(new Adam(0.05f), clipNorm: 0.1f), batch);
        foreach ((int every, int? backward) in new (int, int?)[] { (9, null), (10, 9), (9, 1000), (1000, 1000) })
        {
            TrainerOptions options = Options(new Adam(0.05f), clipNorm: 0.1f, truncateEvery: every, truncateBackward: backward);
            (float[] truncated, float[] truncatedLosses) = TrainOn(options, batch);
            Numbers.AssertSameBits(whole, truncated);
            Numbers.AssertSameBits(losses, truncatedLosses);
        }
    }

    [Fact]
    public void Truncation_is_an_update_a_chunk_with_the_state_carried_over()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.2f), truncateEvery: 4));
        float loss = trainer.Update(Batch, Classes);
        Assert.Equal(3, trainer.Updates);

        // The same by hand, on tapes of the test's own.
        using LinearNetwork<PerStepSoftmax> byHand = LinearNetwork<PerStepSoftmax>.Create(1);
        float[] state = new float[3 * 4];
        double sum = 0;
        for (int start = 0; start < 9; start += 4)
        {
            int steps = Math.Min(4, 9 - start);
            SequenceBatch chunk = Batch.Slice(start, steps);
            using Tape<LinearNetwork<PerStepSoftmax>> tape = LinearNetwork<PerStepSoftmax>.CreateTape(steps, 3);
            state.CopyTo(tape.InitialState);
            byHand.Forward(tape, chunk);
            float[] gradients = tape.Outputs.ToArray();
            for (int row = 0; row < steps * 3; row++)
            {
                int target = Classes[start * 3 + row];
                if (chunk.Mask[row] != 0)
                    sum -= Math.Log(gradients[row * 4 + target]);
                gradients[row * 4 + target] -= 1;
            }

            byHand.BackwardFromLogits(tape, gradients);
            tape.FinalState.CopyTo(state);
            for (int i = 0; i < byHand.Memory.PackedWeights.Length; i++)
                byHand.Memory.PackedWeights[i] -= 0.2f * tape.PackedGradients[i] / chunk.UnmaskedSteps;
        }

        Numbers.AssertNear(sum / 20, loss, 1e-6);
        Numbers.AssertNear(Doubles(byHand.Memory.PackedWeights), network.Memory.PackedWeights, 1e-6);
    }

    [Fact]
    public void A_chunk_in_which_every_step_is_masked_is_no_update()
    {
        byte[] mask = [1, 1, 0, 0, 0, 0, 1, 1];
        SequenceBatch batch = SequenceBatch.FromTimeMajor(Numbers.Draw(1, 24), 8, 1, 3, mask);
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.1f), truncateEvery: 2));

        Assert.True(float.IsFinite(trainer.Update(batch, new int[8])));
        Assert.Equal(2, trainer.Updates);
    }

    [Fact]
    public void Every_update_starts_from_zero_states()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0), truncateEvery: 2));
        float first = trainer.Update(Batch, Classes);
        Assert.Equal(first, trainer.Update(Batch, Classes));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 2)] // no gradient from the first two steps of a chunk
    [InlineData(4, 1)]
    [InlineData(3, 5)] // windows that overlap
    [InlineData(2, 7)]
    [InlineData(1, 3)]
    [InlineData(4, 1000)] // all the way back, after each chunk
    [InlineData(9, 3)]
    [InlineData(1000, 3)]
    public void The_gradient_flows_back_through_the_last_steps_of_each_chunk(int every, int backward)
    {
        foreach (float[] weights in new[] { [.. Enumerable.Repeat(1f, 27)], StepWeights })
        {
            using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
            using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.2f), truncateEvery: every, truncateBackward: backward));
            float loss = trainer.Update(Batch, Classes, weights);

            using LinearNetwork<PerStepSoftmax> byHand = LinearNetwork<PerStepSoftmax>.Create(1);
            (double expected, int updates) = TruncatedByHand(byHand, every, backward, weights);
            Numbers.AssertNear(expected, loss, 1e-6);
            Assert.Equal(updates, trainer.Updates);
            Numbers.AssertNear(Doubles(byHand.Memory.PackedWeights), network.Memory.PackedWeights, 2e-6);
        }
    }

    [Fact]
    public void Long_sequences_take_no_more_memory()
    {
        static long Allocated(int steps)
        {
            using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
            SequenceBatch batch = SequenceBatch.FromTimeMajor(new float[steps * 2 * 3], steps, 2, 3);
            int[] classes = new int[steps * 2];
            TrainerOptions options = Options(new Sgd(0.01f), truncateEvery: 10, truncateBackward: 25, batchSize: 2);
            long before = GC.GetAllocatedBytesForCurrentThread();
            new Trainer<LinearNetwork<PerStepSoftmax>>(network, options).Update(batch, classes);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(50);
        const int Slack = 16_384; // the runtime counts in buffers of 8 KB; the longer batch's frames alone are 480 KB
        Assert.InRange(Allocated(20_000), 1, Allocated(50) + Slack);
    }

    [Fact]
    public void Truncation_is_refused_where_it_makes_no_sense()
    {
        using LinearNetwork<PerStepReverse> reverse = LinearNetwork<PerStepReverse>.Create(1);
        void Refused(string part, TrainerOptions options) => Assert.Contains(
            part, Assert.Throws<ArgumentException>(() => new Trainer<LinearNetwork<PerStepReverse>>(reverse, options)).Message, StringComparison.Ordinal);
        Refused("TruncateEvery: expected null, got 5: LinearNetwork needs later steps in lstm1", Options(new Sgd(1), truncateEvery: 5));
        Refused("TruncateBackward: expected null without TruncateEvery, got 3", Options(new Sgd(1), truncateBackward: 3));
        Assert.Equal("TruncateBackward", Assert.Throws<ArgumentOutOfRangeException>(() => Options(new Sgd(1), truncateBackward: 0)).ParamName);
        Assert.True(new Trainer<LinearNetwork<PerStepReverse>>(reverse, Options(new Sgd(1))).Update(Batch, Classes) > 0);
    }

    /// <summary>The definition, on a tape a chunk: plain gradient steps of 0.2 with the state carried as values.</summary>
    private static (double Loss, int Updates) TruncatedByHand(LinearNetwork<PerStepSoftmax> network, int every, int backward, float[] weights)
    {
        double loss = 0;
        double total = 0;
        int updates = 0;
        float[] state = new float[12]; // before step `position`
        int position = 0;
        for (int start = 0; start < 9; start += every)
        {
            int end = Math.Min(9, start + every);
            int window = Math.Max(position, end - backward);

            // The loss is that of one run through the steps from the state that is carried; gradients are zero before the window.
            using Tape<LinearNetwork<PerStepSoftmax>> tape = LinearNetwork<PerStepSoftmax>.CreateTape(9, 3);
            state.CopyTo(tape.InitialState);
            if (window > position)
            {
                network.Forward(tape, Batch.Slice(position, window - position));
                for (int row = start * 3; row < window * 3; row++)
                    loss += Cost(tape.Outputs[((row - position * 3) * 4)..], row);
                tape.FinalState.CopyTo(tape.InitialState);
                tape.FinalState.CopyTo(state);
            }

            network.Forward(tape, Batch.Slice(window, end - window));
            double counted = Enumerable.Range(start * 3, (end - start) * 3).Sum(Weight);
            float[] gradients = new float[(end - window) * 12];
            double reached = 0;
            for (int row = Math.Max(start, window) * 3; row < end * 3; row++)
            {
                ReadOnlySpan<float> outputs = tape.Outputs.Slice((row - window * 3) * 4, 4);
                loss += Cost(outputs, row);
                reached += Weight(row);
                for (int i = 0; i < 4; i++)
                    gradients[(row - window * 3) * 4 + i] = (float)(Weight(row) / counted) * (outputs[i] - (i == Classes[row] ? 1 : 0));
            }

            total += counted;
            if (backward <= every)
            {
                tape.FinalState.CopyTo(state);
                position = end;
            }
            else
            {
                position = window;
            }

            if (reached == 0)
                continue;
            updates++;
            network.BackwardFromLogits(tape, gradients);
            for (int i = 0; i < network.Memory.PackedWeights.Length; i++)
                network.Memory.PackedWeights[i] -= 0.2f * tape.PackedGradients[i];
        }

        return (loss / total, updates);

        double Weight(int row) => Batch.Mask[row] * weights[row];
        double Cost(ReadOnlySpan<float> outputs, int row) => Weight(row) == 0 ? 0 : -Weight(row) * Math.Log(outputs[Classes[row]]);
    }
}
