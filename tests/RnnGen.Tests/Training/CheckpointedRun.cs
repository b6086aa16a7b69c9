using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>A training run that uses all that a checkpoint must remember: the best epoch, a schedule, an optimiser with two memories.</summary>
internal static class CheckpointedRun
{
    public const string Argument = "--checkpointed-run";
    public const int Epochs = 80;

    public static string CheckpointIn(string folder) => Path.Combine(folder, "training.checkpoint");

    /// <summary>What a run that came to its end leaves.</summary>
    public static string ResultIn(string folder) => Path.Combine(folder, "result.txt");

    public static TrainerOptions Options() => new()
    {
        Optimizer = new Adam(0.01f),
        Loss = Loss.CrossEntropy,
        BatchSize = 8,
        ClipNorm = 1,
        TruncateEvery = 6,
        TruncateBackward = 4,
        Schedule = LearningRateSchedule.CosineWithWarmup(50, 2000, 0.1),
        Seed = 5,
        Patience = 1000, // never reached, but the best weights are kept
    };

    public static TrainingSet Set(int seed, int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(i => Numbers.Draw(1000 * seed + i, 3 * (3 + i % 12)))];
        int[][] classes = [.. sequences.Select(sequence => sequence.Chunk(3).Select(x => (x[0] > 0 ? 1 : 0) + (x[1] > x[2] ? 2 : 0)).ToArray())];
        float[][] weights = [.. classes.Select(steps => steps.Select((_, step) => step % 4 * 0.5f).ToArray())];
        return TrainingSet.PerStep(sequences, 3, classes, weights, Padding.Leading);
    }

    /// <summary>Trains, and writes the final weights and the history as bits.</summary>
    public static void Train(string folder, CheckpointOptions? checkpoint)
    {
        using var network = new CheckpointedNetwork(seed: 3);
        using var trainer = new Trainer<CheckpointedNetwork>(network, Options());
        TrainingReport report = trainer.Fit(Set(1, 40), Set(2, 12), Epochs, progress: null, checkpoint);
        File.WriteAllLines(ResultIn(folder), Describe(trainer, report));
    }

    /// <summary>All results of a run but times, to the last bit.</summary>
    public static string[] Describe(Trainer<CheckpointedNetwork> trainer, TrainingReport report) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{trainer.Updates} updates, epoch {report.BestEpoch} of {report.Epochs.Count}, {report.StoppedEarly}"),
        .. report.Epochs.Select(epoch => string.Create(CultureInfo.InvariantCulture, $"{epoch.Epoch}: {epoch.Training} {epoch.Validation}")),
        .. trainer.Network.Parameters.Select(parameter => Convert.ToHexString(MemoryMarshal.AsBytes<float>(parameter.ToArray()))),
    ];
}
