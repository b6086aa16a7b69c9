namespace RnnGen.Formats;

/// <summary>How layers are called.</summary>
internal static class LayerNames
{
    /// <summary>A layer's kind: its attribute's name without <c>Attribute</c>.</summary>
    public static string Kind(LayerAttribute layer)
    {
        string name = layer.GetType().Name;
        return name.EndsWith(nameof(Attribute), StringComparison.Ordinal) ? name[..^nameof(Attribute).Length] : name;
    }

    /// <summary>A layer's name: its own, or its kind and its place among all layers.</summary>
    public static string Of(LayerAttribute layer, int place) => layer.Name ?? $"{Kind(layer).ToLowerInvariant()}{place}";
}
