using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>What <see cref="TrainerOptions.Batching"/> does to training.</summary>
public sealed class BatchingTests
{
    /// <summary>
    /// 64 tones of four classes, their lengths going with the class: batches of one class at a time end at 83 % and a loss of 0.3, others at 98 % and 0.06.
    /// </summary>
    [Theory]
    [InlineData(Batching.Shuffle)]
    [InlineData(Batching.GroupByLength)]
    public void Classes_of_different_lengths_are_learnt(Batching batching)
    {
        const int Seeds = 9;
        float[] losses = new float[Seeds];
        float[] accuracies = new float[Seeds];
        for (int seed = 0; seed < Seeds; seed++)
        {
            using var network = new ToneNetwork(seed);
            using var trainer = new Trainer<ToneNetwork>(network, Options(batching, seed));
            trainer.Fit(Tones(seed, 64), null, epochs: 30);
            losses[seed] = trainer.Evaluate(Tones(seed, 64)).Loss;
            accuracies[seed] = trainer.Evaluate(Tones(1000 + seed, 200)).Accuracy!.Value;
        }

        Assert.InRange(Median(losses), 0, 0.1f);
        Assert.InRange(Median(accuracies), 0.95f, 1);
    }

    [Fact]
    public void It_is_a_shuffle_unless_set_and_others_than_the_three_are_refused()
    {
        Assert.Equal(Batching.Shuffle, new TrainerOptions { Optimizer = new Adam(0.01f), Loss = Loss.CrossEntropy }.Batching);
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Options((Batching)3, 0));
        Assert.Equal("Batching", thrown.ParamName);
        Assert.Contains("Batching: expected Shuffle, GroupByLength or InOrder, got 3", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Options((Batching)(-1), 0));
    }

    /// <summary>In order, <c>Fit</c> makes the updates that a loop over the set makes: what a user gives is what the network sees.</summary>
    [Fact]
    public void In_order_Fit_is_a_loop_of_updates()
    {
        TrainingSet set = Tones(1, 20);
        using var fitted = new ToneNetwork(seed: 1);
        new Trainer<ToneNetwork>(fitted, Options(Batching.InOrder, 1)).Fit(set, null, epochs: 2);
        using var updated = new ToneNetwork(seed: 1);
        using var trainer = new Trainer<ToneNetwork>(updated, Options(Batching.InOrder, 1));
        for (int epoch = 0; epoch < 2; epoch++)
            foreach (int[] chosen in Enumerable.Range(0, 20).Chunk(8))
                trainer.Update(set.Batch(chosen), [.. chosen.Select(i => i % 4)]);
        for (int i = 0; i < updated.Parameters.Count; i++)
            Numbers.AssertSameBits(updated.Parameters[i].ToArray(), fitted.Parameters[i].ToArray());
    }

    private static TrainerOptions Options(Batching batching, long seed) => new()
    {
        Optimizer = new Adam(0.01f),
        Loss = Loss.CrossEntropy,
        ClipNorm = 1,
        BatchSize = 8,
        Batching = batching,
        Seed = seed,
    };

    /// <summary>Tones, a frequency a class, beside noise. The longer, the higher.</summary>
    private static TrainingSet Tones(int seed, int count)
    {
        var random = new Random(seed);
        int[] classes = [.. Enumerable.Range(0, count).Select(i => i % 4)];
        float[][] sequences =
        [
            .. classes.Select(label => Enumerable.Range(0, 20 + (12 * label) + random.Next(6)).SelectMany(t => new[]
            {
                MathF.Sin(t * (0.3f + (0.1f * label))) + (0.3f * random.NextSingle()) - 0.15f,
                random.NextSingle() - 0.5f,
            }).ToArray()),
        ];
        return TrainingSet.PerSequence(sequences, 2, classes);
    }

    private static float Median(float[] values) => values.Order().ElementAt(values.Length / 2);
}
