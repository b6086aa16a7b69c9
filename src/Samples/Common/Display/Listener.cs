using RnnGen.Training;

namespace RnnGen.Samples;

/// <summary>Reports progress immediately and in order, on the training thread (<see cref="Progress{T}"/> does neither).</summary>
/// <param name="report">Receives it.</param>
internal sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    /// <inheritdoc/>
    public void Report(TrainingProgress value) => report(value);
}
