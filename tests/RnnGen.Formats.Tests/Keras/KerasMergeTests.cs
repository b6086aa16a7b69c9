using System.Text.Json.Nodes;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Layers that merge tensors, and the masks and outputs of graphs.</summary>
public sealed class KerasMergeTests
{
    private static readonly NamedTensor[] Rnn = [InMemory.Weight(1, 3, 2), InMemory.Weight(2, 2, 2), InMemory.Weight(3, 2)];

    [Theory]
    [InlineData(3, "keras.layers", "Add", "depends on the version")]
    [InlineData(3, "keras.layers", "Multiply", "depends on the version")]
    [InlineData(3, "keras.src.ops.numpy", "Add", null)]
    [InlineData(2, "keras.layers", "Add", null)]
    [InlineData(1, "keras.layers", "Add", null)]
    public void What_merges_masked_and_other_tensors_has_the_mask_of_its_version(int version, string module, string kind, string? reason)
    {
        // A layer behind the merge, beside one that sees the mask: it has to see it too.
        JsonObject graph = Graph(
            Layer("Masking", "mask", """{"mask_value": 0.0}""", "in"),
            Layer(kind, "merge", "{}", "mask", "in", module),
            Layer("SimpleRNN", "one", """{"units": 2, "activation": "tanh"}""", "merge"));
        ModelDescription Read(JsonObject of, params NamedTensor[][] weights) => InMemory.Read(version, of, weights);
        if (reason is not null)
            Assert.Contains(reason, Assert.Throws<UnsupportedLayerException>(() => Read(graph, [], [], Rnn)).Message, StringComparison.Ordinal);
        else
            Assert.NotEmpty(Read(graph, [], [], Rnn).Layers);
        graph["config"]!["layers"]!.AsArray().Add(Layer("SimpleRNN", "two", """{"units": 2, "activation": "tanh"}""", version == 3 ? "mask" : "in"));
        graph["config"]!["layers"]!.AsArray().Add(Layer("Add", "sum", "{}", "one", "two"));
        graph["config"]!["output_layers"] = JsonNode.Parse("""[["sum", 0, 0]]""");
        Assert.Contains(reason ?? "one mask for all", Assert.Throws<UnsupportedLayerException>(() => Read(graph, [], [], Rnn, Rnn, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_say_whether_the_mask_matters_and_two_masks_are_refused()
    {
        JsonObject graph = Graph(
            Layer("Masking", "mask", """{"mask_value": 0.0}""", "in"),
            Layer("Add", "merge", "{}", "mask", "in", module: "keras.src.ops.numpy"),
            Layer("SimpleRNN", "one", """{"units": 2, "activation": "tanh"}""", "merge"));
        Assert.Contains(InMemory.Read(3, graph, [], [], Rnn).Notes, note => note.EndsWith("give no mask.", StringComparison.Ordinal));
        graph = Graph(
            Layer("Masking", "mask", """{"mask_value": 0.0}""", "in"),
            Layer("Masking", "other", """{"mask_value": 2.0}""", "in"),
            Layer("Add", "merge", "{}", "mask", "other"),
            Layer("SimpleRNN", "one", """{"units": 2, "activation": "tanh"}""", "merge"));
        Assert.Contains("another layer those of 0", Assert.Throws<UnsupportedLayerException>(() => InMemory.Read(3, graph, [], [], [], Rnn)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_that_a_layer_is_called_with_is_not_that_of_what_follows()
    {
        JsonObject graph = Graph(
            Layer("NotEqual", "differs", "{}", "in", module: "keras.src.ops.numpy"),
            Layer("Any", "mask", """{"axis": -1, "keepdims": false}""", "differs", module: "keras.src.ops.numpy"),
            Layer("SimpleRNN", "one", """{"units": 3, "activation": "tanh", "return_sequences": true}""", "in"),
            Layer("SimpleRNN", "two", """{"units": 2, "activation": "tanh"}""", "one"));
        JsonArray layers = graph["config"]!["layers"]!.AsArray();
        layers[1]!["inbound_nodes"] = new JsonArray(new JsonObject { ["args"] = new JsonArray(Tensor("in"), 0.0), ["kwargs"] = new JsonObject() });
        layers[2]!["inbound_nodes"] = new JsonArray(new JsonObject { ["args"] = new JsonArray(Tensor("differs")), ["kwargs"] = new JsonObject() });
        layers[3]!["inbound_nodes"] = new JsonArray(new JsonObject { ["args"] = new JsonArray(Tensor("in")), ["kwargs"] = new JsonObject { ["mask"] = Tensor("mask") } });
        NamedTensor[] first = [InMemory.Weight(1, 3, 3), InMemory.Weight(2, 3, 3), InMemory.Weight(3, 3)];
        Assert.Contains("depends on the version", Assert.Throws<UnsupportedLayerException>(() => InMemory.Read(3, graph, [], [], first, Rnn)).Message, StringComparison.Ordinal);
        layers[4]!["inbound_nodes"] = new JsonArray(new JsonObject { ["args"] = new JsonArray(Tensor("one")), ["kwargs"] = new JsonObject { ["mask"] = Tensor("mask") } });
        Assert.Equal(3, InMemory.Read(3, graph, [], [], first, Rnn).Layers.Count);
    }

    [Theory]
    [InlineData("sum", "Add")]
    [InlineData("mul", "Multiply")]
    [InlineData("ave", "Add|Activation")]
    [InlineData("concat", "Concat")]
    public void A_merge_of_Keras_1_has_an_axis_in_every_mode(string mode, string layers)
    {
        JsonObject graph = Graph(
            Layer("Dense", "a", """{"output_dim": 3, "activation": "tanh"}""", "in"),
            Layer("Merge", "merge", $$"""{"mode": "{{mode}}", "concat_axis": -1, "dot_axes": -1, "output_shape": null, "output_shape_type": "raw", "mode_type": "raw", "arguments": {}, "output_mask": null, "output_mask_type": "raw"}""", "a", "in"));
        ModelDescription model = InMemory.Read(1, graph, [InMemory.Weight(1, 3, 3), InMemory.Weight(2, 3)], []);
        Assert.Equal("Dense|" + layers, string.Join("|", model.Layers.Select(layer => layer.Attribute.GetType().Name[..^"Attribute".Length])));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void Outputs_of_a_step_beside_outputs_of_a_sequence_are_refused(string first, string second)
    {
        JsonObject graph = Graph(
            Layer("SimpleRNN", "a", """{"units": 2, "activation": "tanh", "return_sequences": true}""", "in"),
            Layer("SimpleRNN", "b", """{"units": 2, "activation": "tanh"}""", "in"));
        graph["config"]!["output_layers"] = JsonNode.Parse($$"""[["{{first}}", 0, 0], ["{{second}}", 0, 0]]""");
        NamedTensor[][] weights = [Rnn, Rnn];
        Assert.Contains("one output per sequence, and \"a\" one per step", Assert.Throws<UnsupportedLayerException>(() => InMemory.Read(2, graph, weights)).Message, StringComparison.Ordinal);
    }

    /// <summary>A graph whose last layer is the output.</summary>
    private static JsonObject Graph(params JsonObject[] layers)
    {
        JsonObject input = JsonNode.Parse("""{"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, null, 3]}, "inbound_nodes": []}""")!.AsObject();
        var config = new JsonObject
        {
            ["layers"] = new JsonArray([input, .. layers]), ["input_layers"] = JsonNode.Parse("""[["in", 0, 0]]"""), ["output_layers"] = new JsonArray(new JsonArray(layers[^1]["name"]!.GetValue<string>(), 0, 0)),
        };
        return new JsonObject { ["class_name"] = "Functional", ["config"] = config };
    }

    private static JsonObject Layer(string kind, string name, string config, string reads, string? other = null, string module = "keras.layers")
    {
        JsonArray node = [new JsonArray(reads, 0, 0, new JsonObject())];
        if (other is not null)
            node.Add(new JsonArray(other, 0, 0, new JsonObject()));
        return new JsonObject { ["class_name"] = kind, ["module"] = module, ["name"] = name, ["config"] = JsonNode.Parse(config), ["inbound_nodes"] = new JsonArray(node) };
    }

    private static JsonObject Tensor(string layer) => new() { ["class_name"] = "__keras_tensor__", ["config"] = new JsonObject { ["keras_history"] = new JsonArray(layer, 0, 0) } };
}
