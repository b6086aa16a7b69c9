using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Exporting;
using RnnGen.Cli.Importing;
using RnnGen.Formats;

namespace RnnGen.Cli.Commands;

/// <summary><c>rnngen export</c>: a model in another format.</summary>
internal static class ExportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolConsole console)
    {
        string keys = string.Join(", ", ModelWriters.All.Select(writer => writer.Key));
        var command = new Command("export", "Writes a model in another format. If rnngen also reads that format, the file is read back and compared before it is kept.");
        var model = new ModelArguments(command, needsFinite: false);
        var to = new Option<string>("--to") { Description = $"The format: {keys}.", HelpName = "FORMAT", Required = true };
        var file = new Option<string>("--out") { Description = "The output file; by default the model's name with the format's extension, in the current folder.", HelpName = "FILE" };
        Option<bool> force = ModelArguments.ForceOption();
        foreach (Option option in new Option[] { to, file, force })
            command.Options.Add(option);
        ModelArguments.Paths(file);
        ExampleHelp.Add(command, "rnngen export Recognizer.safetensors --to onnx --out recognizer.onnx");
        command.SetAction(parsed =>
        {
            string key = parsed.GetRequiredValue(to);
            ModelWriter writer = ModelWriters.Find(key) ?? throw new UsageException($"--to: expected one of {keys}, got \"{key}\"");
            string path = parsed.GetValue(file) ?? Path.GetFileNameWithoutExtension(parsed.GetRequiredValue(model.Model)) + writer.Extension;
            OutputFiles.ExpectOne(path, parsed.GetValue(force));
            return Run(console, model.Read(parsed, console), writer, path, parsed.GetValue(force), parsed.GetValue(model.Json));
        });
        return command;
    }

    /// <summary>Writes a model, verifies the file, and moves it into place.</summary>
    public static int Run(ToolConsole console, ModelDescription model, ModelWriter writer, string path, bool replaces, bool asJson)
    {
        using var stream = new MemoryStream();
        console.Working($"Writing {writer.Name}", () =>
        {
            writer.Write(model, stream);
            return true;
        });
        byte[] bytes = stream.ToArray();
        (string? verification, string? problem) = console.Working("Reading it back", () => RoundTrip.Verify(model, writer, new ModelFile(Path.GetFileName(path), bytes)));
        OutputFiles.WriteOne(path, replaces, temporary => File.WriteAllBytes(temporary, bytes));
        if (asJson)
        {
            console.Json(new JsonObject
            {
                ["ok"] = true,
                ["source"] = model.Source,
                ["format"] = writer.Name,
                ["file"] = Path.GetFullPath(path),
                ["bytes"] = bytes.Length,
                ["verified"] = verification is not null,
                ["verification"] = verification,
                ["notVerified"] = problem,
            });
            return ExitCode.Fine;
        }

        console.Line(string.Create(CultureInfo.InvariantCulture, $"Written: {path} ({writer.Name}, {bytes.Length:N0} bytes)"));
        console.Line(verification ?? $"NOT VERIFIED: {problem}");
        return ExitCode.Fine;
    }
}
