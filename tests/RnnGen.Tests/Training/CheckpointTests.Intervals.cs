using RnnGen.Training;

using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.ManyToOneSoftmax>;

namespace RnnGen.Tests.Training;

/// <content>When <c>Fit</c> writes, in updates. An epoch has five.</content>
public sealed partial class CheckpointTests
{
    [Theory]
    [InlineData(1, new[] { 1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10 }, 10)] // an epoch's last update is kept with the epoch's results
    [InlineData(2, new[] { 0, 2, 2, 4, 4, 4, 6, 6, 8, 8, 8, 10 }, 10)]
    [InlineData(3, new[] { 0, 0, 3, 3, 3, 3, 6, 6, 6, 9, 9, 9 }, 10)]
    [InlineData(4, new[] { 0, 0, 0, 4, 4, 4, 4, 4, 8, 8, 8, 8 }, 10)]
    [InlineData(5, new[] { 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 5, 10 }, 10)]
    [InlineData(6, new[] { 0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6 }, 10)]
    [InlineData(11, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 10)]
    public void Fit_writes_whenever_so_many_updates_have_passed_and_at_its_end(int every, int[] expected, int last)
    {
        (_, Trainer<Net> trainer) = Make(Options());
        var written = new List<int>();
        trainer.Fit(Set(1, 30), null, 2, new Listener(_ => written.Add(UpdatesInFile())), new CheckpointOptions(Target, every));
        Assert.Equal(expected, written);
        Assert.Equal(last, UpdatesInFile());
    }

    [Fact]
    public void The_interval_goes_on_from_the_checkpoint_that_a_run_goes_on_from()
    {
        (_, Trainer<Net> killed) = Make(Options());
        var options = new CheckpointOptions(Target, 3);
        Assert.Throws<OperationCanceledException>(() => killed.Fit(Set(1, 30), null, 2, new Listener(_ => StopIf(killed.Updates == 5)), options));
        Assert.Equal(3, UpdatesInFile());

        (_, Trainer<Net> resumed) = Make(Options());
        var written = new List<int>();
        resumed.Fit(Set(1, 30), null, 2, new Listener(_ => written.Add(UpdatesInFile())), options);
        Assert.Equal([3, 3, 3, 6, 6, 6, 9, 9, 9], written);
    }

    [Fact]
    public void What_the_last_epoch_has_written_is_not_written_again()
    {
        (_, Trainer<Net> trainer) = Make(Options());
        trainer.Fit(Set(1, 30), null, 1, new Listener(told =>
        {
            if (told.Completed is not null)
                File.Delete(Target);
        }), new CheckpointOptions(Target, 5));
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_loss_that_stays_is_no_better_and_the_last_epoch_stops_nothing_early()
    {
        (_, Trainer<Net> trainer) = Make(Options(new Sgd(0), patience: 2));
        TrainingReport report = trainer.Fit(Set(1, 30), Set(2, 10), 9);
        Assert.Equal((1, 3, true), (report.BestEpoch, report.Epochs.Count, report.StoppedEarly));
        (_, trainer) = Make(Options(new Sgd(0), patience: 2));
        report = trainer.Fit(Set(1, 30), Set(2, 10), 3);
        Assert.Equal((1, 3, false), (report.BestEpoch, report.Epochs.Count, report.StoppedEarly));
    }

    /// <summary>The updates that the checkpoint has behind it; 0 without one.</summary>
    private int UpdatesInFile()
    {
        if (!File.Exists(Target))
            return 0;
        (_, Trainer<Net> reader) = Make(Options());
        reader.LoadCheckpoint(Target);
        return (int)reader.Updates;
    }
}
