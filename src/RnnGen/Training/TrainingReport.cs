namespace RnnGen.Training;

/// <summary>The result of <c>Fit</c>.</summary>
/// <param name="Epochs">Every epoch that was run.</param>
/// <param name="BestEpoch">The epoch with the lowest validation loss (training loss without a validation set), from 1.</param>
/// <param name="StoppedEarly">Whether the validation loss had stopped improving before all epochs were run.</param>
/// <param name="Elapsed">How long it took, without the time before a cancellation or a checkpoint that it continued from.</param>
public sealed record TrainingReport(IReadOnlyList<EpochReport> Epochs, int BestEpoch, bool StoppedEarly, TimeSpan Elapsed);

/// <summary>One epoch's results.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Training">On the training set, during training: each mini-batch before its update.</param>
/// <param name="Validation">On the validation set, after the epoch; null without one.</param>
/// <param name="Elapsed">How long the epoch took, validation included.</param>
public sealed record EpochReport(int Epoch, Score Training, Score? Validation, TimeSpan Elapsed);
