namespace RnnGen.Formats.Guitar;

/// <summary>PyTorch's <c>state_dict</c> as a JSON object of arrays. What no layer takes is left over, and refused.</summary>
internal sealed class JsonStateDict
{
    private readonly JsonValue _json;
    private readonly Dictionary<string, JsonValue> _tensors;
    private readonly HashSet<string> _left;

    public JsonStateDict(JsonValue json)
    {
        _json = json;
        _tensors = json.Members().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        _left = [.. _tensors.Keys];
    }

    /// <summary>Whether there is a tensor of that name.</summary>
    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>A tensor that must have that shape.</summary>
    public float[] Take(string name, params ReadOnlySpan<int> shape)
    {
        _left.Remove(name);
        return Find(name).Singles(shape);
    }

    /// <summary>Says that no layer is left.</summary>
    /// <exception cref="FormatException">But tensors are.</exception>
    public void End()
    {
        if (_left.Count > 0)
            throw _json.Wrong($"expected no tensors beside those of the layers, got {Text.Shorten(string.Join(", ", _tensors.Keys.Where(_left.Contains)))}");
    }

    private JsonValue Find(string name) => _tensors.GetValueOrDefault(name) ?? throw _json.Wrong($"expected a tensor {Text.Quote(name)}, got none");
}
