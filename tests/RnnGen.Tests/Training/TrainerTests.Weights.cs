using RnnGen.Tests.Memory;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <content>Label masks and weights, and what losses are divided by.</content>
public sealed partial class TrainerTests
{
    private static float[] LabelMask => [.. Enumerable.Range(0, 27).Select(row => row % 3 == 1 || row > 20 ? 0f : 1f)];

    private static float[] StepWeights => [.. Enumerable.Range(0, 27).Select(row => row % 4 * 0.75f)];

    [Theory]
    [InlineData(LossNormalization.PerStep)]
    [InlineData(LossNormalization.PerSequence)]
    public void A_label_mask_is_the_mean_over_the_steps_that_count(LossNormalization normalization)
    {
        CheckWeighted(Batch, LabelMask, normalization);
        CheckWeighted(SequenceBatch.Pad(Sequences, 3, Padding.Leading), LabelMask, normalization);
    }

    [Theory]
    [InlineData(LossNormalization.PerStep)]
    [InlineData(LossNormalization.PerSequence)]
    public void Weights_multiply_losses(LossNormalization normalization) => CheckWeighted(Batch, StepWeights, normalization);

    [Fact]
    public void Weights_of_one_change_no_bit()
    {
        float[] ones = [.. Enumerable.Range(0, 27).Select(row => Batch.Mask[row] != 0 ? 1 : float.NaN)]; // what is masked does not matter
        (float[] expected, float[] losses) = TrainOn(Options(new Adam(0.05f), truncateEvery: 4), Batch);
        (float[] weighted, float[] weightedLosses) = TrainOn(Options(new Adam(0.05f), truncateEvery: 4), Batch, weights: ones);
        Numbers.AssertSameBits(expected, weighted);
        Numbers.AssertSameBits(losses, weightedLosses);
    }

    [Fact]
    public void Only_ratios_of_weights_matter_for_the_mean_and_their_size_for_the_sum()
    {
        float[] doubled = [.. StepWeights.Select(weight => 2 * weight)];
        (float[] once, _) = TrainOn(Options(new Sgd(0.1f)), Batch, weights: StepWeights);
        (float[] twice, _) = TrainOn(Options(new Sgd(0.1f)), Batch, weights: doubled);
        Numbers.AssertNear(Doubles(once), twice, 1e-6);

        (float[] sum, _) = TrainOn(Options(new Sgd(0.1f), normalization: LossNormalization.PerSequence), Batch, weights: StepWeights);
        (float[] half, _) = TrainOn(Options(new Sgd(0.05f), normalization: LossNormalization.PerSequence), Batch, weights: doubled);
        Numbers.AssertNear(Doubles(sum), half, 1e-6);
    }

