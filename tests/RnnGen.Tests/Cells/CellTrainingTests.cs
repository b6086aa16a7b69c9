using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Cells;

/// <summary>Cells of the user's among other layers, under the trainer.</summary>
public sealed class CellTrainingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-cells-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Which of three features was largest two steps ago.</summary>
    [Fact]
    public void A_stack_learns_to_remember()
    {
        using var network = new StackedCells(seed: 1);
        using var trainer = new Trainer<StackedCells>(network, Options());
        TrainingSet validation = PerStep(2, 30);
        double before = trainer.Evaluate(validation).Accuracy!.Value;
        trainer.Fit(PerStep(1, 120), validation, epochs: 25);

        Assert.True(before < 0.6, $"{before}");
        Assert.True(trainer.Evaluate(validation).Accuracy > 0.9, $"{trainer.Evaluate(validation)}");
    }

    /// <summary>Whether the first feature has grown over the whole sequence.</summary>
    [Fact]
    public void A_classifier_of_sequences_learns()
    {
        using var network = new CellClassifier(seed: 1);
        using var trainer = new Trainer<CellClassifier>(network, Options());
        trainer.Fit(PerSequence(1, 160), null, epochs: 25);

        Assert.True(trainer.Evaluate(PerSequence(2, 60)).Accuracy > 0.9, $"{trainer.Evaluate(PerSequence(2, 60))}");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(3, null)]
    [InlineData(3, 5)]
    public void Two_threads_give_the_bits_of_one(int? every, int? backward)
    {
        Assert.Equal(Trained(threads: 1), Trained(threads: 2));

        float[] Trained(int threads)
        {
            using var network = new StackedCells(seed: 1);
            using var trainer = new Trainer<StackedCells>(network, Options(threads, every, backward));
            trainer.Fit(PerStep(1, 20), null, epochs: 2);
            return [.. network.Parameters.SelectMany(parameter => parameter.ToArray())];
        }
    }

    [Fact]
    public void Training_goes_on_from_a_checkpoint_with_the_same_bits()
    {
        string file = Path.Combine(_folder.FullName, "training.checkpoint");
        var options = Options(truncateEvery: 4);
        using var whole = new StackedCells(seed: 1);
        using (var trainer = new Trainer<StackedCells>(whole, options))
            trainer.Fit(PerStep(1, 20), null, epochs: 4);

        using var first = new StackedCells(seed: 1);
        using (var trainer = new Trainer<StackedCells>(first, options))
            trainer.Fit(PerStep(1, 20), null, epochs: 2, null, new CheckpointOptions(file, 1));
        using var second = new StackedCells(seed: 7);
        using (var trainer = new Trainer<StackedCells>(second, options))
        {
            trainer.LoadCheckpoint(file);
            trainer.Fit(PerStep(1, 20), null, epochs: 4);
        }

        foreach (var parameter in whole.Parameters)
            Numbers.AssertSameBits(parameter.ToArray(), second.Parameters[parameter.Name].ToArray());
    }

    private static TrainerOptions Options(int threads = 1, int? truncateEvery = null, int? truncateBackward = null) => new()
    {
        Optimizer = new Adam(0.02f),
        Loss = Loss.CrossEntropy,
        BatchSize = 10,
        ClipNorm = 1,
        Seed = 3,
        Threads = threads,
        TruncateEvery = truncateEvery,
        TruncateBackward = truncateBackward,
    };

    private static TrainingSet PerStep(int seed, int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(index => Numbers.Draw((1000 * seed) + index, 4 * (6 + (index % 7))))];
        int[][] classes = [.. sequences.Select(sequence => sequence.Chunk(4).ToArray()).Select(frames => frames.Select((_, step) => Largest(frames[Math.Max(0, step - 1)])).ToArray())];
        return TrainingSet.PerStep(sequences, 4, classes, padding: Padding.Trailing);
    }

    private static int Largest(float[] frame) => frame[0] > frame[1] && frame[0] > frame[2] ? 0 : frame[1] > frame[2] ? 1 : 2;

    private static TrainingSet PerSequence(int seed, int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(index => Numbers.Draw((1000 * seed) + index, 4 * (5 + (index % 6))))];
        return TrainingSet.PerSequence(sequences, 4, [.. sequences.Select(sequence => sequence[0] < sequence[^4] ? 1 : 0)], padding: Padding.Leading);
    }
}
