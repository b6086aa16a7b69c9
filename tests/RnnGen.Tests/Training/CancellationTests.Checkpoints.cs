using RnnGen.Training;

using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.PerStepSoftmax>;

namespace RnnGen.Tests.Training;

/// <content>What files hold after a cancellation.</content>
public sealed partial class CancellationTests
{
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_checkpoint_after_a_cancellation_goes_on_with_the_same_bits(Batching batching, int? truncateEvery, int? patience)
    {
        TrainerOptions options = Options(batching, truncateEvery, patience);
        (TrainingReport expected, float[] weights, _, int reports) = Whole(options);
        for (int stop = 1; stop < reports; stop++)
        {
            using Net network = Net.Create(1), other = Net.Create(99);
            using var trainer = new Trainer<Net>(network, options);
            CancelAt(trainer, stop);
            trainer.SaveCheckpoint(Target);
            using var resumed = new Trainer<Net>(other, options);
            resumed.LoadCheckpoint(Target);
            AssertSame(expected, resumed.Fit(Training, Validation, Epochs));
            Numbers.AssertSameBits(weights, other.Memory.PackedWeights);
        }
    }

    [Fact]
    public void A_cancelled_Fit_with_a_checkpoint_leaves_the_file_where_it_stands()
    {
        TrainerOptions options = Options(Batching.Shuffle, null, null);
        (TrainingReport expected, float[] weights, _, int reports) = Whole(options);
        var checkpoint = new CheckpointOptions(Target, every: 1000);
        for (int stop = 1; stop < reports; stop++)
        {
            File.Delete(Target);
            using Net network = Net.Create(1), other = Net.Create(99);
            using var trainer = new Trainer<Net>(network, options);
            CancelAt(trainer, stop, checkpoint);
            using var reader = new Trainer<Net>(other, options);
            reader.LoadCheckpoint(Target);
            Assert.Equal(trainer.Updates, reader.Updates);
            Numbers.AssertSameBits(network.Memory.PackedWeights, other.Memory.PackedWeights);
            AssertSame(expected, reader.Fit(Training, Validation, Epochs, null, checkpoint)); // from the file
            Numbers.AssertSameBits(weights, other.Memory.PackedWeights);

            CancelAt(trainer, 0, checkpoint: null); // at once: nothing is done, and the place is kept
            AssertSame(expected, trainer.Fit(Training, Validation, Epochs));
            Numbers.AssertSameBits(weights, network.Memory.PackedWeights);
        }
    }

    [Fact]
    public void A_progress_report_that_throws_a_cancellation_keeps_the_place_but_writes_no_file()
    {
        TrainerOptions options = Options(Batching.Shuffle, null, null);
        (TrainingReport expected, float[] weights, _, int reports) = Whole(options);
        for (int stop = 1; stop < reports; stop++)
        {
            using Net network = Net.Create(1);
            using var trainer = new Trainer<Net>(network, options);
            int told = 0;
            var listener = new Listener(_ =>
            {
                if (++told == stop)
                    throw new OperationCanceledException("mine");
            });
            Assert.Equal("mine", Assert.Throws<OperationCanceledException>(
                () => trainer.Fit(Training, Validation, Epochs, listener, new CheckpointOptions(Target, 1000))).Message);
            Assert.False(File.Exists(Target));
            AssertSame(expected, trainer.Fit(Training, Validation, Epochs));
            Numbers.AssertSameBits(weights, network.Memory.PackedWeights);
        }
    }
}
