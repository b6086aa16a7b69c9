using RnnGen.Training;

namespace RnnGen.Tests.Training;

public sealed class TrainingSetTests
{
    private static readonly float[][] Sequences = [[1, 2, 3, 4], [5, 6]]; // 2 and 1 steps of 2 features

    [Fact]
    public void Classes_per_sequence_come_in_the_batch_s_order()
    {
        TrainingSet set = TrainingSet.PerSequence(Sequences, 2, [7, 8]);
        int[] classes = new int[2];
        set.CopyClasses([1, 0], classes);

        Assert.Equal((2, 2, 2, true, true), (set.Count, set.Features, set.MaxSteps, set.IsPerSequence, set.HasClassTargets));
        Assert.Equal([8, 7], classes);
        Assert.Equal([5, 6, 1, 2, 0, 0, 3, 4], set.Batch([1, 0]).Data.ToArray());
    }

    [Fact]
    public void Classes_per_step_come_time_major()
    {
        TrainingSet set = TrainingSet.PerStep(Sequences, 2, new int[][] { [7, 8], [9] });
        int[] classes = [-1, -1, -1, -1];
        set.CopyClasses([1, 0], classes);

        Assert.Equal([9, 7, -1, 8], classes); // sequence 1 has no second step
        Assert.False(set.IsPerSequence);
    }

    [Fact]
    public void Values_come_time_major_too()
    {
        TrainingSet steps = TrainingSet.PerStep(Sequences, 2, new float[][] { [1, 2, 3, 4, 5, 6], [7, 8, 9] });
        float[] values = new float[12];
        steps.CopyValues([0, 1], values);
        Assert.Equal([1, 2, 3, 7, 8, 9, 4, 5, 6, 0, 0, 0], values);
        Assert.Equal(3, steps.ValuesPerRow);

        TrainingSet sequences = TrainingSet.PerSequence(Sequences, 2, new float[][] { [1, 2], [3, 4] });
        sequences.CopyValues([1, 0], values);
        Assert.Equal([3, 4, 1, 2], values[..4]);
        Assert.False(sequences.HasClassTargets);
    }

    [Fact]
    public void Weights_and_leading_padding_come_time_major_too()
    {
        TrainingSet steps = TrainingSet.PerStep(Sequences, 2, new int[][] { [7, 8], [9] }, [[0.5f, 1], [2]], Padding.Leading);
        int[] classes = [-1, -1, -1, -1];
        float[] weights = [-1, -1, -1, -1];
        steps.CopyClasses([1, 0], classes);
        steps.CopyWeights([1, 0], weights);
        Assert.Equal([-1, 7, 9, 8], classes); // both end at the last step
        Assert.Equal([-1, 0.5f, 2, 1], weights);
        Assert.Equal([0, 0, 1, 2, 5, 6, 3, 4], steps.Batch([1, 0]).Data.ToArray());
        Assert.Equal((true, Padding.Leading), (steps.IsWeighted, steps.Padding));

        TrainingSet sequences = TrainingSet.PerSequence(Sequences, 2, [7, 8], [3, 4], Padding.Leading);
        sequences.CopyWeights([1, 0], weights);
        sequences.CopyClasses([1, 0], classes);
        Assert.Equal([4, 3], weights[..2]);
        Assert.Equal([8, 7], classes[..2]);
        Assert.False(TrainingSet.PerSequence(Sequences, 2, [7, 8]).IsWeighted);
    }

    [Fact]
    public void Sequences_may_be_tokens()
    {
        int[][] classes = [[4, 5, 6], [7]];
        TrainingSet[] sets =
        [
            TrainingSet.PerStep(classes, classes),
            TrainingSet.PerStep(classes, new float[][] { [1, 2, 3], [4] }),
            TrainingSet.PerSequence(classes, [0, 1], [1, 0.5f]),
            TrainingSet.PerSequence(classes, new float[][] { [1, 2], [3, 4] }),
        ];
        Assert.All(sets, set =>
        {
            Assert.Equal((true, 1, 3, 2), (set.IsOneHot, set.Features, set.MaxSteps, set.Count));
            Assert.True(set.Batch([1, 0]).IsOneHot);
            Assert.Equal([7, 4, 0, 5, 0, 6], set.Batch([1, 0]).Data.ToArray());
        });
        Assert.Equal([0, 4, 0, 5, 7, 6], TrainingSet.PerStep(classes, classes, padding: Padding.Leading).Batch([1, 0]).Data.ToArray());
        Expect("at step 1 of sequence 0, got -5", () => TrainingSet.PerStep([[4, -5, 6]], classes));
    }

