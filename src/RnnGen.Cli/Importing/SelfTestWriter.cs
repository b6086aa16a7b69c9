using System.Globalization;
using System.Text;
using RnnGen.Formats;

namespace RnnGen.Cli.Importing;

/// <summary>Writes a test of an imported class: inputs, outputs, and a loop that compares.</summary>
internal static class SelfTestWriter
{
    private const int ValuesInLine = 12;

    /// <summary>The text of a C# file for xunit.</summary>
    /// <param name="model">The network.</param>
    /// <param name="options">How its class is called.</param>
    /// <param name="cases">The inputs and outputs.</param>
    public static string Write(ModelDescription model, ClassOptions options, IReadOnlyList<Recording> cases)
    {
        string name = options.Name, element = model.IsOneHot ? "int" : "float";
        bool hasMasks = cases.Any(recording => recording.Mask is not null);
        var text = new StringBuilder("using System;\nusing System.IO;\nusing System.Runtime.CompilerServices;\nusing RnnGen;\nusing Xunit;\n\n");
        if (options.Namespace.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"namespace {options.Namespace};\n\n");
        text.Append(CultureInfo.InvariantCulture, $"/// <summary>{name} gives these outputs with the weights of {name}.safetensors, which is beside the program or beside this file.</summary>\n");
        text.Append(CultureInfo.InvariantCulture, $"public sealed class {name}Tests\n{{\n");
        for (int at = 0; at < cases.Count; at++)
            text.Append(Case(cases[at], at + 1, model, hasMasks));
        text.Append(CultureInfo.InvariantCulture, $$"""
                private static void Check({{element}}[] input, {{(hasMasks ? "bool[]? mask, " : "")}}float[] expected, double tolerance)
                {
                    using {{name}} network = {{name}}.Load(FindWeights());
                    float[] actual = new float[expected.Length];
                    {{Call(model, name, hasMasks)}}
                    for (int i = 0; i < expected.Length; i++)
                        Assert.InRange(Math.Abs((double)actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i])), 0, tolerance);
                }

                private static string FindWeights([CallerFilePath] string thisFile = "")
                {
                    string besideProgram = Path.Combine(AppContext.BaseDirectory, "{{name}}.safetensors");
                    return File.Exists(besideProgram) ? besideProgram : Path.Combine(Path.GetDirectoryName(thisFile)!, "{{name}}.safetensors");
                }
            }

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Case(Recording recording, int number, ModelDescription model, bool hasMasks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"    // {Formats.Text.Shorten(recording.Name, 200)}\n    [Fact]\n    public void Output_{number}_is_as_expected() => Check(\n");
        text.Append(CultureInfo.InvariantCulture, $"        input: {Values(recording.Input, value => model.IsOneHot ? AttributeText.Literal((int)value) : AttributeText.Literal(value))},\n");
        if (hasMasks)
            text.Append(CultureInfo.InvariantCulture, $"        mask: {(recording.Mask is { } mask ? Values(mask, value => AttributeText.Literal(value)) : "null")},\n");
        text.Append(CultureInfo.InvariantCulture, $"        expected: {Values(Unmasked(recording, model), value => AttributeText.Literal(value))},\n");
        return text.Append(CultureInfo.InvariantCulture, $"        tolerance: {recording.Tolerance:R});\n\n").ToString();
    }

    private static string Call(ModelDescription model, string name, bool hasMasks)
    {
        if (!hasMasks)
            return "network.Predict(input, actual);";
        string batch = model.IsOneHot
            ? "SequenceBatch.FromTimeMajor(input, mask.Length, 1, Array.ConvertAll(mask, value => value ? (byte)1 : (byte)0))"
            : $"SequenceBatch.FromTimeMajor(input, mask.Length, 1, {name}.InputSize, mask)";
        return $"""
            if (mask is null)
                        network.Predict(input, actual);
                    else
                        network.Run({batch}, actual);
            """;
    }

    /// <summary>Outputs as a batch gives them: 0 at masked steps.</summary>
    private static float[] Unmasked(Recording recording, ModelDescription model) => recording.Mask is not { } mask || model.IsPerSequence
        ? recording.Output
        : [.. recording.Output.Select((value, at) => mask[at / model.OutputSize] ? value : 0)];

    private static string Values<T>(IEnumerable<T> values, Func<T, string> literal) =>
        $"[\n            {string.Join(",\n            ", values.Select(literal).Chunk(ValuesInLine).Select(line => string.Join(", ", line)))}]";
}
