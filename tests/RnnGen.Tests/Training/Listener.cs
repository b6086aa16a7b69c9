using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Hears of progress at once, on the thread that trains.</summary>
internal sealed class Listener(Action<TrainingProgress> hear) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => hear(value);
}
