using RnnGen.Training;

using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.PerStepSoftmax>;

namespace RnnGen.Tests.Training;

/// <summary>Training and evaluation that are cancelled: nothing is lost, and what goes on ends with the same bits.</summary>
public sealed partial class CancellationTests : IDisposable
{
    private const int Epochs = 3;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-cancelled-");

    public static TheoryData<Batching, int?, int?> Cases => new()
    {
        { Batching.Shuffle, null, null }, { Batching.GroupByLength, null, 2 }, { Batching.InOrder, 3, null }, { Batching.Shuffle, 2, 1000 },
    };

    private string Target => Path.Combine(_folder.FullName, "training.checkpoint");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_cancelled_from_its_progress_goes_on_with_the_same_bits(Batching batching, int? truncateEvery, int? patience)
    {
        TrainerOptions options = Options(batching, truncateEvery, patience);
        (TrainingReport expected, float[] weights, long updates, int reports) = Whole(options);
        for (int stop = 1; stop < reports; stop++)
        {
            using Net network = Net.Create(1);
            using var trainer = new Trainer<Net>(network, options);
            CancelAt(trainer, stop);
            AssertSame(expected, trainer.Fit(Training, Validation, Epochs));
            Numbers.AssertSameBits(weights, network.Memory.PackedWeights);
            Assert.Equal(updates, trainer.Updates);
        }
    }

    [Fact]
    public void Cancelled_again_and_again_it_still_ends_with_the_same_bits()
    {
        TrainerOptions options = Options(Batching.Shuffle, null, 2);
        (TrainingReport expected, float[] weights, _, _) = Whole(options);
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, options);
        TrainingReport? report = null;
        for (int call = 0; report is null; call++)
        {
            Assert.InRange(call, 0, 100);
            using var cancellation = new CancellationTokenSource();
            try
            {
                report = trainer.Fit(Training, Validation, Epochs, new Listener(_ => cancellation.Cancel()), null, cancellation.Token);
            }
            catch (OperationCanceledException cancelled)
            {
                Assert.Equal(cancellation.Token, cancelled.CancellationToken);
            }
        }

