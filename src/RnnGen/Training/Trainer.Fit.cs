using System.Diagnostics;

namespace RnnGen;

/// <content>Training and evaluation on whole sets.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>
    /// Trains for some epochs. Each goes through the training set in mini-batches that <see cref="TrainerOptions.Batching"/> and
    /// <see cref="TrainerOptions.Seed"/> decide. Further calls go on where the last one ended, with what the optimiser remembers. A mini-batch in which every
    /// weight is 0 is no update.
    /// </summary>
    /// <param name="training">What is learnt.</param>
    /// <param name="validation">Evaluated after every epoch; null for no validation.</param>
    /// <param name="epochs">How many times the training set is gone through, at least once; those that a checkpoint has behind it count.</param>
    /// <param name="progress">Told after every mini-batch and every epoch.</param>
    /// <param name="checkpoint">Where and how often to keep what is needed to go on after a crash; null for nowhere.</param>
    /// <exception cref="ArgumentException">
    /// A set does not fit the network or the loss, <see cref="TrainerOptions.Patience"/> is set without validation, or the checkpoint is of another network,
    /// of other options or other sets; the message names them.
    /// </exception>
    /// <exception cref="FormatException">The checkpoint is damaged.</exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    public TrainingReport Fit(
        TrainingSet training, TrainingSet? validation, int epochs, IProgress<TrainingProgress>? progress = null, CheckpointOptions? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (epochs < 1)
            throw new ArgumentOutOfRangeException(nameof(epochs), $"epochs: expected at least 1, got {epochs}");
        if (validation is null && Options.Patience is not null)
            throw new ArgumentException("validation: expected a set, because Patience stops on its loss, got null", nameof(validation));
        training.Check(_layout, Options.Loss, nameof(training));
        validation?.Check(_layout, Options.Loss, nameof(validation));

        long start = Stopwatch.GetTimestamp();
        FitPosition position = Begin(training, validation, checkpoint);
        try
        {
            Reserve(TapeSteps(training.MaxSteps), Math.Min(Options.BatchSize, training.Count), nameof(training), nameof(training));
            var run = new FitRun(training, validation, Options.BatchSize, epochs, progress, checkpoint, position, Updates, start);
            if (run.ValidationBatches is not null)
                Reserve(validation!, run.ValidationBatches, nameof(validation));
            while (position.History.Count < epochs && !position.HasStopped(epochs, Options.Patience))
                RunEpoch(run);
            if (checkpoint is not null && run.Saved != Updates)
                SaveCheckpoint(checkpoint.Path, position);
        }
        finally
        {
            _position = null;
        }

        position.BestWeights?.CopyTo(Network.Memory.PackedWeights);
        return new TrainingReport(position.History, position.BestEpoch, position.HasStopped(epochs, Options.Patience), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The rest of an epoch: an update a mini-batch, then validation.</summary>
    private void RunEpoch(FitRun run)
    {
        FitPosition position = run.Position;
        long start = Stopwatch.GetTimestamp();
        position.EpochRandom = _random.State;
        run.Batches.Form(Options.Batching, _random);
        int sequences = 0;
        while (position.Batch < run.Batches.Count)
        {
            ReadOnlySpan<int> chosen = run.Batches[position.Batch];
            position.Running = position.Running.With(Pass(run.Training, chosen, update: true, "training"));
            position.Batch++;
            sequences += chosen.Length;
            if (position.Batch < run.Batches.Count) // the last one's comes with the epoch's results
                SaveIfDue(run);
            run.Progress?.Report(run.Told(ScoreOf(run), sequences / Stopwatch.GetElapsedTime(start).TotalSeconds));
        }

        TrainingProgress last = run.Told(ScoreOf(run), sequences / Stopwatch.GetElapsedTime(start).TotalSeconds);
        Score? found = run.ValidationBatches is null
            ? null
            : EvaluateBatches(run.Validation!, run.ValidationBatches, "validation").ToScore(Options.Normalization, run.Validation!.AreClasses);
        var report = new EpochReport(position.History.Count + 1, ScoreOf(run), found, Stopwatch.GetElapsedTime(start));
        position.Complete(report, Network.Memory.WeightsToRead);
        SaveIfDue(run);
        bool stopped = position.HasStopped(run.Epochs, Options.Patience);
        run.Progress?.Report(last with { Completed = report, Remaining = stopped ? TimeSpan.Zero : last.Remaining });
    }

    private Score ScoreOf(FitRun run) => run.Position.Running.ToScore(Options.Normalization, run.Training.AreClasses);

    private void SaveIfDue(FitRun run)
    {
        if (run.Checkpoint is null || Updates - run.Saved < run.Checkpoint.Every)
            return;
        SaveCheckpoint(run.Checkpoint.Path, run.Position);
        run.Saved = Updates;
    }
}
