using System.Globalization;
using Spectre.Console;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>A progress bar that stays in place, and tables with colours.</summary>
/// <param name="console">The terminal.</param>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDisplay
{
    /// <inheritdoc/>
    /// <remarks>Past Spectre, which would break long lines into several.</remarks>
    public void Line(string text = "") => console.Profile.Out.Writer.WriteLine(text);

    /// <inheritdoc/>
    public TrainingReport Training(Func<IProgress<TrainingProgress>, TrainingReport> train)
    {
        // Spectre hides the cursor meanwhile; a program that is interrupted must not leave it so.
        ConsoleCancelEventHandler showCursor = (_, _) => console.Cursor.Show();
        Console.CancelKeyPress += showCursor;
        try
        {
            return console
                .Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .Start(context => train(Bar(context.AddTask("training"))));
        }
        finally
        {
            Console.CancelKeyPress -= showCursor;
        }
    }

    /// <inheritdoc/>
    public void Show(ConfusionMatrix confusion)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("said \\ heard");
        for (int heard = 0; heard < confusion.Classes; heard++)
            table.AddColumn(new TableColumn(heard.ToString(CultureInfo.InvariantCulture)).RightAligned());

        for (int said = 0; said < confusion.Classes; said++)
        {
            int row = said;
            table.AddRow([
                new Text(said.ToString(CultureInfo.InvariantCulture)),
                .. Enumerable.Range(0, confusion.Classes).Select(heard => Cell(confusion[row, heard], row == heard)),
            ]);
        }

        console.Write(table);
    }

    private static Listener Bar(ProgressTask task) => new(progress =>
    {
        double done = progress.Epoch - 1 + ((double)progress.Batch / progress.Batches);
        task.Description = Markup.Escape(progress.ToLine());
        task.Value = task.MaxValue * done / progress.Epochs;
    });

    private static Text Cell(double count, bool right) => count == 0
        ? new Text("·", new Style(Color.Grey))
        : new Text(count.ToString(CultureInfo.InvariantCulture), new Style(right ? Color.Green : Color.Red));
}
