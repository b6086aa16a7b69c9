using System.Text.Json;
using System.Text.Json.Nodes;
using RnnGen.Cli.Compilation;
using RnnGen.Cli.Verification;
using RnnGen.Formats.Keras;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Single layers that Keras 2 computed for keras-js: weights, input and output as JSON; the options are those of keras-js's own tests.</summary>
public sealed class KerasJsTests
{
    // Weights, inputs and outputs are rounded to six decimals.
    private const double Tolerance = 5e-6;

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            TheoryData<string, string, int> cases = [];
            foreach (string kind in new[] { "GRU", "LSTM", "SimpleRNN" })
                for (int number = 0; number < 9; number++)
                    cases.Add("recurrent", kind, number);
            for (int number = 0; number < 8; number++)
                cases.Add("wrappers", "Bidirectional", number);
            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Outputs_come_out(string folder, string kind, int number)
    {
        string[] path = folder == "recurrent" ? ["models", "keras-js", "recurrent", kind + ".json"] : ["models", "keras-js", kind + ".json"];
        JsonNode data = JsonNode.Parse(File.ReadAllText(RnnGen.Tests.SharedFolder.Get(path)))![$"{folder}.{kind}.{number}"]!;
        NamedTensor input = Tensor(data["input"]!, "input"), expected = Tensor(data["expected"]!, "expected");
        NamedTensor[] weights = [.. data["weights"]!.AsArray().Select((weight, at) => Tensor(weight!, $"{at}"))];
        JsonObject options = folder == "recurrent" ? Recurrent(kind, number) : Bidirectional(number);

        // Outputs in reversed time order are refused as a model's; the layer itself is right, and its order is undone here.
        bool reversed = options["go_backwards"]?.GetValue<bool>() == true && options["return_sequences"]!.GetValue<bool>();
        ModelDescription Read() => InMemory.Sequential(2, [null, input.Shape[0], input.Shape[1]], (kind, options, weights));
        if (reversed)
            Assert.Throws<UnsupportedLayerException>(Read);
        ModelDescription model = reversed ? Reverse(kind, options, weights, input.Shape[1]) : Read();
        using CompiledNetwork compiled = CompiledNetwork.Compile(model);

        // keras-js calls a stateful layer twice with one input: that is the input twice, of which the second pass counts.
        bool twice = options["stateful"]?.GetValue<bool>() == true;
        float[] frames = twice ? [.. input.Values, .. input.Values] : input.Values;
        double[] outputs = Array.ConvertAll(expected.Values, value => (double)value);
        Compare("evaluated", outputs, Array.ConvertAll(new ModelEvaluator(model).Run(frames), value => (float)value), twice, reversed, expected.Shape);
        Compare("compiled", outputs, compiled.Network.Run(frames), twice, reversed, expected.Shape);
    }

    private static ModelDescription Reverse(string kind, JsonObject options, NamedTensor[] weights, int inputs)
    {
        var recurrent = KerasRecurrent.Of(new KerasLayer(kind, kind, JsonSerializer.SerializeToElement(options), KerasVersion.Of("2.0.0")), new KerasNetwork("a test", ImportOptions.Default));
        var builder = new ModelBuilder("a test", inputs);
        builder.Add(recurrent.Attribute(Direction.Reverse, Merge.Concat, new KerasPlace(null, null, false)), null, [.. recurrent.Parameters(new KerasTensors(kind, weights), inputs)]);
        return builder.Build();
    }

    private static void Compare(string how, double[] expected, float[] actual, bool twice, bool reversed, IReadOnlyList<int> shape)
    {
        if (twice && shape.Count == 2)
            actual = reversed ? actual[..(actual.Length / 2)] : actual[(actual.Length / 2)..];
        if (reversed)
            actual = [.. actual.Chunk(shape[1]).Reverse().SelectMany(step => step)];
        ModelVerifier.Compare(how, expected, actual, Tolerance);
    }

    private static JsonObject Recurrent(string kind, int number)
    {
        string gate = number == 1 ? "sigmoid" : "hard_sigmoid";
        var options = new JsonObject
        {
            ["units"] = number == 1 ? 5 : 4,
            ["activation"] = number == 1 ? "sigmoid" : "tanh",
            ["use_bias"] = number != 8 || kind == "LSTM",
            ["return_sequences"] = number is 2 or 4 or 6 or 8,
            ["go_backwards"] = number is 3 or 4 or 7 or 8,
            ["stateful"] = number >= 5,
        };
        if (kind != "SimpleRNN")
            options["recurrent_activation"] = gate;
        return options;
    }

    private static JsonObject Bidirectional(int number)
    {
        string kind = number switch { 5 => "GRU", 6 => "LSTM", _ => "SimpleRNN" };
        var inner = new JsonObject { ["units"] = 4, ["activation"] = "tanh", ["return_sequences"] = number >= 4 };
        if (kind != "SimpleRNN")
            inner["recurrent_activation"] = "hard_sigmoid";
        return new JsonObject
        {
            ["layer"] = new JsonObject { ["class_name"] = kind, ["config"] = inner },
            ["merge_mode"] = number switch { 0 or 7 => "sum", 1 => "mul", 3 => "ave", _ => "concat" },
        };
    }

    private static NamedTensor Tensor(JsonNode node, string name) =>
        new(name, node["shape"]!.AsArray().Select(size => size!.GetValue<int>()), node["data"]!.Deserialize<float[]>()!);
}
