namespace RnnGen.Samples.SpokenDigits;

/// <summary>Shows what the program does: live on a terminal, as plain lines elsewhere.</summary>
internal interface IDisplay
{
    /// <summary>Shows one line.</summary>
    void Line(string text = "");

    /// <summary>Shows a training run while it goes on.</summary>
    /// <param name="train">Trains, and tells how it goes.</param>
    TrainingReport Training(Func<IProgress<TrainingProgress>, TrainingReport> train);

    /// <summary>Shows what was taken for what.</summary>
    void Show(ConfusionMatrix confusion);
}
