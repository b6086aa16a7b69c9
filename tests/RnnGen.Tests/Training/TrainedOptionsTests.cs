using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Layers' options that a trainer must know of.</summary>
public sealed class TrainedOptionsTests
{
    private static readonly SequenceBatch Batch = SequenceBatch.Pad(
        [Numbers.Draw(1, 3 * 7), Numbers.Draw(2, 3 * 4), Numbers.Draw(3, 3 * 9)], 3, Padding.Trailing);

    private static readonly int[] Classes = [.. Enumerable.Range(0, 27).Select(row => row * 5 % 4)];

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    [InlineData(2, 5)]
    public void A_learned_state_gets_a_gradient_from_windows_that_start_with_the_sequence(int every, int backward)
    {
        using var network = new LearnedStateNetwork(seed: 1);
        using var still = new LearnedStateNetwork(seed: 1);
        float[] start = Numbers.Draw(4, 6);
        network.Parameters["gru0.initial_h"].Set(start);
        still.Parameters["gru0.initial_h"].Set(start);
        int updates = 0;
        float[] last = start;
        var schedule = new Watch(update =>
        {
            // Update `update` is about to be made: what the one before it did is to be seen.
            float[] now = network.Parameters["gru0.initial_h"].ToArray();
            int end = Math.Min(9, (int)update * every);
            bool fromTheStart = update > 0 && (backward > every ? end - backward <= 0 : update == 1 && backward >= every);
            Assert.True(fromTheStart == !now.AsSpan().SequenceEqual(last), $"before update {update}");
            last = now;
            updates++;
        });
        using var trainer = new Trainer<LearnedStateNetwork>(network, new TrainerOptions
        {
            Optimizer = new Sgd(0.5f),
            Loss = Loss.CrossEntropy,
            TruncateEvery = every,
            TruncateBackward = backward,
            Schedule = schedule,
        });
        trainer.Update(Batch, Classes);
        Assert.Equal((9 + every - 1) / every, updates);
    }

    [Fact]
    public void Evaluation_carries_the_state_over_chunks_from_the_learned_one()
    {
        using var network = new LearnedStateNetwork(seed: 1);
        network.Parameters["gru0.initial_h"].Set(Numbers.Draw(4, 6, scale: 3));
        float Loss(int? truncate) => new Trainer<LearnedStateNetwork>(network, new TrainerOptions
        {
            Optimizer = new Sgd(0),
            Loss = RnnGen.Training.Loss.CrossEntropy,
            TruncateEvery = truncate,
        }).Update(Batch, Classes);
        Numbers.AssertNear(Loss(null), Loss(4), 1e-6);
        Numbers.AssertNear(Loss(null), Loss(1), 1e-6);
        float learned = Loss(null);
        network.Parameters["gru0.initial_h"].Set(new float[6]);
        Assert.NotEqual(learned, Loss(null), 1e-3);
    }

    [Fact]
    public void Dropout_is_another_one_each_update_the_same_with_a_seed_and_off_in_evaluation()
    {
        static float[] Losses(long seed, int updates)
        {
            using var network = new CheckpointedNetwork(seed: 1);
            using var trainer = new Trainer<CheckpointedNetwork>(network, new TrainerOptions { Optimizer = new Sgd(0), Loss = Loss.CrossEntropy, Seed = seed });
            return [.. Enumerable.Range(0, updates).Select(_ => trainer.Update(Batch, Classes))];
        }

        float[] losses = Losses(1, 4);
        Assert.Equal(4, losses.Distinct().Count());
        Numbers.AssertSameBits(losses, Losses(1, 4));
        Assert.Empty(losses.Intersect(Losses(2, 4)));

        using var network = new CheckpointedNetwork(seed: 1);
        TrainingSet set = CheckpointedRun.Set(1, 10);
        using var trainer = new Trainer<CheckpointedNetwork>(network, CheckpointedRun.Options());
        Evaluation first = trainer.Evaluate(set);
        trainer.Fit(set, set, 1);
        using var untrained = new CheckpointedNetwork(seed: 1);
        foreach (Parameter parameter in untrained.Parameters)
            network.Parameters[parameter.Name].Set(parameter.ToArray());
        Assert.Equal(first.Score, trainer.Evaluate(set).Score);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(4, 2)]
    [InlineData(3, 5)]
    public void Dropout_is_one_a_sequence_however_it_is_cut(int every, int backward)
    {
        static float LossOf(int? every, int? backward)
        {
            using var network = new CheckpointedNetwork(seed: 1);
            var options = new TrainerOptions
            {
                Optimizer = new Sgd(0), Loss = Loss.CrossEntropy, Seed = 3, TruncateEvery = every, TruncateBackward = backward,
            };
            return new Trainer<CheckpointedNetwork>(network, options).Update(Batch, Classes);
        }

        // The weights stay, so that only the noise of a chunk could tell it from the same steps of the whole.
        Numbers.AssertNear(LossOf(null, null), LossOf(every, backward), 1e-6);
    }

