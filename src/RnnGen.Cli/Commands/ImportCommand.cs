using System.CommandLine;
using System.Text.Json.Nodes;
using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Importing;
using RnnGen.Cli.Inspection;
using RnnGen.Formats;

namespace RnnGen.Cli.Commands;

/// <summary><c>rnngen import</c>: writes a class, its weights and optionally a test from a file of another framework.</summary>
internal static class ImportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolConsole console)
    {
        var command = new Command("import", "Writes a C# class and its weights from a model of another framework, and verifies first that both compute the same.");
        var model = new ModelArguments(command, needsFinite: true);
        var name = new Option<string>("--name") { Description = "The name of the class; by default, the name of the file.", HelpName = "NAME" };
        var space = new Option<string>("--namespace") { Description = "The namespace of the class; none by default.", HelpName = "NAMESPACE", DefaultValueFactory = _ => "" };
        var folder = new Option<string>("--out") { Description = "The folder for the files.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
        var selfTest = new Option<bool>("--self-test") { Description = "Also write a test, with inputs and outputs from the file, or computed in double precision." };
        var recording = new Option<string>("--recording") { Description = "Also verify and test it against recorded data: a safetensors file with the tensors input and output.", HelpName = "FILE" };
        var noVerify = new Option<bool>("--no-verify") { Description = "Skip the verification; a comment on the class says so." };
        Option<bool> force = ModelArguments.ForceOption();
        foreach (Option option in new Option[] { name, space, folder, selfTest, recording, noVerify, force })
            command.Options.Add(option);
        ModelArguments.Paths(folder, recording);
        ExampleHelp.Add(command, "rnngen import recognizer.keras --name Recognizer --namespace Speech --out src/Speech --self-test");
        command.SetAction(parsed => Run(
            console,
            () => (Recorded(model.Read(parsed, console), parsed.GetValue(recording)), model.WholeOnnxFile(parsed)),
            new ClassOptions
            {
                Name = Identifier("--name", parsed.GetValue(name) ?? Identifiers.ClassName(Path.GetFileNameWithoutExtension(parsed.GetRequiredValue(model.Model)))),
                Namespace = Namespace(parsed.GetValue(space)!),
            },
            parsed.GetValue(folder)!,
            parsed.GetValue(selfTest),
            !parsed.GetValue(noVerify),
            parsed.GetValue(force),
            parsed.GetValue(model.Json)));
        return command;
    }

    private static int Run(ToolConsole console, Func<(ModelDescription Model, ModelFile? Onnx)> read, ClassOptions options, string folder, bool selfTest, bool verifies, bool replaces, bool asJson)
    {
        using (var files = new OutputFiles(folder, replaces))
            files.Expect(ModelImport.FileNames(options.Name, selfTest));
        (ModelDescription model, ModelFile? onnx) = read();
        using ModelImport import = ModelImport.Of(model, options, verifies, onnx, console);
        IReadOnlyList<string> paths = console.Working("Writing the files", () => import.Write(folder, selfTest, replaces));
        IReadOnlyList<string> usage = Usage.Lines(model, options, import.HasSteps);
        if (asJson)
        {
            JsonObject result = ModelJson.Of(model);
            result["class"] = options.Namespace.Length > 0 ? $"{options.Namespace}.{options.Name}" : options.Name;
            result["files"] = ModelJson.Array(paths);
            result["verified"] = verifies;
            result["verification"] = import.Verification;
            result["notCompared"] = import.NotCompared;
            result["usage"] = ModelJson.Array(usage);
            console.Json(result);
            return ExitCode.Fine;
        }

        console.Line($"{options.Name} from {model.Source}: {ModelText.Parameters(model)}");
        console.Write(LayerTable.Of(model));
        ModelText.WriteRemarks(model, console);
        console.Line(import.Verification);
        if (import.NotCompared is { } reason)
            console.Line(reason);
        console.Line($"Written: {string.Join(", ", paths.Select(path => Path.GetRelativePath(".", path)))}");
        console.Line();
        foreach (string line in usage)
            console.Line("    " + line);
        return ExitCode.Fine;
    }

    private static ModelDescription Recorded(ModelDescription model, string? file) => file is null ? model : model.WithRecordings(RecordingFile.Read(file, model));

    private static string Identifier(string option, string text) =>
        Identifiers.IsIdentifier(text) ? text : throw new UsageException($"{option}: expected a C# name of at most {Identifiers.MaxLength} ASCII letters, digits and underscores that is no keyword, got {Formats.Text.Quote(text)}");

    private static string Namespace(string text)
    {
        if (text.Length > 0)
            foreach (string part in text.Split('.'))
                Identifier("--namespace", part);
        return text;
    }
}
