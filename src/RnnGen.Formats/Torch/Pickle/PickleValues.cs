namespace RnnGen.Formats.Torch;

/// <summary>A class or function that a pickle names. It is only a name here.</summary>
/// <param name="Name">With its module: <c>torch._utils._rebuild_tensor_v2</c>.</param>
internal sealed record PickleGlobal(string Name);

/// <summary>A tuple.</summary>
internal sealed record PickleTuple(IReadOnlyList<object?> Items);

/// <summary>A dictionary. Those of its keys that are texts are kept, with their values, in order; no one asks for others.</summary>
internal sealed class PickleDictionary
{
    // A long key that is remembered and set again and again would take its length each time.
    private const int LongestKey = 1000;

    private readonly List<string> _keys = [];
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>The keys that are texts, in the order of the file.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>The value of a key; null where there is none.</summary>
    public object? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Sets a key's value.</summary>
    public void Set(object? key, object? value)
    {
        if (key is not string text)
            return;
        if (text.Length > LongestKey)
            throw new FormatException($"expected keys of at most {LongestKey} characters, got one of {text.Length}");
        if (_values.TryAdd(text, value))
            _keys.Add(text);
        else
            _values[text] = value;
    }
}

/// <summary>Something that is not a tensor and no dictionary and that no one asks for: a device, a set, a layout.</summary>
internal sealed record PickleOpaque(string Kind);
