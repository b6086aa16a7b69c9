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
        var command = new Command("verify", "Compares the outputs of two models on random inputs and on those recorded in the files, in double precision and as compiled networks. The exit code is 1 if they differ.");
        var first = new Argument<string>("A") { Description = "A model file." };
        var second = new Argument<string>("B") { Description = "Another model file, in any format." };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = FormattableString.Invariant($"The largest allowed difference, absolute up to a magnitude of 1 and relative beyond; for compiled networks at least {ModelVerifier.Tolerance}."),
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
        ModelArguments.Paths(first, second);
        ExampleHelp.Add(command, "rnngen verify recognizer.keras Recognizer.safetensors --tolerance 1e-6");
        command.SetAction(parsed =>
        {
            ModelDescription one = ModelArguments.Read(parsed.GetRequiredValue(first), ImportOptions.Default, console);
            ModelDescription other = ModelArguments.Read(parsed.GetRequiredValue(second), ImportOptions.Default, console);
            IReadOnlyList<ModelDifference> exact = console.Working("Comparing them in double precision", () => ModelComparer.Compare(one, other));
            IReadOnlyList<ModelDifference> compiled = console.Working("Compiling and comparing both networks", () => ModelComparer.CompareCompiled(one, other));
            return Report(console, exact, compiled, parsed.GetValue(tolerance), parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Writes what was found.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="exact">The differences in double precision, by output.</param>
    /// <param name="compiled">Those of the compiled networks, whose rounding differs with the order of their sums.</param>
    /// <param name="tolerance">The largest allowed difference; compiled networks are allowed at least <see cref="ModelVerifier.Tolerance"/>.</param>
    /// <param name="asJson">Whether as one object.</param>
    /// <returns>The exit code.</returns>
    public static int Report(ToolConsole console, IReadOnlyList<ModelDifference> exact, IReadOnlyList<ModelDifference> compiled, double tolerance, bool asJson)
    {
        double compiledTolerance = Math.Max(tolerance, ModelVerifier.Tolerance);
        bool areSame = exact.All(difference => difference.Largest <= tolerance), areCompiledSame = compiled.All(difference => difference.Largest <= compiledTolerance);
        int code = areSame && areCompiledSame ? ExitCode.Fine : ExitCode.Refused;
        if (asJson)
        {
            console.Json(new JsonObject
            {
                ["ok"] = code == ExitCode.Fine,
                ["tolerance"] = tolerance,
                ["compiledTolerance"] = compiledTolerance,
                ["outputs"] = new JsonArray([.. exact.Zip(compiled, (precise, rounded) => new JsonObject
                {
                    ["name"] = precise.Output,
                    ["size"] = precise.Size,
                    ["largestDifference"] = Number(precise),
                    ["input"] = precise.Input,
                    ["compiledDifference"] = Number(rounded),
                    ["compiledInput"] = rounded.Input,
                })]),
            });
            return code;
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumns("output", "values", "largest difference", "on", "compiled", "on");
        foreach ((ModelDifference precise, ModelDifference rounded) in exact.Zip(compiled))
            table.AddRow([.. new[] { precise.Output, $"{precise.Size}", Text(precise), precise.Input, Text(rounded), rounded.Input }.Select(cell => Markup.Escape(ToolConsole.Printable(cell)))]);
        console.Write(table);
        console.Line(!areSame ? FormattableString.Invariant($"DIFFERENT: more than {tolerance:G3} apart in double precision.")
            : !areCompiledSame ? FormattableString.Invariant($"DIFFERENT: the same in double precision, but the compiled networks are more than {compiledTolerance:G3} apart.")
            : FormattableString.Invariant($"The same within {tolerance:G3} in double precision, within {compiledTolerance:G3} as compiled networks."));
        return code;
    }

    private static string Text(ModelDifference difference) => difference.Largest.ToString("G3", CultureInfo.InvariantCulture);

    private static JsonNode? Number(ModelDifference difference) => double.IsFinite(difference.Largest) ? difference.Largest : null;
}
