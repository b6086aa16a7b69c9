using RnnGen.Training;

using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.ManyToOneSoftmax>;

namespace RnnGen.Tests.Training;

/// <summary>Training that goes on from a file.</summary>
public sealed partial class CheckpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-checkpoint-");

    private string Target => Path.Combine(_folder.FullName, "training.checkpoint");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("rmsprop")]
    [InlineData("adagrad")]
    public void Updates_go_on_with_the_same_bits(string optimizer)
    {
        (Net network, Trainer<Net> trainer) = Make(Options(Optimizers[optimizer]));
        SequenceBatch batch = Set(1, 4).Batch([0, 1, 2, 3]);
        for (int i = 0; i < 5; i++)
            trainer.Update(batch, [0, 1, 2, 3]);
        trainer.SaveCheckpoint(Target);
        for (int i = 0; i < 5; i++)
            trainer.Update(batch, [0, 1, 2, 3]);

        (Net other, Trainer<Net> resumed) = Make(Options(Optimizers[optimizer]), seed: 99);
        resumed.LoadCheckpoint(Target);
        Assert.Equal(5, resumed.Updates);
        for (int i = 0; i < 5; i++)
            resumed.Update(batch, [0, 1, 2, 3]);
        Assert.Equal(10, resumed.Updates);
        Numbers.AssertSameBits(network.Memory.PackedWeights, other.Memory.PackedWeights);
        Assert.Equal([Target], _folder.GetFiles().Select(file => file.FullName));
    }

    [Fact]
    public void Fit_goes_on_from_any_of_its_mini_batches()
    {
        int all = 0;
        TrainingReport expected = Run(checkpoint: null, new Listener(_ => all++), out float[] weights);
        Assert.Equal(4 * (5 + 1), all);
        for (int stop = 1; stop <= all; stop++)
        {
            int told = 0;
            (_, Trainer<Net> killed) = Make(Options());
            Assert.Throws<OperationCanceledException>(() => killed.Fit(Set(1, 30), Set(2, 10), 4, new Listener(_ =>
            {
                if (++told == stop)
                    killed.SaveCheckpoint(Target);
                StopIf(told == stop);
            })));

            (Net network, Trainer<Net> resumed) = Make(Options(), seed: 77);
            resumed.LoadCheckpoint(Target);
            TrainingReport report = resumed.Fit(Set(1, 30), Set(2, 10), 4);
            AssertSame(expected, report);
            Numbers.AssertSameBits(weights, network.Memory.PackedWeights);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Fit_keeps_and_finds_its_own_checkpoint(int every)
    {
        TrainingReport expected = Run(null, null, out float[] weights);
        var options = new CheckpointOptions(Target, every);
        foreach (int stop in new[] { 3, 5, 7 })
        {
            int left = stop;
            (_, Trainer<Net> killed) = Make(Options());
            Assert.Throws<OperationCanceledException>(() => killed.Fit(
                Set(1, 30), Set(2, 10), 4, new Listener(_ => StopIf(--left == 0)), options));
        }

        AssertSame(expected, Run(options, null, out float[] resumed));
        Numbers.AssertSameBits(weights, resumed);

        // A run that had ended is not run again, and is as it was; more epochs go on from its end.
        var told = new List<TrainingProgress>();
        AssertSame(expected, Run(options, new Listener(told.Add), out resumed));
        Numbers.AssertSameBits(weights, resumed);
        Assert.Empty(told);
        (Net whole, Trainer<Net> longer) = Make(Options());
        TrainingReport six = longer.Fit(Set(1, 30), Set(2, 10), 6);
        (Net parts, Trainer<Net> extended) = Make(Options());
        AssertSame(six, extended.Fit(Set(1, 30), Set(2, 10), 6, null, options));
        Numbers.AssertSameBits(whole.Memory.PackedWeights, parts.Memory.PackedWeights);
    }

    [Fact]
    public void Early_stopping_goes_on_and_stays_stopped()
    {
        TrainerOptions Patient() => Options(new Adam(0.1f), patience: 2);
        (Net network, Trainer<Net> trainer) = Make(Patient());
        TrainingReport expected = trainer.Fit(Set(1, 30), Set(2, 10, shift: 1), 60);
        Assert.True(expected.StoppedEarly);

        var options = new CheckpointOptions(Target, 2);
        for (int epoch = 1; epoch <= expected.Epochs.Count + 1; epoch++)
        {
            (Net other, Trainer<Net> resumed) = Make(Patient());
            TrainingReport? report = null;
            try
            {
                report = resumed.Fit(
                    Set(1, 30), Set(2, 10, shift: 1), 60, new Listener(told => StopIf(told.Epoch > epoch)), options);
            }
            catch (OperationCanceledException)
            {
                continue;
            }

            AssertSame(expected, report);
            Numbers.AssertSameBits(network.Memory.PackedWeights, other.Memory.PackedWeights);
        }
    }

    [Fact]
    public void Two_calls_of_Fit_are_told_apart_by_their_paths_and_go_on_after_each_other()
    {
        static void Both(Trainer<Net> trainer, CheckpointOptions? first, CheckpointOptions? second, IProgress<TrainingProgress>? progress)
        {
            trainer.Fit(Set(1, 30), null, 2, null, first);
            trainer.Fit(Set(3, 20), null, 2, progress, second);
        }

        (Net expected, Trainer<Net> trainer) = Make(Options());
        Both(trainer, null, null, null);
        (CheckpointOptions first, CheckpointOptions second) = (new(Target, 1), new(Target + "2", 1));
        (_, Trainer<Net> killed) = Make(Options());
        Assert.Throws<OperationCanceledException>(
            () => Both(killed, first, second, new Listener(told => StopIf(told.Epoch == 2))));
        (Net network, Trainer<Net> resumed) = Make(Options());
        Both(resumed, first, second, null);
        Numbers.AssertSameBits(expected.Memory.PackedWeights, network.Memory.PackedWeights);
        Assert.Equal(trainer.Updates, resumed.Updates);

        // After Fit, a checkpoint by hand is the trainer's state, not a place in the data.
        resumed.SaveCheckpoint(Target);
        (Net third, Trainer<Net> after) = Make(Options());
        after.LoadCheckpoint(Target);
        AssertSame(trainer.Fit(Set(1, 30), null, 2), after.Fit(Set(1, 30), null, 2));
        Numbers.AssertSameBits(expected.Memory.PackedWeights, third.Memory.PackedWeights);
    }

    private static Dictionary<string, Optimizer> Optimizers { get; } = new()
    {
        ["sgd"] = new Sgd(0.1f),
        ["momentum"] = new Sgd(0.1f, 0.9f, nesterov: true),
        ["adam"] = new Adam(0.01f),
        ["adamw"] = new AdamW(0.01f),
        ["rmsprop"] = new RmsProp(0.01f, momentum: 0.5f),
        ["adagrad"] = new Adagrad(0.01f),
    };

    private static TrainerOptions Options(
        Optimizer? optimizer = null,
        int batchSize = 7,
        long seed = 3,
        int? patience = null,
        LearningRateSchedule? schedule = null,
        Batching batching = Batching.Shuffle) => new()
        {
            Batching = batching,
            Optimizer = optimizer ?? new Adam(0.01f),
            Loss = Loss.CrossEntropy,
            BatchSize = batchSize,
            Seed = seed,
            Patience = patience,
            Schedule = schedule ?? LearningRateSchedule.Constant,
        };

    private static (Net Network, Trainer<Net> Trainer) Make(TrainerOptions options, long seed = 1)
    {
        Net network = Net.Create(seed);
        return (network, new Trainer<Net>(network, options));
    }

    private static TrainingSet Set(int seed, int count, int shift = 0)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(i => Numbers.Draw(1000 * seed + i, 3 * (2 + i % 5)))];
        int[] classes = [.. sequences.Select(sequence => ((sequence[0] > 0 ? 1 : 0) + (sequence[1] > 0 ? 2 : 0) + shift) % 4)];
        float[] weights = [.. Enumerable.Range(0, count).Select(i => i % 3 * 0.5f)];
        return TrainingSet.PerSequence(sequences, 3, classes, weights);
    }

    private static TrainingReport Run(CheckpointOptions? checkpoint, IProgress<TrainingProgress>? progress, out float[] weights)
    {
        (Net network, Trainer<Net> trainer) = Make(Options());
        TrainingReport report = trainer.Fit(Set(1, 30), Set(2, 10), 4, progress, checkpoint);
        weights = network.Memory.PackedWeights.ToArray();
        return report;
    }

    private static void StopIf(bool condition)
    {
        if (condition)
            throw new OperationCanceledException();
    }

    private static void AssertSame(TrainingReport expected, TrainingReport actual)
    {
        Assert.Equal((expected.BestEpoch, expected.StoppedEarly), (actual.BestEpoch, actual.StoppedEarly));
        Assert.Equal(
            expected.Epochs.Select(epoch => (epoch.Epoch, epoch.Training, epoch.Validation)),
            actual.Epochs.Select(epoch => (epoch.Epoch, epoch.Training, epoch.Validation)));
    }
}
