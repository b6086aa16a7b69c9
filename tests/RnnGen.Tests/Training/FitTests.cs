using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Training on sets: learning, reproducibility, validation, early stopping, progress.</summary>
public sealed class FitTests
{
    [Fact]
    public void A_many_to_one_network_learns_and_its_history_says_so()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Adam(0.03f), batchSize: 16));
        TrainingSet training = Sums(1, 200);
        TrainingSet validation = Sums(2, 50);

        TrainingReport report = trainer.Fit(training, validation, epochs: 30);

        Assert.Equal(Enumerable.Range(1, 30), report.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(30 * 13, trainer.Updates);
        Assert.False(report.StoppedEarly);
        Assert.InRange(report.Epochs[^1].Training.Accuracy!.Value, 0.9f, 1f);
        Assert.InRange(report.Epochs[^1].Validation!.Value.Accuracy!.Value, 0.85f, 1f);
        Assert.True(report.Epochs[^1].Training.Loss < report.Epochs[0].Training.Loss / 2);
        Assert.Equal(report.Epochs.MinBy(epoch => epoch.Validation!.Value.Loss)!.Epoch, report.BestEpoch);
        Assert.Equal(report.Epochs[^1].Validation, trainer.Evaluate(validation).Score); // the last weights are kept without Patience
        Assert.True(report.Epochs.Sum(epoch => epoch.Elapsed.Ticks) <= report.Elapsed.Ticks);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        static float[] Train(long seed)
        {
            using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
            using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Adam(0.01f), seed: seed));
            trainer.Fit(Sums(1, 100), null, epochs: 3);
            return network.Memory.PackedWeights.ToArray();
        }

        Numbers.AssertSameBits(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void Evaluation_counts_steps_and_does_not_depend_on_batches_or_chunks()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(3);
        (TrainingSet set, double loss, double accuracy) = Labelled(network, 37);
        float[] before = network.Memory.PackedWeights.ToArray();
        foreach ((int batchSize, int? truncateEvery) in new (int, int?)[] { (1, null), (8, null), (100, null), (8, 3), (1, 1) })
        {
            using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(1), batchSize, truncateEvery: truncateEvery));
            Evaluation found = trainer.Evaluate(set);
            Numbers.AssertNear(loss, found.Loss, 1e-5);
            Numbers.AssertNear(accuracy, found.Accuracy!.Value, 1e-6);
            Assert.Equal(0, trainer.Updates);
        }

        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
    }

    [Fact]
    public void Values_have_no_accuracy()
    {
        using LinearNetwork<PerStepIdentity> network = LinearNetwork<PerStepIdentity>.Create(3);
        float[][] sequences = [.. Enumerable.Range(0, 20).Select(i => Numbers.Draw(i, 3 * (1 + i % 6)))];
        float[][] targets = [.. sequences.Select(sequence => sequence.Chunk(3).SelectMany(x => new[] { x[0], x[1] - x[2], 0.5f, -x[0] }).ToArray())];
        TrainingSet set = TrainingSet.PerStep(sequences, 3, targets);
        using var trainer = new Trainer<LinearNetwork<PerStepIdentity>>(network, Options(new Adam(0.02f), batchSize: 4, loss: Loss.MeanSquaredError));

        TrainingReport report = trainer.Fit(set, set, epochs: 150);

        Assert.All(report.Epochs, epoch => Assert.Null(epoch.Training.Accuracy ?? epoch.Validation!.Value.Accuracy));
        Assert.InRange(report.Epochs[^1].Validation!.Value.Loss, 0, 1e-4f);
    }

    [Fact]
    public void Patience_stops_and_restores_the_best_weights()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Adam(0.1f), patience: 4));
        TrainingSet validation = Sums(2, 20, shift: 1); // each class is another in validation: it gets worse at some time
        var weights = new List<float[]>();
        var progress = new Listener(told =>
        {
            if (told.Completed is not null)
                weights.Add(network.Memory.PackedWeights.ToArray());
        });

        TrainingReport report = trainer.Fit(Sums(1, 100), validation, epochs: 100, progress);

        Assert.True(report.StoppedEarly);
        Assert.Equal(report.BestEpoch + 4, report.Epochs.Count);
        Assert.Equal(report.Epochs.MinBy(epoch => epoch.Validation!.Value.Loss)!.Epoch, report.BestEpoch);
        Numbers.AssertSameBits(weights[report.BestEpoch - 1], network.Memory.PackedWeights);
        Assert.NotEqual(weights[^1], network.Memory.PackedWeights.ToArray());
        Assert.Equal(report.Epochs[report.BestEpoch - 1].Validation, trainer.Evaluate(validation).Score);
    }

    [Fact]
    public void Patience_restores_the_best_weights_at_the_last_epoch_too()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Adam(0.1f), patience: 4));
        TrainingSet validation = Sums(2, 20, shift: 1);

        TrainingReport report = trainer.Fit(Sums(1, 100), validation, epochs: 3);

        Assert.False(report.StoppedEarly);
        Assert.True(report.BestEpoch < 3);
        Assert.Equal(report.Epochs[report.BestEpoch - 1].Validation, trainer.Evaluate(validation).Score);
    }

    [Fact]
    public void Progress_is_told_after_every_batch_and_every_epoch()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Adam(0.01f), batchSize: 10));
        var told = new List<TrainingProgress>();

        TrainingReport report = trainer.Fit(Sums(1, 25), Sums(2, 5), epochs: 2, new Listener(told.Add));

        Assert.Equal(
            [(1, 1, false), (1, 2, false), (1, 3, false), (1, 3, true), (2, 1, false), (2, 2, false), (2, 3, false), (2, 3, true)],
            told.Select(progress => (progress.Epoch, progress.Batch, progress.Completed is not null)));
        Assert.All(told, progress =>
        {
            Assert.Equal((2, 3), (progress.Epochs, progress.Batches));
            Assert.True(progress.SequencesPerSecond > 0 && progress.Remaining >= TimeSpan.Zero);
            Assert.InRange(progress.Accuracy!.Value, 0, 1);
        });
        Assert.Same(report.Epochs[0], told[3].Completed);
        Assert.Equal((told[2].Loss, told[2].Accuracy), (report.Epochs[0].Training.Loss, report.Epochs[0].Training.Accuracy));
        Assert.True(told[0].Remaining > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, told[^1].Remaining);
    }

    [Fact]
    public void A_NaN_in_the_data_ends_training_with_the_last_good_weights()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Adam(0.01f), batchSize: 5));
        float[][] sequences = [.. Enumerable.Range(0, 50).Select(i => Numbers.Draw(i, 3))];
        sequences[17][1] = float.NaN;
        TrainingSet set = TrainingSet.PerSequence(sequences, 3, new int[50]);

        var thrown = Assert.Throws<ArithmeticException>(() => trainer.Fit(set, null, epochs: 1));

        Assert.Contains($"update {trainer.Updates + 1}:", thrown.Message, StringComparison.Ordinal);
        Assert.All(network.Memory.PackedWeights.ToArray(), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Sgd(1), patience: 1));
        Assert.Equal("epochs", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(Sums(1, 5), Sums(1, 5), 0)).ParamName);
        Assert.Equal("validation", Assert.Throws<ArgumentException>(() => trainer.Fit(Sums(1, 5), null, 1)).ParamName);
        Assert.Equal("training", Assert.Throws<ArgumentNullException>(() => trainer.Fit(null!, null, 1)).ParamName);
        Assert.Equal("set", Assert.Throws<ArgumentNullException>(() => trainer.Evaluate(null!)).ParamName);
        Assert.Equal("Patience", Assert.Throws<ArgumentOutOfRangeException>(() => Options(new Sgd(1), patience: 0)).ParamName);
    }

    private static TrainerOptions Options(
        Optimizer optimizer,
        int batchSize = 32,
        long seed = 0,
        int? patience = null,
        int? truncateEvery = null,
        Loss? loss = null) => new()
        {
            Optimizer = optimizer,
            Loss = loss ?? Loss.CrossEntropy,
            BatchSize = batchSize,
            Seed = seed,
            Patience = patience,
            TruncateEvery = truncateEvery,
        };

    /// <summary>Sequences whose class is told by the signs of the sums of two features, so that a linear network can learn it.</summary>
    private static TrainingSet Sums(int seed, int count, int shift = 0)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(i => Numbers.Draw(1000 * seed + i, 3 * (2 + i % 5)))];
        int[] classes =
        [
            .. sequences.Select(sequence =>
                ((sequence.Chunk(3).Sum(x => x[0]) > 0 ? 1 : 0) + (sequence.Chunk(3).Sum(x => x[1]) > 0 ? 2 : 0) + shift) % 4),
        ];
        return TrainingSet.PerSequence(sequences, 3, classes);
    }

    /// <summary>Sequences with a class a step, and the loss and accuracy that a network has on them, computed one sequence at a time.</summary>
    private static (TrainingSet Set, double Loss, double Accuracy) Labelled(LinearNetwork<PerStepSoftmax> network, int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(i => Numbers.Draw(i, 3 * (1 + i % 7)))];
        int[][] classes = [.. sequences.Select((sequence, i) => Enumerable.Range(0, sequence.Length / 3).Select(step => (step * 3 + i) % 4).ToArray())];
        double loss = 0;
        int correct = 0;
        using Tape<LinearNetwork<PerStepSoftmax>> tape = LinearNetwork<PerStepSoftmax>.CreateTape(7, 1);
        for (int i = 0; i < count; i++)
        {
            network.Forward(tape, SequenceBatch.Pad([sequences[i]], 3, Padding.Trailing));
            for (int step = 0; step < classes[i].Length; step++)
            {
                float[] row = tape.Outputs.Slice(step * 4, 4).ToArray();
                loss -= Math.Log(row[classes[i][step]]);
                correct += Array.IndexOf(row, row.Max()) == classes[i][step] ? 1 : 0;
            }
        }

        int steps = classes.Sum(row => row.Length);
        return (TrainingSet.PerStep(sequences, 3, classes), loss / steps, correct / (double)steps);
    }
}
