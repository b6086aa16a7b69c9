using System.Globalization;
using RnnGen.Training;
using Spectre.Console;

namespace RnnGen.Samples;

/// <summary>A progress bar that stays in place, and tables with colours.</summary>
/// <param name="console">The terminal.</param>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDisplay
{
    /// <inheritdoc/>
    /// <remarks>Bypasses Spectre, which would break long lines.</remarks>
    public void Line(string text = "") => console.Profile.Out.Writer.WriteLine(text);

    /// <inheritdoc/>
    public TrainingReport Training(Func<IProgress<TrainingProgress>, TrainingReport> train, Func<TrainingProgress, string>? toLine = null)
    {
        // Spectre hides the cursor meanwhile; an interrupted program must restore it.
        ConsoleCancelEventHandler showCursor = (_, _) => console.Cursor.Show();
        Console.CancelKeyPress += showCursor;
        try
        {
            return console
                .Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .Start(context => train(Bar(context.AddTask("training"), toLine ?? TrainingProgressExtensions.ToLine)));
        }
        finally
        {
            Console.CancelKeyPress -= showCursor;
        }
    }

    /// <inheritdoc/>
    public void Show(ConfusionMatrix confusion, string corner, int firstLabel)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn(corner);
        for (int answer = 0; answer < confusion.Classes; answer++)
            table.AddColumn(new TableColumn((firstLabel + answer).ToString(CultureInfo.InvariantCulture)).RightAligned());

        for (int target = 0; target < confusion.Classes; target++)
        {
            int row = target;
            table.AddRow([
                new Text((firstLabel + target).ToString(CultureInfo.InvariantCulture)),
                .. Enumerable.Range(0, confusion.Classes).Select(answer => Cell(confusion[row, answer], row == answer)),
            ]);
        }

        console.Write(table);
    }

    private static Listener Bar(ProgressTask task, Func<TrainingProgress, string> toLine) => new(progress =>
    {
        double done = progress.Epoch - 1 + ((double)progress.Batch / progress.Batches);
        task.Description = Markup.Escape(toLine(progress));
        task.Value = task.MaxValue * done / progress.Epochs;
    });

    private static Text Cell(double count, bool right) => count == 0
        ? new Text("·", new Style(Color.Grey))
        : new Text(count.ToString(CultureInfo.InvariantCulture), new Style(right ? Color.Green : Color.Red));
}
