using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>What a layer of a functional model is called with.</summary>
/// <param name="Tensors">The tensors that it reads.</param>
/// <param name="Mask">The mask, where Keras 3 gives one; else it comes with the tensors.</param>
/// <param name="Number">A number beside the tensors, of an operation; null for none.</param>
internal sealed record KerasArguments(IReadOnlyList<KerasTensorName> Tensors, KerasTensorName? Mask, double? Number)
{
    // Lists within lists: no call that is read is deeper.
    private const int Deepest = 3;

    /// <summary>All that the call reads, in Keras's order.</summary>
    public IEnumerable<KerasTensorName> Reads => Mask is null ? Tensors : Tensors.Append(Mask);

    /// <summary>Reads a call.</summary>
    public static KerasArguments Of(KerasLayer layer, JsonElement call)
    {
        if (call.ValueKind == JsonValueKind.Object)
            return OfThree(layer, call);
        if (call.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{layer.Kind} {Text.Quote(layer.Name)}: expected inbound nodes, got {Text.Shorten(call.GetRawText())}");

        // [[layer, call, output, options], …], or one of them without its brackets.
        JsonElement[] tensors = [.. call.EnumerateArray()];
        if (tensors is [{ ValueKind: JsonValueKind.String }, ..])
            tensors = [call];
        foreach (JsonElement tensor in tensors.Where(tensor => tensor.ValueKind == JsonValueKind.Array && tensor.GetArrayLength() > 3))
            CheckOptions(layer, tensor[3]);
        return new([.. tensors.Select(tensor => Checked(layer, KerasTensorName.Of(tensor)))], null, null);
    }

    /// <summary>Keras 3: <c>{"args": [tensor, …], "kwargs": {"mask": tensor}}</c>.</summary>
    private static KerasArguments OfThree(KerasLayer layer, JsonElement call)
    {
        List<KerasTensorName> tensors = [];
        double? number = null;
        foreach (JsonElement argument in KerasJson.List(call, "args") ?? [])
        {
            if (argument.ValueKind == JsonValueKind.Number)
                number = number is null ? argument.GetDouble() : throw layer.Refuse("it is called with several numbers");
            else
                Collect(layer, argument, tensors, 0);
        }

        KerasTensorName? mask = null;
        if (call.TryGetProperty("kwargs", out JsonElement options) && options.ValueKind == JsonValueKind.Object && options.TryGetProperty("mask", out JsonElement given) && given.ValueKind == JsonValueKind.Object)
        {
            List<KerasTensorName> masks = [];
            Collect(layer, given, masks, 0);
            mask = masks[0];
        }

        CheckOptions(layer, options, besides: "mask");
        return new(tensors, mask, number);
    }

    private static void Collect(KerasLayer layer, JsonElement argument, List<KerasTensorName> tensors, int depth)
    {
        if (argument.ValueKind == JsonValueKind.Array && depth < Deepest)
        {
            foreach (JsonElement inner in argument.EnumerateArray())
                Collect(layer, inner, tensors, depth + 1);
            return;
        }

        if (argument.ValueKind != JsonValueKind.Object || KerasJson.Text(argument, "class_name") != "__keras_tensor__" || !argument.TryGetProperty("config", out JsonElement config)
            || config.ValueKind != JsonValueKind.Object || !config.TryGetProperty("keras_history", out JsonElement history))
            throw layer.Refuse($"it is called with {Text.Shorten(argument.GetRawText())}, expected tensors");
        tensors.Add(Checked(layer, KerasTensorName.Of(history)));
    }

    /// <summary>States and the like are further outputs.</summary>
    private static KerasTensorName Checked(KerasLayer layer, KerasTensorName name) =>
        name.Output == 0 ? name : throw layer.Refuse($"it reads {name}: a state that another layer returns, or another of several outputs");

    /// <summary>A call's options must change nothing: an initial state does.</summary>
    private static void CheckOptions(KerasLayer layer, JsonElement options, string besides = "")
    {
        if (options.ValueKind != JsonValueKind.Object)
            return;
        foreach (JsonProperty option in options.EnumerateObject())
        {
            if (option.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) && !(option.Name == besides && option.Value.ValueKind == JsonValueKind.Object))
                throw layer.Refuse($"it is called with the option {Text.Quote(option.Name)}, which has the value {Text.Shorten(option.Value.GetRawText())}");
        }
    }
}
