using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>A Sequential model: its layers one after the other.</summary>
internal static class KerasSequential
{
    /// <summary>Reads it.</summary>
    public static ModelDescription Read(JsonElement model, JsonElement config, KerasVersion version, KerasWeights weights, KerasNetwork network)
    {
        // A list before Keras 2.2.3, an object since.
        IReadOnlyList<JsonElement> entries = config.ValueKind == JsonValueKind.Array
            ? [.. config.EnumerateArray()]
            : KerasJson.List(config, "layers") ?? throw new FormatException("Sequential: expected a list of layers, got none");
        KerasLayer[] layers = [.. entries.Select(entry => KerasLayer.Of(entry, version))];
        if (layers.Length == 0)
            throw new FormatException("Sequential: expected at least one layer, got none");
        KerasValue value = KerasModel.Input(InputShape(layers[0], config, model));
        KerasLayer[] computed = [.. layers.Where(layer => layer.Kind != "InputLayer")];
        foreach (KerasLayer layer in computed)
            KerasLayers.Check(layer);
        weights.Check(computed);
        foreach (KerasLayer layer in computed)
        {
            KerasModel.CheckType(layer, network);
            if (layer.Take("return_state") is { ValueKind: JsonValueKind.True })
                throw layer.Refuse("it returns its state, which a Sequential model gives to the next layer");
            value = KerasLayers.Apply(new KerasCall(layer, [value], new KerasTensors(layer.Name, weights.Of(layer)), network));
        }

        return network.Describe([value]);
    }

    private static JsonElement InputShape(KerasLayer first, JsonElement config, JsonElement model)
    {
        if (first.Take("batch_shape", "batch_input_shape") is { } shape)
            return shape;
        if (config.ValueKind == JsonValueKind.Object && config.TryGetProperty("build_input_shape", out JsonElement built) && built.ValueKind == JsonValueKind.Array)
            return built;
        if (model.TryGetProperty("build_config", out JsonElement build) && build.ValueKind == JsonValueKind.Object && build.TryGetProperty("input_shape", out built) && built.ValueKind == JsonValueKind.Array)
            return built;
        throw new FormatException("Sequential: expected the shape of the input, got none: the model was saved before it was built");
    }
}
