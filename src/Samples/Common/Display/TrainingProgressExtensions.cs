using System.Globalization;
using RnnGen.Training;

namespace RnnGen.Samples;

/// <summary>Progress as text.</summary>
internal static class TrainingProgressExtensions
{
    /// <summary>Epoch, loss and accuracy so far, speed and time left, in columns.</summary>
    public static string ToLine(this TrainingProgress progress)
    {
        string epochs = progress.Epochs.ToString(CultureInfo.InvariantCulture);
        string epoch = progress.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(epochs.Length);
        double accuracy = 100.0 * progress.Accuracy.GetValueOrDefault();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch}/{epochs}  loss {progress.Loss:F4}  accuracy {accuracy,5:F1} %  {progress.SequencesPerSecond:F0} sequences/s  {progress.Remaining.ToClock()} left");
    }
}
