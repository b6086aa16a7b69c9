using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace RnnGen.Cli.CommandLine;

/// <summary>The tool's output: results go to one stream, errors and progress to another.</summary>
internal sealed class ToolConsole
{
    // A table in a file or a pipe is not wrapped to the width of a terminal.
    private const int RedirectedWidth = 200;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };
    private readonly IAnsiConsole _result, _progress;
    private readonly bool _showsProgress;

    /// <summary>A console.</summary>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives errors and progress.</param>
    /// <param name="showsProgress">Whether to show progress; by default, where the stream for errors is a terminal.</param>
    public ToolConsole(TextWriter output, TextWriter error, bool? showsProgress = null)
    {
        (Output, Error) = (output, error);
        _result = Create(output);
        _progress = Create(error);
        _showsProgress = showsProgress ?? _progress.Profile.Out.IsTerminal;
    }

    /// <summary>Receives results.</summary>
    public TextWriter Output { get; }

    /// <summary>Receives errors.</summary>
    public TextWriter Error { get; }

    /// <summary>Writes a line of a result, which may contain text from files.</summary>
    public void Line(string text = "") => Output.WriteLine(Printable(text));

    /// <summary>Writes a table or a tree.</summary>
    public void Write(Spectre.Console.Rendering.IRenderable drawing) => _result.Write(drawing);

    /// <summary>Writes the single object that a command with <c>--json</c> produces.</summary>
    public void Json(JsonObject result) => Output.WriteLine(result.ToJsonString(Indented));

    /// <summary>Runs work that may take over a second; a terminal shows its description meanwhile.</summary>
    public T Working<T>(string what, Func<T> work) => _showsProgress ? _progress.Status().Start(Markup.Escape(Printable(what)) + " …", _ => work()) : work();

    /// <summary>The text without control characters, which could steer a terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) && character != '\n' ? '?' : character));

    private static IAnsiConsole Create(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
