using System.Globalization;
using System.Text;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>Plain lines, for files and pipes.</summary>
/// <param name="output">Receives them.</param>
internal sealed class PlainDisplay(TextWriter output) : IDisplay
{
    /// <inheritdoc/>
    public void Line(string text = "") => output.WriteLine(text);

    /// <inheritdoc/>
    public TrainingReport Training(Func<IProgress<TrainingProgress>, TrainingReport> train) => train(new Listener(progress =>
    {
        if (progress.Completed is not null)
            output.WriteLine(progress.ToLine());
    }));

    /// <inheritdoc/>
    public void Show(ConfusionMatrix confusion)
    {
        var line = new StringBuilder("said \\ heard");
        for (int heard = 0; heard < confusion.Classes; heard++)
            line.Append(CultureInfo.InvariantCulture, $"{heard,5}");
        output.WriteLine(line);

        for (int said = 0; said < confusion.Classes; said++)
        {
            line.Clear().Append(CultureInfo.InvariantCulture, $"{said,12}");
            for (int heard = 0; heard < confusion.Classes; heard++)
                line.Append(CultureInfo.InvariantCulture, $"{(confusion[said, heard] == 0 ? "." : confusion[said, heard]),5}");
            output.WriteLine(line);
        }
    }
}
