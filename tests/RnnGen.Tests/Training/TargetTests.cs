using RnnGen.Tests.Memory;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Each loss says which values it takes as targets; others are refused wherever targets come in.</summary>
public sealed class TargetTests
{
    private const int Steps = 5;
    private const int Size = 4;

    public static TheoryData<string, float> Wrong => new()
    {
        { nameof(Loss.BinaryCrossEntropy), 2 },
        { nameof(Loss.BinaryCrossEntropy), -0.001f },
        { nameof(Loss.BinaryCrossEntropy), float.NaN },
        { nameof(Loss.CrossEntropy), 1.5f },
        { nameof(Loss.CrossEntropy), -1 },
        { nameof(Loss.CrossEntropy), float.PositiveInfinity },
        { nameof(Loss.MeanSquaredError), float.NaN },
        { nameof(Loss.MeanSquaredError), float.NegativeInfinity },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_that_the_loss_does_not_take_is_refused_where_it_counts(string loss, float wrong)
    {
        using LinearNetwork<PerStepIdentity> network = LinearNetwork<PerStepIdentity>.Create(1);
        using Trainer<LinearNetwork<PerStepIdentity>> trainer = TrainerOf(network, loss);
        float[] before = network.Memory.PackedWeights.ToArray();
        SequenceBatch batch = SequenceBatch.FromTimeMajor(Numbers.Draw(1, Steps * 2 * 3), Steps, 2, 3);
        string range = loss == nameof(Loss.MeanSquaredError) ? "a finite value" : "a value from 0 to 1";
        string expected = FormattableString.Invariant($"{loss} expects {range} as a target, got {wrong} at step 3 of sequence 1, output 2");

        float[] values = Fill(Steps * 2 * Size);
        values[(((3 * 2) + 1) * Size) + 2] = wrong;
        Refuse("targets", () => trainer.Update(batch, values));
        Refuse("targets", () => trainer.Update(batch, values, Fill(Steps * 2)));

        float[] own = Fill(Steps * Size);
        own[(3 * Size) + 2] = wrong;
        TrainingSet set = Set(own, null), good = Set(Fill(Steps * Size), null);
        Refuse("training", () => trainer.Fit(set, null, 1));
        Refuse("validation", () => trainer.Fit(good, set, 1));
        Refuse("set", () => trainer.Evaluate(set));
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);

        void Refuse(string argument, Action call) =>
            Assert.StartsWith($"{argument}: {expected}", Assert.Throws<ArgumentOutOfRangeException>(argument, call).Message);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_does_not_count_may_be_anything(string loss, float wrong)
    {
        using LinearNetwork<PerStepIdentity> network = LinearNetwork<PerStepIdentity>.Create(1);
        using Trainer<LinearNetwork<PerStepIdentity>> trainer = TrainerOf(network, loss);
        float[] frames = Numbers.Draw(1, Steps * 2 * 3), values = Fill(Steps * 2 * Size), weights = Fill(Steps * 2);
        values.AsSpan(((3 * 2) + 1) * Size, Size).Fill(wrong);
        weights[(3 * 2) + 1] = 0;
        float weighted = trainer.Update(SequenceBatch.FromTimeMajor(frames, Steps, 2, 3), values, weights);
        float masked = trainer.Update(SequenceBatch.FromTimeMajor(frames, Steps, 2, 3, new[] { 5, 3 }), Masked(values, wrong));
        Assert.True(float.IsFinite(weighted) && float.IsFinite(masked));

        float[] own = Fill(Steps * Size);
        own.AsSpan(3 * Size, Size).Fill(wrong);
        TrainingSet set = Set(own, [1, 1, 1, 0, 1]);
        trainer.Fit(set, set, 1);
        Assert.True(float.IsFinite(trainer.Evaluate(set).Loss));
    }

    [Fact]
    public void The_ends_of_a_range_are_part_of_it()
    {
        using LinearNetwork<PerStepIdentity> network = LinearNetwork<PerStepIdentity>.Create(1);
        SequenceBatch batch = SequenceBatch.FromTimeMajor(Numbers.Draw(1, Steps * 3), Steps, 1, 3);
        float[] values = [.. Enumerable.Range(0, Steps * Size).Select(i => (float)(i % 2))];
        foreach (string loss in new[] { nameof(Loss.BinaryCrossEntropy), nameof(Loss.CrossEntropy) })
            Assert.True(TrainerOf(network, loss).Update(batch, values) > 0);
        using Trainer<LinearNetwork<PerStepIdentity>> trainer = TrainerOf(network, nameof(Loss.MeanSquaredError));
        AllocatedBytes.AssertNone(() => trainer.Update(batch, values));
    }

    [Fact]
    public void The_first_value_outside_is_found_at_every_place_and_length()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] values = Fill(length);
            Assert.Equal(-1, VectorLoops.FirstOutside(values, 0, 1));
            for (int at = length - 1; at >= 0; at--)
            {
                values[at] = at % 3 == 0 ? float.NaN : at % 3 == 1 ? 1.1f : -0.1f; // Later ones stay wrong.
                Assert.Equal(at, VectorLoops.FirstOutside(values, 0, 1));
            }
        }
    }

    private static float[] Masked(float[] values, float wrong)
    {
        float[] masked = [.. values];
        masked.AsSpan(((4 * 2) + 1) * Size, Size).Fill(wrong);
        return masked;
    }

    private static float[] Fill(int count)
    {
        float[] values = new float[count];
        values.AsSpan().Fill(0.25f);
        return values;
    }

    private static TrainingSet Set(float[] values, float[]? weights)
    {
        // The wrong one is the second sequence.
        float[][] frames = [Numbers.Draw(2, Steps * 3), Numbers.Draw(3, Steps * 3)];
        return TrainingSet.PerStep(frames, 3, [Fill(Steps * Size), values], weights is null ? null : [[1, 1, 1, 1, 1], weights]);
    }

    private static Trainer<LinearNetwork<PerStepIdentity>> TrainerOf(LinearNetwork<PerStepIdentity> network, string loss) => new(
        network,
        new TrainerOptions
        {
            Optimizer = new Sgd(0.01f),
            Loss = loss switch
            {
                nameof(Loss.BinaryCrossEntropy) => Loss.BinaryCrossEntropy,
                nameof(Loss.CrossEntropy) => Loss.CrossEntropy,
                _ => Loss.MeanSquaredError,
            },
        });
}
