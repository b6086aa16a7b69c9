using System.Globalization;
using System.Text;
using RnnGen.Training;

namespace RnnGen.Samples;

/// <summary>Plain lines, for files and pipes.</summary>
/// <param name="output">Receives them.</param>
internal sealed class PlainDisplay(TextWriter output) : IDisplay
{
    /// <inheritdoc/>
    public void Line(string text = "") => output.WriteLine(text);

    /// <inheritdoc/>
    public TrainingReport Training(Func<IProgress<TrainingProgress>, TrainingReport> train, Func<TrainingProgress, string>? toLine = null) =>
        train(new Listener(progress =>
        {
            if (progress.Completed is not null)
                output.WriteLine(toLine is null ? progress.ToLine() : toLine(progress));
        }));

    /// <inheritdoc/>
    public void Show(ConfusionMatrix confusion, string corner, int firstLabel)
    {
        var line = new StringBuilder(corner);
        for (int answer = 0; answer < confusion.Classes; answer++)
            line.Append(CultureInfo.InvariantCulture, $"{firstLabel + answer,5}");
        output.WriteLine(line);

        for (int target = 0; target < confusion.Classes; target++)
        {
            line.Clear().Append((firstLabel + target).ToString(CultureInfo.InvariantCulture).PadLeft(corner.Length));
            for (int answer = 0; answer < confusion.Classes; answer++)
                line.Append(CultureInfo.InvariantCulture, $"{(confusion[target, answer] == 0 ? "." : confusion[target, answer]),5}");
            output.WriteLine(line);
        }
    }
}
