using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>
/// A layer's configuration. Each option that is read is remembered; <see cref="Finish"/> refuses what is left unless it has nothing to do with inference:
/// a layer is understood as a whole or not at all.
/// </summary>
internal sealed class KerasLayer
{
    // What trains, names or schedules a layer.
    private static readonly HashSet<string> Harmless = new(
        ("name trainable dtype batch_input_shape batch_shape input_dtype seed implementation unroll consume_less init inner_init forget_bias_init unit_forget_bias dropout recurrent_dropout "
        + "dropout_W dropout_U stateful input_dim input_length weights noise_shape registered_name build_config W_learning_rate_multiplier b_learning_rate_multiplier sparse ragged optional "
        + "use_cudnn").Split(' '), StringComparer.Ordinal);

    // Operations that have no options, or whose options are read as such: a layer of the same name may have others.
    private static readonly string[] Operations = ["Add", "Subtract", "Multiply", "NotEqual", "Any", "Flip"];

    private static readonly string[] HarmlessEnds = ["_initializer", "_regularizer", "_constraint"];

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly JsonElement _config;

    /// <summary>A layer of a model.</summary>
    /// <param name="kind">Its class in Keras.</param>
    /// <param name="name">Its name; the configuration's where null.</param>
    /// <param name="config">Its options.</param>
    /// <param name="version">The Keras that wrote them.</param>
    public KerasLayer(string kind, string? name, JsonElement config, KerasVersion version)
    {
        if (config.ValueKind != JsonValueKind.Object)
            throw new FormatException($"layer {Text.Quote(name ?? kind)}: expected a configuration, got {config.ValueKind}");
        (Kind, Version, _config) = (kind, version, config);
        Name = name ?? (config.TryGetProperty("name", out JsonElement own) && own.ValueKind == JsonValueKind.String ? own.GetString()! : kind);
    }

    /// <summary>Its class in Keras.</summary>
    public string Kind { get; }

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    /// <summary>The Keras that wrote it.</summary>
    public KerasVersion Version { get; }

    /// <summary>Whether it is an operation on tensors of Keras 3, such as <c>a + b</c>, and no layer: no mask comes out of it.</summary>
    public bool IsOperation { get; private init; }

    /// <summary>For the generated class.</summary>
    public string Comment => $"Keras {Kind} \"{Text.Shorten(Name)}\"";

    /// <summary>Reads an entry <c>{"class_name": …, "config": …}</c>.</summary>
    public static KerasLayer Of(JsonElement entry, KerasVersion version, string? name = null)
    {
        string kind = KerasJson.Text(entry, "class_name");
        JsonElement config = entry.TryGetProperty("config", out JsonElement options) ? options : throw new FormatException($"layer of class {Text.Quote(kind)}: expected a config, got none");
        bool isOperation = entry.TryGetProperty("module", out JsonElement module) && module.ValueKind == JsonValueKind.String && module.GetString()!.Contains(".ops.", StringComparison.Ordinal);
        var layer = new KerasLayer(kind, name, config, version) { IsOperation = isOperation };
        if (module.ValueKind == JsonValueKind.String && !IsKeras(module.GetString()!))
            throw layer.Refuse($"it is of the module {Text.Quote(module.GetString()!)}, expected one of Keras's own layers");
        if (isOperation && !Operations.Contains(kind))
            throw layer.Refuse($"it is an operation, expected a layer or one of the operations {string.Join(", ", Operations)}");
        if (entry.TryGetProperty("registered_name", out JsonElement registered) && registered.ValueKind == JsonValueKind.String && registered.GetString()!.Contains('>'))
            throw layer.Refuse($"it is a custom class, registered as {Text.Quote(registered.GetString()!)}");
        return layer;
    }

    /// <summary>An option; null where it is absent or null. Of several names the first that is there.</summary>
    public JsonElement? Take(params ReadOnlySpan<string> names)
    {
        JsonElement? found = null;
        foreach (string name in names)
        {
            _read.Add(name);
            if (found is null && _config.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
                found = value;
        }

        return found;
    }

    /// <summary>Whether an option is there, be it null.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_config.TryGetProperty(name, out _))
                return true;
        }

        return false;
    }

    /// <summary>A whole number that must be there.</summary>
    public int Int(params ReadOnlySpan<string> names)
    {
        string name = names[0];
        JsonElement value = Take(names) ?? throw new FormatException($"{Kind} {Text.Quote(Name)}: expected an option {name}, got none");
        return Int(value, name);
    }

    /// <summary>A whole number, or one for each dimension where there is one: <c>3</c> or <c>[3]</c>.</summary>
    public int Int(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1)
            value = value[0];
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw new FormatException($"{Kind} {Text.Quote(Name)}: expected a whole number as {name}, got {Text.Shorten(value.GetRawText())}");
    }

    /// <summary>A whole number with a default.</summary>
    public int IntOr(int other, params ReadOnlySpan<string> names)
    {
        string name = names[0];
        return Take(names) is { } value ? Int(value, name) : other;
    }

    /// <summary>A switch with a default.</summary>
    public bool Bool(string name, bool other) => Take(name) is not { } value ? other : Bool(value, name);

    /// <summary>A number with a default.</summary>
    public double Number(double other, params ReadOnlySpan<string> names)
    {
        string name = names[0];
        if (Take(names) is not { } value)
            return other;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("config", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object && inner.TryGetProperty("value", out JsonElement wrapped))
            value = wrapped; // a number that numpy held
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"{Kind} {Text.Quote(Name)}: expected a number as {name}, got {Text.Shorten(value.GetRawText())}");
    }

    /// <summary>A text with a default.</summary>
    public string Word(string other, params ReadOnlySpan<string> names)
    {
        string name = names[0];
        if (Take(names) is not { } value)
            return other;
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"{Kind} {Text.Quote(Name)}: expected a text as {name}, got {Text.Shorten(value.GetRawText())}");
    }

    /// <summary>Refuses an option that has another value than the one that changes nothing.</summary>
    public void Only(string name, string neutral, params ReadOnlySpan<string> others)
    {
        if (Take(name) is not { } value || Shown(value) == neutral)
            return;
        foreach (string other in others)
        {
            if (Shown(value) == other)
                return;
        }

        throw Refuse($"its {name} is {Text.Shorten(value.GetRawText())}, expected {neutral}");
    }

    /// <summary>Refuses what was not read.</summary>
    public void Finish()
    {
        foreach (JsonProperty option in _config.EnumerateObject())
        {
            bool isKnown = _read.Contains(option.Name) || Harmless.Contains(option.Name) || HarmlessEnds.Any(end => option.Name.EndsWith(end, StringComparison.Ordinal));
            if (!isKnown && option.Value.ValueKind != JsonValueKind.Null)
                throw Refuse($"its option {Text.Quote(option.Name)} is not known, and has the value {Text.Shorten(option.Value.GetRawText())}");
        }
    }

    /// <summary>What to throw where the layer cannot be expressed.</summary>
    public UnsupportedLayerException Refuse(string reason) => new(Name, Kind, reason);

    private static bool IsKeras(string module) => module.Split('.')[0] is "keras" or "tf_keras" or "tensorflow" or "builtins";

    private static string Shown(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private bool Bool(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"{Kind} {Text.Quote(Name)}: expected true or false as {name}, got {Text.Shorten(value.GetRawText())}"),
    };
}
