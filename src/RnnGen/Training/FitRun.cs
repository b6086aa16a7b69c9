using System.Diagnostics;

namespace RnnGen.Training;

/// <summary>One call of <c>Fit</c>: what it was given, and how far it has come.</summary>
internal sealed class FitRun
{
    private readonly long _start;
    private readonly double _doneBefore;

    internal FitRun(
        TrainingSet training,
        TrainingSet? validation,
        int batchSize,
        int epochs,
        IProgress<TrainingProgress>? progress,
        CheckpointOptions? checkpoint,
        CancellationToken cancellationToken,
        FitPosition position,
        long updates,
        long start)
    {
        Training = training;
        Validation = validation;
        Batches = new MiniBatches(training, batchSize);
        ValidationBatches = validation is null ? null : new MiniBatches(validation, batchSize);
        Epochs = epochs;
        Progress = progress;
        Checkpoint = checkpoint;
        Position = position;
        CancellationToken = cancellationToken;
        Saved = updates;
        Complete = updates;
        _start = start;
        _doneBefore = Done;
    }

    internal TrainingSet Training { get; }

    internal TrainingSet? Validation { get; }

    internal MiniBatches Batches { get; }

    internal MiniBatches? ValidationBatches { get; }

    internal int Epochs { get; }

    internal IProgress<TrainingProgress>? Progress { get; }

    internal CheckpointOptions? Checkpoint { get; }

    internal FitPosition Position { get; }

    internal CancellationToken CancellationToken { get; }

    /// <summary>Updates when the last mini-batch was complete, which is what the position tells.</summary>
    internal long Complete { get; set; }

    /// <summary>Updates when the last checkpoint was made.</summary>
    internal long Saved { get; set; }

    /// <summary>Epochs done, as a fraction.</summary>
    private double Done => Position.History.Count + (double)Position.Batch / Batches.Count;

    /// <summary>Where the run stands within an epoch.</summary>
    internal TrainingProgress ToProgress(Score soFar, double sequencesPerSecond)
    {
        double done = Done;
        TimeSpan remaining = done > _doneBefore ? Stopwatch.GetElapsedTime(_start) * ((Epochs - done) / (done - _doneBefore)) : TimeSpan.Zero;
        int epoch = Position.History.Count + 1;
        return new TrainingProgress(
            epoch, Epochs, Position.Batch, Batches.Count, soFar.Loss, soFar.Accuracy, sequencesPerSecond, remaining, Completed: null);
    }
}
