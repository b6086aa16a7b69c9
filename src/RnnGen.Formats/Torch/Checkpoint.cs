namespace RnnGen.Formats.Torch;

/// <summary>Finds the state dict in what was saved: the object itself, or a dictionary within it under one of the usual names.</summary>
internal static class Checkpoint
{
    // {"model": {"state_dict": {…}}} and a little more.
    private const int Deepest = 4;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "state_dict", "model_state_dict", "model_state", "model", "net", "net_state_dict", "network", "module", "weights", "params",
    };

    /// <summary>The tensors of the state dict by their names, in the order of the file; and where it lies, for display.</summary>
    /// <exception cref="FormatException">There is none, or there are several.</exception>
    public static (string Place, IReadOnlyList<(string Name, TorchTensor Tensor)> Tensors) Find(object? saved)
    {
        string place = "";
        for (int depth = 0; depth < Deepest; depth++)
        {
            if (saved is not PickleDictionary dictionary)
                throw new FormatException($"expected a state dict (tensors by name), got {Kind(saved)}; save one: torch.save(model.state_dict(), path)");
            if (dictionary.Keys.Any(key => dictionary[key] is TorchTensor))
                return (place, [.. Tensors(dictionary)]);
            string[] inner = [.. dictionary.Keys.Where(key => Names.Contains(key) && dictionary[key] is PickleDictionary { Keys.Count: > 0 })];
            if (inner.Length != 1)
                throw new FormatException(
                    $"expected tensors by name, or one dictionary of them ({string.Join(", ", Names.Take(4))}, …), got {Text.Quote(string.Join(", ", dictionary.Keys))}" +
                    $"{(inner.Length > 1 ? $" with {inner.Length} of those" : "")}; save a state dict alone: torch.save(model.state_dict(), path)");
            place = place.Length == 0 ? inner[0] : $"{place}.{inner[0]}";
            saved = dictionary[inner[0]];
        }

        throw new FormatException($"expected a state dict at most {Deepest} dictionaries deep, got none");
    }

    private static IEnumerable<(string Name, TorchTensor Tensor)> Tensors(PickleDictionary dictionary)
    {
        foreach (string key in dictionary.Keys)
            yield return dictionary[key] is TorchTensor tensor ? (key, tensor) : throw new FormatException($"expected a tensor {Text.Quote(key)}, got {Kind(dictionary[key])}");
    }

    private static string Kind(object? value) => value switch
    {
        null => "None",
        TorchTensor => "one tensor",
        List<object?> => "a list",
        PickleTuple => "a tuple",
        PickleDictionary => "a dictionary",
        PickleGlobal global => Text.Quote(global.Name),
        PickleOpaque opaque => opaque.Kind,
        string => "a text",
        _ => "a number",
    };
}
