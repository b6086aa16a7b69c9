using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Importing;
using RnnGen.Cli.Onnx;
using RnnGen.Cli.Verification;
using RnnGen.Formats;
using RnnGen.Latency;

namespace RnnGen.Cli.Commands;

/// <summary><c>rnngen bench</c>: the latency report of a model's steps, for the code that an import would compile.</summary>
internal static class BenchCommand
{
    private const int StandardSteps = 10_000, Frames = 256;

    /// <summary>The command.</summary>
    public static Command Create(ToolConsole console)
    {
        var command = new Command("bench", "Compiles a model in memory, verifies it, and times its steps on this machine.");
        var model = new ModelArguments(command, needsFinite: true);
        var steps = new Option<int>("--steps")
        {
            Description = "The number of steps to time, in each of five repetitions.",
            HelpName = "N",
            DefaultValueFactory = _ => StandardSteps,
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is > 0 and <= 10_000_000)
                    return value;
                result.AddError($"--steps: expected a number from 1 to 10000000, got \"{result.Tokens[0].Value}\"");
                return StandardSteps;
            },
        };
        command.Options.Add(steps);
        ExampleHelp.Add(command, "rnngen bench recognizer.keras --steps 100000");
        command.SetAction(parsed => Run(console, model.Read(parsed, console), model.WholeOnnxFile(parsed), parsed.GetValue(steps), parsed.GetValue(model.Json)));
        return command;
    }

    private static int Run(ToolConsole console, ModelDescription model, ModelFile? onnx, int steps, bool asJson)
    {
        using ModelImport import = ModelImport.Of(model, new ClassOptions { Name = "Benchmarked" }, verifies: true, onnx, console);
        if (!import.HasSteps)
            throw new RefusedException($"the network has no steps to time, because {import.Network.Layout.ReverseLayer} needs later ones");
        var options = new LatencyOptions { Steps = steps };
        LatencyReport report = console.Working("Timing its steps", () => import.Network.Measure(RandomInputs.Of(model, Frames, seed: 0), options)) with { Network = Formats.Text.Shorten(model.Source) };
        OnnxRuntimeTimes? other = onnx is not null && import.NotCompared is null ? console.Working("Timing ONNX Runtime", () => OnnxRuntimeTimes.Measure(onnx, model, options)) : null;
        if (asJson)
        {
            console.Json(new JsonObject { ["ok"] = true, ["source"] = model.Source, ["verification"] = import.Verification, ["latency"] = JsonNode.Parse(report.ToJson()), ["onnxRuntime"] = Json(other), ["notCompared"] = import.NotCompared });
            return ExitCode.Fine;
        }

        console.Line(report.ToString());
        if ((other?.Beside(report.FastestNanoseconds) ?? import.NotCompared) is { } beside)
            console.Line(beside);
        console.Line(import.Verification);
        return ExitCode.Fine;
    }

    private static JsonObject? Json(OnnxRuntimeTimes? times) => times is null ? null : new JsonObject
    {
        ["version"] = times.Version,
        ["stepsInCall"] = times.StepsInCall,
        ["p50"] = times.P50,
        ["p99"] = times.P99,
        ["fastestNanoseconds"] = times.Fastest,
    };
}