    [Fact]
    public void Targets_where_the_weight_is_0_do_not_matter()
    {
        int[] classes = [.. Classes.Select((target, row) => LabelMask[row] == 0 ? -100 : target)];
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using LinearNetwork<PerStepSoftmax> other = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.1f)));
        float loss = trainer.Update(Batch, classes, LabelMask);
        Assert.Equal(loss, new Trainer<LinearNetwork<PerStepSoftmax>>(other, Options(new Sgd(0.1f))).Update(Batch, Classes, LabelMask));
        Numbers.AssertSameBits(other.Memory.PackedWeights, network.Memory.PackedWeights);
    }

    [Fact]
    public void A_sequence_s_weight_counts_in_many_to_one_networks()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Sgd(0)));
        double[] alone = [.. Enumerable.Range(0, 3).Select(i => (double)trainer.Update(SequenceBatch.Pad([Sequences[i]], 3, Padding.Trailing), [i]))];
        Numbers.AssertNear((0.5 * alone[0] + 2 * alone[2]) / 2.5, trainer.Update(Batch, [0, 99, 2], [0.5f, 0, 2]), 1e-6);
        Numbers.AssertNear(alone.Average(), trainer.Update(Batch, [0, 1, 2]), 1e-6);

        using var perSequence = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Sgd(0), normalization: LossNormalization.PerSequence));
        Assert.Equal(trainer.Update(Batch, [0, 1, 2]), perSequence.Update(Batch, [0, 1, 2]));
        Numbers.AssertNear((0.5 * alone[0] + 2 * alone[2]) / 3, perSequence.Update(Batch, [0, 99, 2], [0.5f, 0, 2]), 1e-6);
    }

    [Fact]
    public void Values_are_weighted_too()
    {
        using LinearNetwork<PerStepIdentity> network = LinearNetwork<PerStepIdentity>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepIdentity>>(network, Options(new Sgd(0), Loss.MeanSquaredError));
        float[] targets = Numbers.Draw(7, 27 * 4);
        using Tape<LinearNetwork<PerStepIdentity>> tape = LinearNetwork<PerStepIdentity>.CreateTape(9, 3);
        network.Forward(tape, Batch);
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < 27; row++)
        {
            double counts = Batch.Mask[row] * StepWeights[row];
            weight += counts;
            for (int i = 0; i < 4; i++)
                sum += counts * Math.Pow((double)tape.Outputs[row * 4 + i] - targets[row * 4 + i], 2) / 4;
        }

        Numbers.AssertNear(sum / weight, trainer.Update(Batch, targets, StepWeights), 1e-6);
    }

    [Fact]
    public void A_chunk_in_which_nothing_counts_is_no_update_but_carries_the_state()
    {
        float[] weights = [.. Enumerable.Range(0, 27).Select(row => row / 3 is >= 4 and < 8 ? 0f : 1f)]; // chunks 0 and 2 of 3
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var truncated = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0), truncateEvery: 4));
        using var whole = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0)));
        Numbers.AssertNear(whole.Update(Batch, Classes, weights), truncated.Update(Batch, Classes, weights), 1e-6);
        Assert.Equal(2, truncated.Updates);
    }

    [Fact]
    public void Bad_weights_are_refused_before_anything_changes()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.1f)));
        float[] before = network.Memory.PackedWeights.ToArray();
        string Refused(float[] weights) => Assert.ThrowsAny<ArgumentException>(() => trainer.Update(Batch, Classes, weights)).Message;
        float[] With(int row, float weight) => [.. LabelMask.Select((value, i) => i == row ? weight : value)];

        Assert.Contains("weights: expected 27 values (Steps × BatchSize), got 26", Refused(new float[26]), StringComparison.Ordinal);
        Assert.Contains("expected 27 values", Refused([]), StringComparison.Ordinal);
        Assert.Contains("at least 0 at step 1 of sequence 2, got -1", Refused(With(5, -1)), StringComparison.Ordinal);
        Assert.Contains("at step 0 of sequence 0, got NaN", Refused(With(0, float.NaN)), StringComparison.Ordinal);
        Assert.Contains("got Infinity", Refused(With(0, float.PositiveInfinity)), StringComparison.Ordinal);
        Assert.Contains("nothing to learn from", Refused(new float[27]), StringComparison.Ordinal);
        float[] maskedOnly = [.. Batch.Mask.ToArray().Select(mask => 1f - mask)];
        Assert.Contains("nothing to learn from", Refused(maskedOnly), StringComparison.Ordinal);
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
        Assert.Equal(0, trainer.Updates);
        Assert.Equal("Normalization", Assert.Throws<ArgumentOutOfRangeException>(() => Options(new Sgd(1), normalization: (LossNormalization)2)).ParamName);
    }

    [Fact]
    public void Weighted_updates_allocate_nothing()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.01f), truncateEvery: 3, truncateBackward: 5));
        (SequenceBatch batch, int[] classes, float[] weights) = (Batch, Classes, StepWeights);
        AllocatedBytes.AssertNone(() => trainer.Update(batch, classes, weights));
    }

    /// <summary>Loss and gradient of an update against those of the single steps, each run and weighted by hand.</summary>
    private static void CheckWeighted(SequenceBatch batch, float[] weights, LossNormalization normalization)
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        float[] before = network.Memory.PackedWeights.ToArray();
        using Tape<LinearNetwork<PerStepSoftmax>> tape = LinearNetwork<PerStepSoftmax>.CreateTape(9, 3);
        network.Forward(tape, batch);
        double[] counts = [.. weights.Select((weight, row) => batch.Mask[row] != 0 ? (double)weight : 0)];
        double divisor = normalization == LossNormalization.PerStep ? counts.Sum() : 3;
        float[] gradients = tape.Outputs.ToArray();
        double loss = 0;
        for (int row = 0; row < 27; row++)
        {
            if (counts[row] != 0)
                loss -= counts[row] * Math.Log(gradients[row * 4 + Classes[row]]) / divisor;
            gradients[row * 4 + Classes[row]] -= 1;
            for (int i = 0; i < 4; i++)
                gradients[row * 4 + i] *= (float)(counts[row] / divisor);
        }

        network.BackwardFromLogits(tape, gradients);
        float[] expected = [.. before.Zip(tape.PackedGradients.ToArray(), (weight, gradient) => weight - gradient)];
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(1), normalization: normalization));
        Numbers.AssertNear(loss, trainer.Update(batch, Classes, weights), 1e-6);
        Numbers.AssertNear(Doubles(expected), network.Memory.PackedWeights, 1e-6);
    }
}
