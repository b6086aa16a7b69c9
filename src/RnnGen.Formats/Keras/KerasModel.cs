using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>A model's configuration and weights, whatever file they lie in, as a description.</summary>
internal static class KerasModel
{
    /// <summary>Reads a model.</summary>
    /// <param name="config">Its configuration: <c>{"class_name": "Sequential", "config": …}</c>.</param>
    /// <param name="version">The Keras that wrote it.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="source">The format, for display.</param>
    /// <param name="options">How it is read.</param>
    public static ModelDescription Read(JsonElement config, KerasVersion version, KerasWeights weights, string source, ImportOptions options)
    {
        string kind = KerasJson.Text(config, "class_name");
        if (!config.TryGetProperty("config", out JsonElement inner))
            throw new FormatException("model: expected a config, got none");
        if (options.Subgraph is not null)
            throw new FormatException("expected the whole model, got a part: Keras models are read as a whole");
        var network = new KerasNetwork($"{source}, Keras {version.Text}", options) { IsGraph = kind != "Sequential" };
        return kind switch
        {
            "Sequential" => KerasSequential.Read(config, inner, version, weights, network),
            "Model" or "Functional" => new KerasFunctional(inner, version, weights, network).Read(),
            _ => throw new UnsupportedLayerException(kind, "model", "it is a custom class, expected a Sequential or a functional model"),
        };
    }

    /// <summary>The input of a model by its shape <c>[batch, steps, features]</c> or <c>[batch, features]</c>.</summary>
    public static KerasValue Input(JsonElement shape)
    {
        if (shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() is not (2 or 3))
            throw new FormatException($"input: expected a shape [batch, steps, features] or [batch, features], got {Text.Shorten(shape.GetRawText())}");
        int?[] sizes = [.. shape.EnumerateArray().Skip(1).Select(Dimension)];
        return sizes switch
        {
            [var steps, { } features] => new KerasValue(KerasNode.Input(features), KerasRank.Steps, steps),
            [var features] => new KerasValue(KerasNode.Input(features ?? 0), KerasRank.Frame, null),
            _ => throw new FormatException($"input: expected a number of features, got {Text.Shorten(shape.GetRawText())}"),
        };
    }

    /// <summary>Says what a layer's type of numbers makes of an import.</summary>
    public static void CheckType(KerasLayer layer, KerasNetwork network)
    {
        if (layer.Take("dtype") is not { } type)
            return;
        string name = type.ValueKind == JsonValueKind.String ? type.GetString()!
            : KerasJson.Text(type, "class_name") is "DTypePolicy" or "Policy" && type.TryGetProperty("config", out JsonElement policy) ? KerasJson.Text(policy, "name")
            : throw layer.Refuse($"its dtype is {Text.Shorten(type.GetRawText())}, expected a floating-point type");
        if (layer.Kind is not ("InputLayer" or "Embedding") && name is "float16" or "bfloat16" or "mixed_float16" or "mixed_bfloat16" or "float64")
            network.Note($"{layer.Kind} {Text.Quote(layer.Name)} was computed in {name}; here it is in single precision.");
        else if (name is not "float32" && layer.Kind is not ("InputLayer" or "Embedding"))
            throw layer.Refuse($"its dtype is {Text.Quote(name)}, expected a floating-point type");
    }

    private static int? Dimension(JsonElement dimension) => dimension.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number when dimension.TryGetInt32(out int size) && size > 0 => size,
        _ => throw new FormatException($"input: expected dimensions of at least 1, got {Text.Shorten(dimension.GetRawText())}"),
    };
}
