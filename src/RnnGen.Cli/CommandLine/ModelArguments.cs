using System.CommandLine;
using RnnGen.Formats;

namespace RnnGen.Cli.CommandLine;

/// <summary>The arguments that several commands have: which file, and how it is read.</summary>
internal sealed class ModelArguments
{
    private readonly Option<bool> _allowNonfinite = new("--allow-nonfinite") { Description = "Accept weights that are NaN or infinite; by default they are refused." };

    private readonly Option<string> _subgraph = new("--subgraph")
    {
        Description = "Read only a part of a graph, given by the names of its first and last node.",
        HelpName = "FIRST..LAST",
    };

    /// <summary>Adds the arguments to a command.</summary>
    public ModelArguments(Command command)
    {
        command.Arguments.Add(Model);
        command.Options.Add(_subgraph);
        command.Options.Add(_allowNonfinite);
        command.Options.Add(Json);
    }

    /// <summary>The file.</summary>
    public Argument<string> Model { get; } = new("MODEL") { Description = "A model file. Its format is recognised by the content." };

    /// <summary>Whether the result is JSON.</summary>
    public Option<bool> Json { get; } = JsonOption();

    /// <summary>An option for a result as JSON.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Write the result as one JSON object only." };

    /// <summary>An option for writing over files.</summary>
    public static Option<bool> ForceOption() => new("--force") { Description = "Overwrite existing files." };

    /// <summary>How the command line wants the file to be read.</summary>
    /// <exception cref="UsageException">The part of the graph is no pair of names.</exception>
    public ImportOptions Options(ParseResult parsed)
    {
        var options = new ImportOptions { AllowNonfinite = parsed.GetValue(_allowNonfinite) };
        if (parsed.GetValue(_subgraph) is not { } part)
            return options;
        string[] ends = part.Split("..");
        return ends is [{ Length: > 0 } first, { Length: > 0 } last]
            ? options with { Subgraph = (first, last) }
            : throw new UsageException($"--subgraph: expected FIRST..LAST, the names of two nodes, got \"{part}\"");
    }

    /// <summary>Reads the file.</summary>
    public ModelDescription Read(ParseResult parsed, ToolConsole console)
    {
        ImportOptions options = Options(parsed);
        return Read(parsed.GetRequiredValue(Model), options, console);
    }

    /// <summary>Reads a file.</summary>
    public static ModelDescription Read(string path, ImportOptions options, ToolConsole console) =>
        console.Working($"Reading {Path.GetFileName(path)}", () => ModelFormats.Read(path, options));
}
