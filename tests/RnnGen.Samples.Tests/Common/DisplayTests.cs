using RnnGen.Training;
using Spectre.Console;

namespace RnnGen.Samples.Tests;

public sealed class DisplayTests
{
    private static readonly EpochReport Done = new(3, new Score(0.25f, 0.875f), null, TimeSpan.Zero);
    private static readonly TrainingReport Report = new([Done], 3, StoppedEarly: false, TimeSpan.Zero);

    [Fact]
    public void Plain_progress_is_one_line_an_epoch()
    {
        var output = new StringWriter { NewLine = "\n" };
        TrainingReport report = new PlainDisplay(output).Training(Train);
        Assert.Same(Report, report);
        Assert.Equal("epoch  3/20  loss 0.2500  accuracy  87.5 %  1235 sequences/s  1:05 left\n", output.ToString());
    }

    [Fact]
    public void The_terminal_shows_progress_in_place()
    {
        (TerminalDisplay display, StringWriter output) = Terminal();
        Assert.Same(Report, display.Training(Train));
        Assert.Contains("loss 0.2500", output.ToString());
        Assert.Contains("\e[", output.ToString()); // it moves the cursor
    }

    [Fact]
    public void The_terminal_leaves_lines_as_they_are()
    {
        (TerminalDisplay display, StringWriter output) = Terminal();
        string line = $"wrote [red]/some/where{new string('/', 100)}digits.safetensors";
        display.Line(line);
        Assert.Equal(line + output.NewLine, output.ToString());
    }

    [Fact]
    public void Both_show_the_confusion_matrix()
    {
        var confusion = new ConfusionMatrix(10);
        for (int i = 0; i < 37; i++)
            confusion.Add(4, 4);
        for (int i = 0; i < 23; i++)
            confusion.Add(4, 7);
        var plain = new StringWriter { NewLine = "\n" };
        new PlainDisplay(plain).Show(confusion, "said \\ heard", firstLabel: 0);
        string[] lines = plain.ToString().Split('\n');
        Assert.Equal("said \\ heard    0    1    2    3    4    5    6    7    8    9", lines[0]);
        Assert.Equal("           4    .    .    .    .   37    .    .   23    .    .", lines[5]);

        (TerminalDisplay display, StringWriter output) = Terminal();
        display.Show(confusion, "said \\ heard", firstLabel: 0);
        Assert.Contains("37", output.ToString());
        Assert.Contains("23", output.ToString());
    }

    private static TrainingReport Train(IProgress<TrainingProgress> progress)
    {
        var news = new TrainingProgress(3, 20, 26, 26, 0.25f, 0.875f, 1234.6, TimeSpan.FromSeconds(65), Completed: null);
        progress.Report(news with { Batch = 25, Loss = 0.5f });
        progress.Report(news);
        progress.Report(news with { Completed = Done });
        return Report;
    }

    private static (TerminalDisplay Display, StringWriter Output) Terminal()
    {
        var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        return (new TerminalDisplay(console), output);
    }
}
