using RnnGen.Training;

using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.ManyToOneSoftmax>;

namespace RnnGen.Tests.Training;

/// <content>Mini-batches after a checkpoint are those that would have come.</content>
public sealed partial class CheckpointTests
{
    [Theory]
    [InlineData(Batching.Shuffle)]
    [InlineData(Batching.GroupByLength)]
    [InlineData(Batching.InOrder)]
    public void Fit_goes_on_with_the_mini_batches_that_would_have_come(Batching batching)
    {
        TrainerOptions Batched() => Options(batchSize: 3, batching: batching);
        (Net whole, Trainer<Net> trainer) = Make(Batched());
        TrainingReport expected = trainer.Fit(Set(1, 31), null, 3);
        for (int stop = 1; stop < trainer.Updates; stop++)
        {
            (_, Trainer<Net> killed) = Make(Batched());
            Assert.Throws<OperationCanceledException>(() => killed.Fit(
                Set(1, 31), null, 3, new Listener(_ => StopIf(killed.Updates > stop)), new CheckpointOptions(Target, stop)));
            (Net network, Trainer<Net> resumed) = Make(Batched(), seed: 77);
            AssertSame(expected, resumed.Fit(Set(1, 31), null, 3, null, new CheckpointOptions(Target, 1000)));
            Numbers.AssertSameBits(whole.Memory.PackedWeights, network.Memory.PackedWeights);
            File.Delete(Target);
        }
    }

    [Fact]
    public void Another_batching_is_refused()
    {
        (_, Trainer<Net> trainer) = Make(Options(batching: Batching.GroupByLength));
        trainer.SaveCheckpoint(Target);
        (_, Trainer<Net> other) = Make(Options());
        string message = Assert.Throws<ArgumentException>(() => other.LoadCheckpoint(Target)).Message;
        Assert.Contains("Batching: expected GroupByLength, which the checkpoint was made with, got Shuffle", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_before_there_was_a_choice_goes_on_from_where_it_was_made()
    {
        foreach (int batch in new[] { 0, 1, 4 })
        {
            (_, Trainer<Net> killed) = Make(Options());
            Assert.Throws<OperationCanceledException>(() => killed.Fit(Set(1, 30), null, 3, new Listener(told =>
            {
                if (told.Epoch != 2 || told.Batch != (batch == 0 ? 5 : batch) || (batch == 0 && told.Completed is null))
                    return;
                killed.SaveCheckpoint(Target);
                StopIf(true);
            })));
            ForgetBatching();
            (_, Trainer<Net> resumed) = Make(Options());
            resumed.LoadCheckpoint(Target);
            Assert.Equal(killed.Updates, resumed.Updates);
            Assert.Equal(3, resumed.Fit(Set(1, 30), null, 3).Epochs.Count);
        }

        (_, Trainer<Net> trainer) = Make(Options()); // outside of Fit
        trainer.SaveCheckpoint(Target);
        ForgetBatching();
        trainer.LoadCheckpoint(Target);
    }

    /// <summary>Makes the checkpoint one without the option.</summary>
    private void ForgetBatching() => Rewrite((header, _) => Assert.True(header["__metadata__"]!.AsObject().Remove("options.Batching")));
}
