namespace RnnGen.Formats;

/// <summary>How layers are called.</summary>
internal static class LayerNames
{
    /// <summary>Characters in a layer's name at most.</summary>
    public const int MaxLength = 64;

    /// <summary>A layer's kind: its attribute's name without <c>Attribute</c>.</summary>
    public static string Kind(LayerAttribute layer)
    {
        string name = layer.GetType().Name;
        return name.EndsWith(nameof(Attribute), StringComparison.Ordinal) ? name[..^nameof(Attribute).Length] : name;
    }

    /// <summary>Refuses a name that no network takes (RNN's rules for <see cref="LayerAttribute.Name"/>): it goes into files and generated code.</summary>
    /// <exception cref="FormatException">It has other characters than ASCII letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, or is too long.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > MaxLength || !name.Any(char.IsAsciiLetterOrDigit) || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-'))
            throw new FormatException($"layer {Text.Quote(name)}: expected a name of at most {MaxLength} letters, digits, _, . and -");
    }

    /// <summary>What is left of a name in an identifier: of two layers, these differ.</summary>
    public static string Likeness(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>A layer's name: its own, or its kind and its place among all layers.</summary>
    public static string Of(LayerAttribute layer, int place) => layer.Name ?? $"{Kind(layer).ToLowerInvariant()}{place}";
}
