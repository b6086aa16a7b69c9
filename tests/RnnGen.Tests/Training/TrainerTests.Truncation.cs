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
        foreach (int every in new[] { 9, 10, 1000 })
        {
            (float[] truncated, float[] truncatedLosses) = TrainOn(Options(new Adam(0.05f), clipNorm: 0.1f, truncateEvery: every), batch);
            Numbers.AssertSameBits(whole, truncated);
            Numbers.AssertSameBits(losses, truncatedLosses);
        }
    }

    [Fact]
    public void Truncation_is_an_update_a_chunk_with_the_state_carried_over()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.2f), truncateEvery: 4));
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
        var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.1f), truncateEvery: 2));

        Assert.True(float.IsFinite(trainer.Update(batch, new int[8])));
        Assert.Equal(2, trainer.Updates);
    }

    [Fact]
    public void Every_update_starts_from_zero_states()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0), truncateEvery: 2));
        float first = trainer.Update(Batch, Classes);
        Assert.Equal(first, trainer.Update(Batch, Classes));
    }
}