    [Fact]
    public void Fingerprints_tell_sets_apart()
    {
        string[] prints =
        [
            TrainingSet.PerSequence(Sequences, 2, [7, 8]).Fingerprint,
            TrainingSet.PerSequence(Sequences, 2, [7, 9]).Fingerprint,
            TrainingSet.PerSequence(Sequences, 2, [7, 8], [1, 1]).Fingerprint,
            TrainingSet.PerSequence(Sequences, 2, [7, 8], [1, 2]).Fingerprint,
            TrainingSet.PerSequence(Sequences, 2, [7, 8], padding: Padding.Leading).Fingerprint,
            TrainingSet.PerSequence(Sequences, 1, [7, 8]).Fingerprint,
            TrainingSet.PerSequence([[1, 2], [3, 4, 5, 6]], 2, [7, 8]).Fingerprint,
            TrainingSet.PerSequence(Sequences, 2, new float[][] { [7], [8] }).Fingerprint,
        ];
        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(prints[0], TrainingSet.PerSequence([[1, 2, 3, 4], [5, 6]], 2, [7, 8]).Fingerprint);
    }

    [Fact]
    public void Bad_sets_are_refused_by_the_sequence()
    {
        Expect("at least one sequence", () => TrainingSet.PerSequence([], 2, Array.Empty<int>()));
        Expect("sequence 1 is empty", () => TrainingSet.PerSequence([[1, 2], []], 2, [0, 0]));
        Expect("sequence 0 has 3", () => TrainingSet.PerSequence([[1, 2, 3]], 2, [0]));
        Expect("targets: expected 2 (one per sequence), got 3", () => TrainingSet.PerSequence(Sequences, 2, [0, 1, 2]));
        Expect("expected 2 classes for sequence 0 (its steps), got 1", () => TrainingSet.PerStep(Sequences, 2, new int[][] { [7], [9] }));
        Expect("expected 3 values for sequence 1 (1 rows), got 4", () => TrainingSet.PerStep(Sequences, 2, new float[][] { [1, 2, 3, 4, 5, 6], [7, 8, 9, 0] }));
        Expect("at least 2 values for sequence 0", () => TrainingSet.PerStep(Sequences, 2, new float[][] { [1], [7] }));
        Expect("weights: expected 2 (one per sequence), got 1", () => TrainingSet.PerSequence(Sequences, 2, [7, 8], [1]));
        Expect("weights: expected 2 for sequence 0 (its steps), got 1", () => TrainingSet.PerStep(Sequences, 2, new int[][] { [7, 8], [9] }, [[1], [1]]));
        Expect("step 1 of sequence 0 has -1", () => TrainingSet.PerStep(Sequences, 2, new int[][] { [7, 8], [9] }, [[1, -1], [1]]));
        Expect("sequence 1 has NaN", () => TrainingSet.PerSequence(Sequences, 2, [7, 8], [1, float.NaN]));
        Expect("nothing to learn from", () => TrainingSet.PerSequence(Sequences, 2, [7, 8], [0, 0]));
        Expect("Trailing or Leading", () => TrainingSet.PerSequence(Sequences, 2, [7, 8], padding: (Padding)5));
        Expect("sequence 1 are null", () => TrainingSet.PerSequence(Sequences, 2, new float[][] { [1], null! }));
    }

    [Fact]
    public void A_set_must_fit_network_and_loss()
    {
        float[][] sequences = [Numbers.Draw(1, 6), Numbers.Draw(2, 3)];
        using var steps = new Trainer<LinearNetwork<PerStepIdentity>>(LinearNetwork<PerStepIdentity>.Create(1), Options(Loss.MeanSquaredError));
        using var classes = new Trainer<LinearNetwork<PerStepIdentity>>(LinearNetwork<PerStepIdentity>.Create(1), Options(Loss.CrossEntropy));
        using var sequence = new Trainer<LinearNetwork<ManyToOneSoftmax>>(LinearNetwork<ManyToOneSoftmax>.Create(1), Options(Loss.CrossEntropy));

        Expect("expected 3 features", () => classes.Evaluate(TrainingSet.PerStep(Sequences, 2, new int[][] { [1, 1], [1] })));
        Expect("because LinearNetwork has one output per step, got one per sequence", () => classes.Evaluate(TrainingSet.PerSequence(sequences, 3, [0, 1])));
        Expect("(TrainingSet.PerSequence)", () => sequence.Fit(TrainingSet.PerStep(sequences, 3, new int[][] { [1, 1], [1] }), null, 1));
        Expect("expected values", () => steps.Evaluate(TrainingSet.PerStep(sequences, 3, new int[][] { [1, 1], [1] })));
        Expect("expected 4 values per target", () => steps.Evaluate(TrainingSet.PerStep(sequences, 3, new float[][] { [1, 1], [1] })));
        Expect("step 1 of sequence 0 has 4", () => classes.Evaluate(TrainingSet.PerStep(sequences, 3, new int[][] { [3, 4], [1] })));
        Expect("sequence 1 has -1", () => sequence.Evaluate(TrainingSet.PerSequence(sequences, 3, [0, -1])));
        Expect("validation: expected 3 features", () =>
            sequence.Fit(TrainingSet.PerSequence(sequences, 3, [0, 1]), TrainingSet.PerSequence(Sequences, 2, [0, 1]), 1));
    }

    private static TrainerOptions Options(Loss loss) => new() { Optimizer = new Sgd(0.1f), Loss = loss };

    private static void Expect(string part, Action act) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
}
