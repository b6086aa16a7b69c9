using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Verification;
using RnnGen.Formats;
using Spectre.Console;

namespace RnnGen.Cli.Commands;

/// <summary><c>rnngen verify</c>: whether two models compute the same.</summary>
internal static class VerifyCommand
{
    private const double StandardTolerance = 1e-5;

    /// <summary>The command.</summary>
    public static Command Create(ToolConsole console)
    {
        var command = new Command("verify", "Compares the outputs of two models in double precision, on random inputs and on those recorded in the files. The exit code is 1 if they differ.");
        var first = new Argument<string>("A") { Description = "A model file." };
        var second = new Argument<string>("B") { Description = "Another model file, in any format." };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "The largest allowed difference, absolute up to a magnitude of 1 and relative beyond.",
            HelpName = "DIFFERENCE",
            DefaultValueFactory = _ => StandardTolerance,
            CustomParser = result =>
            {
                if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && double.IsFinite(value))
                    return value;
                result.AddError($"--tolerance: expected a number of at least 0, got \"{result.Tokens[0].Value}\"");
                return StandardTolerance;
            },
        };
        Option<bool> json = ModelArguments.JsonOption();
        command.Arguments.Add(first);
        command.Arguments.Add(second);
        command.Options.Add(tolerance);
        command.Options.Add(json);
        ExampleHelp.Add(command, "rnngen verify recognizer.keras Recognizer.safetensors --tolerance 1e-6");
        command.SetAction(parsed =>
        {
            ModelDescription one = ModelArguments.Read(parsed.GetRequiredValue(first), ImportOptions.Default, console);
            ModelDescription other = ModelArguments.Read(parsed.GetRequiredValue(second), ImportOptions.Default, console);
            IReadOnlyList<ModelDifference> differences = console.Working("Comparing them", () => ModelComparer.Compare(one, other));
            return Report(console, differences, parsed.GetValue(tolerance), parsed.GetValue(json));
        });
        return command;
    }

    private static int Report(ToolConsole console, IReadOnlyList<ModelDifference> differences, double tolerance, bool asJson)
    {
        bool same = differences.All(difference => difference.Largest <= tolerance);
        if (asJson)
        {
            console.Json(new JsonObject
            {
                ["ok"] = same,
                ["tolerance"] = tolerance,
                ["outputs"] = new JsonArray([.. differences.Select(difference => new JsonObject
                {
                    ["name"] = difference.Output,
                    ["size"] = difference.Size,
                    ["largestDifference"] = double.IsFinite(difference.Largest) ? difference.Largest : null,
                    ["input"] = difference.Input,
                })]),
            });
            return same ? ExitCode.Fine : ExitCode.Refused;
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumns("output", "values", "largest difference", "on");
        foreach (ModelDifference difference in differences)
            table.AddRow([.. new[] { difference.Output, $"{difference.Size}", difference.Largest.ToString("G3", CultureInfo.InvariantCulture), difference.Input }
                .Select(cell => Markup.Escape(ToolConsole.Printable(cell)))]);
        console.Write(table);
        console.Line(same ? FormattableString.Invariant($"The same within {tolerance:G3}.") : FormattableString.Invariant($"DIFFERENT: more than {tolerance:G3} apart."));
        return same ? ExitCode.Fine : ExitCode.Refused;
    }
}
