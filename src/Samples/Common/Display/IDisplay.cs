using RnnGen.Training;

namespace RnnGen.Samples;

/// <summary>Shows what the program does: live on a terminal, as plain lines elsewhere.</summary>
internal interface IDisplay
{
    /// <summary>Shows one line.</summary>
    void Line(string text = "");

    /// <summary>Shows a training run while it goes on.</summary>
    /// <param name="train">Trains and reports progress.</param>
    /// <param name="toLine">Formats the progress; null for <see cref="TrainingProgressExtensions.ToLine"/>.</param>
    TrainingReport Training(Func<IProgress<TrainingProgress>, TrainingReport> train, Func<TrainingProgress, string>? toLine = null);

    /// <summary>Shows a confusion matrix.</summary>
    /// <param name="confusion">The matrix.</param>
    /// <param name="corner">Names the rows and the columns.</param>
    /// <param name="firstLabel">The label of the first class; the others follow in order.</param>
    void Show(ConfusionMatrix confusion, string corner, int firstLabel);
}
