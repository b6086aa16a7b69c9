namespace RnnGen.Training;

/// <summary>Where <c>Fit</c> stands, after a mini-batch or after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">Epochs requested.</param>
/// <param name="Batch">Completed mini-batches of this epoch.</param>
/// <param name="Batches">Mini-batches per epoch.</param>
/// <param name="Loss">The mean loss of this epoch so far, each batch's before its update.</param>
/// <param name="Accuracy">The accuracy of this epoch so far, 0 to 1; null when the targets are values.</param>
/// <param name="SequencesPerSecond">Sequences per second in this epoch.</param>
/// <param name="Remaining">The estimated time of the remaining epochs.</param>
/// <param name="Completed">The epoch's results when it is complete, validation included; null after a mini-batch.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    int Batch,
    int Batches,
    float Loss,
    float? Accuracy,
    double SequencesPerSecond,
    TimeSpan Remaining,
    EpochReport? Completed);