        AssertSame(expected, report);
        Numbers.AssertSameBits(weights, network.Memory.PackedWeights);
    }

    [Fact]
    public void Fit_cancelled_from_another_thread_goes_on_with_the_same_bits()
    {
        TrainerOptions options = Options(Batching.Shuffle, null, 2);
        (TrainingReport expected, float[] weights, _, _) = Whole(options);
        var random = new Random(1);
        int cancelled = 0;
        for (int round = 0; round < 60; round++)
        {
            using Net network = Net.Create(1);
            using var trainer = new Trainer<Net>(network, options);
            TrainingReport? report = null;
            for (int call = 0; report is null; call++)
            {
                Assert.InRange(call, 0, 1000);
                using var cancellation = new CancellationTokenSource();

                // A loaded machine may cancel many calls before their first update: they wait longer and longer, so that the run ends.
                int wait = random.Next(40_000) + (1000 * call * call);
                var canceller = new Thread(() =>
                {
                    Thread.SpinWait(wait);
                    cancellation.Cancel();
                });
                canceller.Start();
                try
                {
                    report = trainer.Fit(Training, Validation, Epochs, null, null, cancellation.Token);
                }
                catch (OperationCanceledException)
                {
                    cancelled++;
                }

                canceller.Join();
            }

            AssertSame(expected, report);
            Numbers.AssertSameBits(weights, network.Memory.PackedWeights);
        }

        Assert.True(cancelled > 10);
    }

    [Fact]
    public void A_cancelled_Fit_goes_on_with_the_same_sets_only_unless_it_is_abandoned()
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(Batching.Shuffle, null, null));
        CancelAt(trainer, 3);
        string message = Assert.Throws<ArgumentException>("training", () => trainer.Fit(Validation, null, 1)).Message;
        Assert.Contains("expected the set of the Fit that continues, cancelled or from a checkpoint (23 sequences", message, StringComparison.Ordinal);
        Assert.Contains("AbandonFit lets the next Fit start from the beginning", message, StringComparison.Ordinal);
        trainer.AbandonFit();
        Assert.Single(trainer.Fit(Validation, null, 1).Epochs);

        CancelAt(trainer, 3);
        trainer.Update(SequenceBatch.FromTimeMajor([1, 2, 3], 1, 1, 3), [1]); // by hand: there is no way back
        Assert.Single(trainer.Fit(Validation, null, 1).Epochs);
        trainer.AbandonFit();
    }

    [Fact]
    public void What_comes_when_all_is_done_cancels_nothing_and_what_came_before_does_nothing()
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(Batching.Shuffle, null, null));
        using var cancellation = new CancellationTokenSource();
        trainer.Fit(Training, Validation, 1, new Listener(told =>
        {
            if (told.Completed is not null)
                cancellation.Cancel();
        }), null, cancellation.Token);
        float[] weights = network.Memory.PackedWeights.ToArray();
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Training, Validation, 1, null, new CheckpointOptions(Target, 1), cancellation.Token));
        Assert.Throws<OperationCanceledException>(() => trainer.Evaluate(Training, cancellationToken: cancellation.Token));
        Numbers.AssertSameBits(weights, network.Memory.PackedWeights);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_loss_that_cancels_in_the_middle_of_a_mini_batch_leaves_no_place_to_go_on_from()
    {
        int left = int.MaxValue;
        var loss = new ScriptedLoss("Cancels", (in LossRows rows, Span<float> gradients) =>
            --left < 0 ? throw new OperationCanceledException() : Loss.CrossEntropy.Compute(rows, gradients))
        {
            Takes = LossTargets.Classes,
            Fused = Activation.Softmax,
        };
        TrainerOptions options = Options(Batching.Shuffle, 2, null, loss);
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, options);
        left = 7; // some chunks of a mini-batch are updates already
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Training, null, 2));
        left = int.MaxValue;
        Assert.Single(trainer.Fit(Validation, null, 1).Epochs); // begins anew, with any set

    }

    [Fact]
    public void A_cancelled_evaluation_leaves_all_as_it_was()
    {
        using Net network = Net.Create(1), other = Net.Create(1);
        TrainerOptions options = Options(Batching.Shuffle, null, null);
        using var trainer = new Trainer<Net>(network, options);
        using var undisturbed = new Trainer<Net>(other, options);
        Evaluation expected = undisturbed.Evaluate(Training, topK: 2);
        int batches = 0;
        for (int stop = 0; stop < 6; stop++)
        {
            using var cancellation = new CancellationTokenSource();
            batches = 0;
            var cancels = new ScriptedLoss("Cancels", (in LossRows rows, Span<float> gradients) =>
            {
                if (batches++ == stop)
                    cancellation.Cancel();
                return Loss.CrossEntropy.Compute(rows, gradients);
            })
            {
                Takes = LossTargets.Classes,
                Fused = Activation.Softmax,
            };
            using var cancelled = new Trainer<Net>(network, Options(Batching.Shuffle, null, null, cancels));
            if (stop == 5) // the last mini-batch
                Assert.Equal(expected.Loss, cancelled.Evaluate(Training, 2, cancellation.Token).Loss);
            else
                Assert.Throws<OperationCanceledException>(() => cancelled.Evaluate(Training, 2, cancellation.Token));
            Assert.Equal(stop + 1, batches);
            Evaluation found = trainer.Evaluate(Training, topK: 2);
            Assert.Equal((expected.Loss, expected.Accuracy), (found.Loss, found.Accuracy));
            Numbers.AssertSameBits(other.Memory.PackedWeights, network.Memory.PackedWeights);
        }
    }

    [Fact]
    public void Fit_and_checkpoints_are_refused_within_Fit()
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(Batching.Shuffle, null, null));
        Action[] calls = [() => trainer.Fit(Training, null, 1), () => trainer.LoadCheckpoint(Target), trainer.AbandonFit];
        foreach (Action call in calls)
        {
            string message = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Training, null, 1, new Listener(_ => call()))).Message;
            Assert.Contains("is expected after Fit has ended", message, StringComparison.Ordinal);
        }

        trainer.Fit(Training, null, 1, new Listener(_ => trainer.Evaluate(Validation))); // that may be
    }

    private static TrainingSet Training { get; } = Set(1, 23);

    private static TrainingSet Validation { get; } = Set(2, 9);

    private static (TrainingReport Report, float[] Weights, long Updates, int Reports) Whole(TrainerOptions options)
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, options);
        int reports = 0;
        TrainingReport report = trainer.Fit(Training, Validation, Epochs, new Listener(_ => reports++));
        Assert.Equal(7 * report.Epochs.Count, reports);
        return (report, network.Memory.PackedWeights.ToArray(), trainer.Updates, reports);
    }

    private static void CancelAt(Trainer<Net> trainer, int stop, CheckpointOptions? checkpoint = null)
    {
        using var cancellation = new CancellationTokenSource();
        int told = 0;
        if (stop == 0)
            cancellation.Cancel();
        var listener = new Listener(_ =>
        {
            if (++told == stop)
                cancellation.Cancel();
        });
        Assert.Equal(cancellation.Token, Assert.Throws<OperationCanceledException>(
            () => trainer.Fit(Training, Validation, Epochs, listener, checkpoint, cancellation.Token)).CancellationToken);
        Assert.Equal(stop, told); // at once, not some batches later
    }

    private static TrainerOptions Options(Batching batching, int? truncateEvery, int? patience, Loss? loss = null) => new()
    {
        Optimizer = new Adam(0.05f),
        Loss = loss ?? Loss.CrossEntropy,
        BatchSize = 4,
        Batching = batching,
        TruncateEvery = truncateEvery,
        Patience = patience,
        Seed = 5,
    };

    private static TrainingSet Set(int seed, int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(i => Numbers.Draw(1000 * seed + i, 3 * (2 + i % 5)))];
        int[][] classes = [.. sequences.Select(sequence => sequence.Chunk(3).Select(x => (x[0] > 0 ? 1 : 0) + (x[1] > x[2] ? 2 : 0)).ToArray())];
        return TrainingSet.PerStep(sequences, 3, classes);
    }

    private static void AssertSame(TrainingReport expected, TrainingReport actual)
    {
        Assert.Equal((expected.BestEpoch, expected.StoppedEarly), (actual.BestEpoch, actual.StoppedEarly));
        Assert.Equal(
            expected.Epochs.Select(epoch => (epoch.Epoch, epoch.Training, epoch.Validation)),
            actual.Epochs.Select(epoch => (epoch.Epoch, epoch.Training, epoch.Validation)));
    }
}
