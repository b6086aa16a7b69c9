using RnnGen.Training;

namespace RnnGen.Samples;

/// <summary>Shows what the program does: live on a terminal, as plain lines elsewhere.</summary>
internal interface IDisplay
{
    /// <summary>Shows one line.</summary>
    void Line(string text = "");

    /// <summary>Shows a training run while it goes on.</summary>
    /// <param name="train">Trains, and tells how it goes.</param>
    /// <param name="toLine">Words it; null for <see cref="TrainingProgressExtensions.ToLine"/>.</param>
    TrainingReport Training(Func<IProgress<TrainingProgress>, TrainingReport> train, Func<TrainingProgress, string>? toLine = null);

    /// <summary>Shows what was taken for what.</summary>
    /// <param name="confusion">How often.</param>
    /// <param name="corner">Names the rows and the columns.</param>
    /// <param name="firstLabel">What the first class is called; the others count on from there.</param>
    void Show(ConfusionMatrix confusion, string corner, int firstLabel);
}
