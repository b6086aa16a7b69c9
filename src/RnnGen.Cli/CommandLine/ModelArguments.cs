using System.CommandLine;
using RnnGen.Formats;
using RnnGen.Formats.Onnx;

namespace RnnGen.Cli.CommandLine;

/// <summary>The arguments shared by several commands: which file, and how it is read.</summary>
internal sealed class ModelArguments
{
    private readonly Option<bool> _allowNonfinite = new("--allow-nonfinite") { Description = "Accept weights that are NaN or infinite; by default they are refused." };

    private readonly Option<string> _weights = new("--weights") { Description = "Take the weights from a Keras file that holds only weights: for a model without weights (model.to_json()), or instead of a model's own.", HelpName = "FILE" };

    private readonly Option<string> _subgraph = new("--subgraph")
    {
        Description = "Read only a part of a graph, given by the names of its first and last node.",
        HelpName = "FIRST..LAST",
    };

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="needsFinite">Whether it creates a network, which rejects weights that are NaN or infinite.</param>
    public ModelArguments(Command command, bool needsFinite)
    {
        command.Arguments.Add(Model);
        command.Options.Add(_subgraph);
        command.Options.Add(_weights);
        if (!needsFinite)
            command.Options.Add(_allowNonfinite);
        command.Options.Add(Json);
        Paths(Model, _weights);
    }

    /// <summary>The file.</summary>
    public Argument<string> Model { get; } = new("MODEL") { Description = "A model file. Its format is recognised by its content." };

    /// <summary>Whether the result is JSON.</summary>
    public Option<bool> Json { get; } = JsonOption();

    /// <summary>An option for a result as JSON.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Write the result as one JSON object only." };

    /// <summary>An option for overwriting files.</summary>
    public static Option<bool> ForceOption() => new("--force") { Description = "Overwrite existing files." };

    /// <summary>Makes arguments and options paths: an empty text is rejected.</summary>
    public static void Paths(params Symbol[] symbols)
    {
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
                argument.Validators.Add(Expect);
            else
                ((Option)symbol).Validators.Add(Expect);

            void Expect(System.CommandLine.Parsing.SymbolResult result)
            {
                if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                    result.AddError($"{symbol.Name}: expected a path, got nothing");
            }
        }
    }

    /// <summary>How the command line says to read the file.</summary>
    /// <exception cref="UsageException">The part of the graph is not a pair of names.</exception>
    public ImportOptions Options(ParseResult parsed)
    {
        var options = new ImportOptions
        {
            AllowNonfinite = _allowNonfinite.Parents.Any() && parsed.GetValue(_allowNonfinite),
            Weights = parsed.GetValue(_weights) is { } weights ? ModelFile.Read(weights) : null,
        };
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

    /// <summary>The ONNX file if it is read as a whole; null if the file has another format, or only a part of it is read.</summary>
    public ModelFile? WholeOnnxFile(ParseResult parsed)
    {
        if (parsed.GetValue(_subgraph) is not null || parsed.GetValue(_weights) is not null)
            return null;
        ModelFile file = ModelFile.Read(parsed.GetRequiredValue(Model));
        return ModelFormats.All.First(format => format.Recognizes(file)) is OnnxFormat ? file : null;
    }

    /// <summary>Reads a file.</summary>
    public static ModelDescription Read(string path, ImportOptions options, ToolConsole console) =>
        console.Working($"Reading {Path.GetFileName(path)}", () => ModelFormats.Read(path, options));
}
