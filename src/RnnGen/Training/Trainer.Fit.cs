using System.Diagnostics;

namespace RnnGen.Training;

/// <content>Training and evaluation on whole sets.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>
    /// Trains for some epochs. Each passes through the training set in mini-batches that <see cref="TrainerOptions.Batching"/> and
    /// <see cref="TrainerOptions.Seed"/> decide. Further calls continue where the last one ended, with the same optimiser state. A mini-batch in which every
    /// weight is 0 is not an update.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Cancelled, it ends before the next mini-batch (of training, or of validation) and loses nothing: weights, optimiser state, random state and
    /// the place in the data are those after the last complete update, and the next <c>Fit</c>, which must get the same sets, continues from there to the same
    /// bits as if it had never stopped. <see cref="SaveCheckpoint(string)"/> keeps that place, and <see cref="AbandonFit"/> forgets it, as an
    /// <c>Update</c> by hand does. A cancellation after the last epoch has no effect.
    /// </para>
    /// <para>
    /// With a checkpoint, the file is written before the exception is thrown, so that it holds that place too; what writing throws is then thrown instead. An
    /// <see cref="OperationCanceledException"/> out of <paramref name="progress"/> is a cancellation as well, but writes the file only if it carries the
    /// token.
    /// </para>
    /// <para>
    /// Any other exception, also of <paramref name="progress"/>, ends it after the last complete update, but without a place to continue from: the next
    /// <c>Fit</c> begins with its first epoch, or where its checkpoint's file stands.
    /// </para>
    /// </remarks>
    /// <param name="training">The sequences to learn from.</param>
    /// <param name="validation">Evaluated after every epoch; null for no validation.</param>
    /// <param name="epochs">How many times the training set is gone through, at least once; epochs before a checkpoint count.</param>
    /// <param name="progress">Receives progress after every mini-batch and every epoch.</param>
    /// <param name="checkpoint">Where and how often to write a checkpoint; null for none.</param>
    /// <param name="cancellationToken">Checked before every mini-batch, and at the end of an epoch. A mini-batch that is cut into chunks counts as one.</param>
    /// <exception cref="ArgumentException">
    /// A set does not fit the network or the loss, <see cref="TrainerOptions.Patience"/> is set without validation, or the checkpoint is of another network,
    /// of other options or other sets; the message names them.
    /// </exception>
    /// <exception cref="FormatException">The checkpoint is damaged.</exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; it carries the token.</exception>
    /// <exception cref="InvalidOperationException">It is called from within itself, a loss or an optimiser.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public TrainingReport Fit(
        TrainingSet training,
        TrainingSet? validation,
        int epochs,
        IProgress<TrainingProgress>? progress = null,
        CheckpointOptions? checkpoint = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(training);
        if (epochs < 1)
            throw new ArgumentOutOfRangeException(nameof(epochs), $"epochs: expected at least 1, got {epochs}");
        if (validation is null && Options.Patience is not null)
            throw new ArgumentException("validation: expected a set, because Patience stops on its loss, got null", nameof(validation));
        training.Check(_layout, Options.Loss, nameof(training));
        validation?.Check(_layout, Options.Loss, nameof(validation));

        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.CompareExchange(ref _fitting, 1, 0) != 0)
            ThrowIfFitting(nameof(Fit));
        try
        {
            return FitInside(training, validation, epochs, progress, checkpoint, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _fitting, 0);
        }
    }

    private TrainingReport FitInside(
        TrainingSet training,
        TrainingSet? validation,
        int epochs,
        IProgress<TrainingProgress>? progress,
        CheckpointOptions? checkpoint,
        CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        FitPosition position = Begin(training, validation, checkpoint);
        FitRun? run = null;
        try
        {
            Reserve(TapeSteps(training.MaxSteps), Math.Min(Options.BatchSize, training.Count), nameof(training), nameof(training));
            run = new FitRun(training, validation, Options.BatchSize, epochs, progress, checkpoint, cancellationToken, position, Updates, start);
            if (run.ValidationBatches is not null)
                Reserve(validation!, run.ValidationBatches, nameof(validation));
            while (position.History.Count < epochs && !position.HasStopped(epochs, Options.Patience))
                RunEpoch(run);
            if (checkpoint is not null && run.Saved != Updates)
                SaveCheckpoint(checkpoint.Path, position);
            _position = null;
        }
        catch (OperationCanceledException cancelled) when (run is not null && run.Complete == Updates)
        {
            // The position stays, for the next Fit.
            if (checkpoint is not null && cancellationToken.IsCancellationRequested && cancelled.CancellationToken == cancellationToken)
                SaveCheckpoint(checkpoint.Path, position);
            throw;
        }
        catch
        {
            _position = null;
            throw;
        }

        position.BestWeights?.CopyTo(Network.Memory.PackedWeights);
        return new TrainingReport(position.History, position.BestEpoch, position.HasStopped(epochs, Options.Patience), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The rest of an epoch: one update per mini-batch, then validation.</summary>
    private void RunEpoch(FitRun run)
    {
        FitPosition position = run.Position;
        long start = Stopwatch.GetTimestamp();
        run.CancellationToken.ThrowIfCancellationRequested();
        position.EpochRandom = _random.State;
        EpochReport report;
        TrainingProgress last;
        try
        {
            run.Batches.Form(Options.Batching, _random);
            last = RunBatches(run, start);
            Score? found = run.ValidationBatches is null
                ? null
                : EvaluateBatches(run.Validation!, run.ValidationBatches, "validation", run.CancellationToken)
                    .ToScore(NormalizationOf(Options.Loss), run.Validation!.HasClassTargets);
            run.CancellationToken.ThrowIfCancellationRequested();
            report = new EpochReport(position.History.Count + 1, ScoreOf(run), found, Stopwatch.GetElapsedTime(start));
        }
        catch (OperationCanceledException)
        {
            _random.State = position.EpochRandom; // Who goes on forms the same mini-batches again.
            throw;
        }

        position.Complete(report, Network.Memory.WeightsToRead);
        SaveIfDue(run);
        bool stopped = position.HasStopped(run.Epochs, Options.Patience);
        run.Progress?.Report(last with { Completed = report, Remaining = stopped ? TimeSpan.Zero : last.Remaining });
    }

    /// <summary>The mini-batches of an epoch that are left.</summary>
    /// <returns>What was told of the last one.</returns>
    private TrainingProgress RunBatches(FitRun run, long start)
    {
        FitPosition position = run.Position;
        int sequences = 0;
        TrainingProgress Progress() => run.ToProgress(ScoreOf(run), sequences / Stopwatch.GetElapsedTime(start).TotalSeconds);
        while (position.Batch < run.Batches.Count)
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> chosen = run.Batches[position.Batch];
            position.Running = position.Running.With(Pass(run.Training, chosen, update: true, "training"));
            position.Batch++;
            run.Complete = Updates;
            sequences += chosen.Length;
            if (position.Batch < run.Batches.Count) // the last one's comes with the epoch's results
                SaveIfDue(run);
            run.Progress?.Report(Progress());
        }

        return Progress();
    }

    private Score ScoreOf(FitRun run) => run.Position.Running.ToScore(NormalizationOf(Options.Loss), run.Training.HasClassTargets);

    private void SaveIfDue(FitRun run)
    {
        if (run.Checkpoint is null || Updates - run.Saved < run.Checkpoint.Every)
            return;
        SaveCheckpoint(run.Checkpoint.Path, run.Position);
        run.Saved = Updates;
    }
}