    [Fact]
    public void A_network_that_goes_both_ways_is_trained_whole()
    {
        using var network = new BothWaysNetwork(seed: 1);
        TrainerOptions Options(int? every) => new() { Optimizer = new Sgd(0.1f), Loss = Loss.CrossEntropy, TruncateEvery = every };
        string message = Assert.Throws<ArgumentException>(() => new Trainer<BothWaysNetwork>(network, Options(5))).Message;
        Assert.Contains("TruncateEvery: expected null, got 5: BothWaysNetwork needs later steps in both", message, StringComparison.Ordinal);
        using var trainer = new Trainer<BothWaysNetwork>(network, Options(null));
        float first = trainer.Update(Batch, Classes);
        for (int i = 0; i < 20; i++)
            trainer.Update(Batch, Classes);
        Assert.True(trainer.Update(Batch, Classes) < first);
    }

    [Fact]
    public void What_a_trainer_cannot_train_is_refused_and_says_why()
    {
        TrainerOptions Options(int? every = null) => new() { Optimizer = new Sgd(0.1f), Loss = Loss.CrossEntropy, TruncateEvery = every };
        using var pooled = new PooledNetwork(seed: 1);
        string message = Assert.Throws<ArgumentException>(() => new Trainer<PooledNetwork>(pooled, Options(5))).Message;
        Assert.Contains("TruncateEvery: expected null, got 5: PooledNetwork has one output per sequence", message, StringComparison.Ordinal);
        using var trainer = new Trainer<PooledNetwork>(pooled, Options());
        TrainingSet steps = TrainingSet.PerStep([new float[6]], 3, [[0, 1]]);
        message = Assert.Throws<ArgumentException>(() => trainer.Evaluate(steps)).Message;
        Assert.Contains("because PooledNetwork has one output per sequence, got one per step", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => trainer.Evaluate(TrainingSet.PerSequence([[0, 1]], [1]))).Message;
        Assert.Contains("expected frames, because PooledNetwork has no OneHot, got classes", message, StringComparison.Ordinal);

        using var inference = new InferenceNetwork(seed: 1);
        message = Assert.Throws<NotSupportedException>(() => new Trainer<InferenceNetwork>(inference, Options())).Message;
        Assert.Equal("InferenceNetwork was generated with Training = false.", message);
    }

    [Fact]
    public void Symbols_are_learnt_and_unknown_ones_refused_before_anything_changes()
    {
        using var network = new SymbolNetwork(seed: 1);
        using var trainer = new Trainer<SymbolNetwork>(network, new TrainerOptions { Optimizer = new Adam(0.02f), Loss = Loss.CrossEntropy, BatchSize = 4 });
        int[][] symbols = [.. Enumerable.Range(0, 20).Select(i => Enumerable.Range(i, 4 + i % 6).Select(symbol => symbol % 5).ToArray())];
        int[][] next = [.. symbols.Select(sequence => sequence.Select(symbol => (symbol + 1) % 5).ToArray())];
        trainer.Fit(TrainingSet.PerStep(symbols, next), null, 30);
        Assert.Equal(1, trainer.Evaluate(TrainingSet.PerStep(symbols, next)).Accuracy);

        long updates = trainer.Updates;
        symbols[17][2] = 5;
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(TrainingSet.PerStep(symbols, next), null, 1));
        Assert.Contains("from 0 to 4 per time step (SymbolNetwork has OneHot), step 2 of sequence 17 has 5", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(updates, trainer.Updates);
    }

    /// <summary>Always 1; says when it is asked.</summary>
    private sealed class Watch(Action<long> asked) : LearningRateSchedule
    {
        public override double Factor(long update)
        {
            asked(update);
            return 1;
        }
    }
}
