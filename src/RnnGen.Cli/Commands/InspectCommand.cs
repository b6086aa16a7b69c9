using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Compilation;
using RnnGen.Cli.Drawing;
using RnnGen.Cli.Importing;
using RnnGen.Cli.Inspection;
using RnnGen.Formats;

namespace RnnGen.Cli.Commands;

/// <summary><c>rnngen inspect</c>: what a model is, what it needs, and how long a step takes.</summary>
internal static class InspectCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolConsole console)
    {
        var command = new Command("inspect", "Shows the layers of a model, the work per step, and the time per step on this machine. It compiles the network, but verifies nothing.");
        var model = new ModelArguments(command, needsFinite: false);
        var svg = new Option<string>("--svg") { Description = "Also draw the layers into this file.", HelpName = "FILE" };
        var noTime = new Option<bool>("--no-time") { Description = "Do not measure the time of a step." };
        Option<bool> force = ModelArguments.ForceOption();
        foreach (Option option in new Option[] { svg, noTime, force })
            command.Options.Add(option);
        ModelArguments.Paths(svg);
        ExampleHelp.Add(command, "rnngen inspect recognizer.keras --svg recognizer.svg");
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(svg) is { } path)
                OutputFiles.ExpectOne(path, parsed.GetValue(force));
            return Run(console, model.Read(parsed, console), parsed.GetValue(svg), !parsed.GetValue(noTime), parsed.GetValue(force), parsed.GetValue(model.Json));
        });
        return command;
    }

    private static int Run(ToolConsole console, ModelDescription model, string? svg, bool measures, bool replaces, bool asJson)
    {
        if (svg is not null)
            OutputFiles.WriteOne(svg, replaces, SvgDrawing.Of(model));

        // RnnGen's networks reject weights that are not finite: such a network is inspected with its initial weights.
        bool isFinite = model.Tensors.All(tensor => tensor.Values.All(float.IsFinite));
        using CompiledNetwork compiled = console.Working("Compiling the network", () => CompiledNetwork.Compile(model, new ClassOptions { Name = "Inspected" }, takesWeights: isFinite));
        StepTime? time = measures ? console.Working("Measuring a step", () => StepTime.Measure(model, compiled.Network)) : null;
        if (asJson)
            console.Json(Json(model, compiled.Network, time));
        else
            Show(console, model, compiled.Network, time, isFinite);
        return ExitCode.Fine;
    }

    private static void Show(ToolConsole console, ModelDescription model, NetworkRunner network, StepTime? time, bool isFinite)
    {
        console.Line($"{model.Source}: {ModelText.Sizes(model)}, {ModelText.Parameters(model)}");
        console.Write(LayerTable.Of(model, network.Layout));
        console.Line(string.Create(CultureInfo.InvariantCulture, $"A step needs {network.Work.MultiplyAdds:N0} multiply-adds and reads {ModelText.Bytes(network.Work.WeightBytes)} of weights; a stream's state is {ModelText.Bytes(network.StateSize * sizeof(float))}."));
        if (model.Recordings.Count > 0)
            console.Line($"Recorded in the file: {string.Join(", ", model.Recordings.Select(recording => recording.Name))}.");
        ModelText.WriteRemarks(model, console);
        if (!isFinite)
            console.Line("Warning: some weights are NaN or infinite, which RnnGen's networks do not accept.");
        if (time is not null)
            console.Line(time.ToString());
    }

    private static JsonObject Json(ModelDescription model, NetworkRunner network, StepTime? time)
    {
        JsonObject result = ModelJson.Of(model, network.Layout);
        result["multiplyAdds"] = network.Work.MultiplyAdds;
        result["weightBytes"] = network.Work.WeightBytes;
        result["stateSize"] = network.StateSize;
        result["hasSteps"] = network.HasSteps;
        if (time is not null)
            result["measured"] = new JsonObject { ["stepNanoseconds"] = time.Nanoseconds, ["limitNanoseconds"] = time.LimitNanoseconds };
        return result;
    }
}
