namespace RnnGen.Training;

/// <summary>Where <c>Fit</c> stands, after a mini-batch or after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Batch">Mini-batches of this epoch done.</param>
/// <param name="Batches">Mini-batches an epoch.</param>
/// <param name="Loss">The mean loss of this epoch so far, each batch's before its update.</param>
/// <param name="Accuracy">The accuracy of this epoch so far, 0 to 1; null when the targets are values.</param>
/// <param name="SequencesPerSecond">Sequences trained on in this epoch a second.</param>
/// <param name="Remaining">An estimate of the time that the remaining epochs take.</param>
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
