using System.Text.Json.Nodes;

namespace RnnGen.Formats.Keras;

/// <summary>A layer as a <c>.keras</c> file has it.</summary>
/// <param name="Kind">Its class.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">What its constructor takes, without the name.</param>
/// <param name="Reads">The layers that it reads; none for the model's input.</param>
/// <param name="Size">Features that it gives.</param>
/// <param name="IsOnce">Whether it gives one vector per sequence.</param>
/// <param name="Weights">Its weights below its own group: <c>cell/vars/0</c>.</param>
internal sealed record KerasEntry(
    string Kind, string Name, JsonObject Options, IReadOnlyList<KerasEntry> Reads, int Size, bool IsOnce, params IReadOnlyList<(string Path, int[] Shape, float[] Values)> Weights)
{
    private const string Operation = "Flip";

    // Layers whose call takes a list of tensors, and not a tensor.
    private static readonly string[] Merges = ["Add", "Multiply", "Concatenate"];

    /// <summary>The entry of <c>config.json</c>.</summary>
    public JsonObject ToJson()
    {
        var config = new JsonObject { ["name"] = Name };
        if (Kind != Operation)
            config["dtype"] = "float32";
        if (Kind is not (Operation or "InputLayer"))
            config["trainable"] = true;
        foreach ((string option, JsonNode? value) in Options)
            config[option] = value?.DeepClone();
        var nodes = new JsonArray();
        if (Reads.Count > 0)
        {
            JsonArray tensors = [.. Reads.Select(read => (JsonNode)read.Tensor())];
            nodes.Add(new JsonObject { ["args"] = Merges.Contains(Kind) ? new JsonArray(tensors) : tensors, ["kwargs"] = new JsonObject() });
        }

        return new JsonObject
        {
            ["module"] = Kind == Operation ? "keras.src.ops.numpy" : "keras.layers",
            ["class_name"] = Kind,
            ["config"] = config,
            ["registered_name"] = Kind == Operation ? Kind : null,
            ["name"] = Name,
            ["inbound_nodes"] = nodes,
        };
    }

    /// <summary>What it gives, as a reference.</summary>
    public JsonArray Reference() => [Name, 0, 0];

    private JsonObject Tensor() => new()
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject { ["shape"] = IsOnce ? new JsonArray(null, Size) : new JsonArray(null, null, Size), ["dtype"] = "float32", ["keras_history"] = Reference() },
    };
}
