using System.Text.Json;

namespace RnnGen.Formats.Dl4j;

/// <summary>
/// An object of a configuration with a class: <c>{"@class": "org.deeplearning4j.nn.conf.layers.LSTM", …}</c>, or <c>{"gravesLSTM": {…}}</c> as versions before
/// 1.0 wrote it. Whoever reads it asks for all options that it knows; <see cref="CheckRest"/> refuses the others.
/// </summary>
internal sealed class Dl4jObject
{
    private const int Deepest = 8;

    // What has to do with training, or with how arrays lie in memory. All of the classes' own fields, of all versions, that are not asked for.
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "@class", "layerName", "biasInit", "gainInit", "dist", "distRecurrent", "weightInit", "weightInitFn", "weightInitRecurrent", "weightInitFnRecurrent", "forgetGateBiasInit",
        "l1", "l2", "l1Bias", "l2Bias", "regularization", "regularizationBias", "iUpdater", "biasUpdater", "updater", "learningRate", "biasLearningRate", "learningRateSchedule",
        "momentum", "momentumSchedule", "rho", "rmsDecay", "epsilon", "adamMeanDecay", "adamVarDecay", "gradientNormalization", "gradientNormalizationThreshold", "constraints",
        "biasConstraints", "weightConstraints", "inputWeightConstraints", "recurrentConstraints", "lossFn", "lossFunction", "weightNoise", "helperAllowFallback",
        "cudnnAllowFallback", "rnnDataFormat", "dataFormat", "timeDistributedFormat", "outputDataFormat", "idropout", "dropOut", "inputLength", "inferInputLength", "pnorm",
        "maskArrayInputName", "outputVertex",
    };

    private readonly JsonElement _element;
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _depth;

    private Dl4jObject(JsonElement element, string kind, string name, int depth) => (_element, Kind, Name, _depth) = (element, kind, name, depth);

    /// <summary>Its class without packages: <c>LSTM</c>.</summary>
    public string Kind { get; }

    /// <summary>What it is called in the configuration.</summary>
    public string Name { get; }

    /// <summary>The object of an element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <param name="depth">In how many others it lies.</param>
    /// <exception cref="FormatException">It is not an object with a class.</exception>
    public static Dl4jObject Of(JsonElement element, string name, int depth = 0)
    {
        if (depth > Deepest)
            throw new FormatException($"{Text.Quote(name)}: expected layers at most {Deepest} deep in each other, got more");
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{Text.Quote(name)}: expected an object with a class, got {element.ValueKind}");
        if (element.TryGetProperty("@class", out JsonElement type))
        {
            string full = type.ValueKind == JsonValueKind.String ? type.GetString()! : throw new FormatException($"{Text.Quote(name)}: expected the name of a class, got {type.ValueKind}");
            return full.StartsWith("org.deeplearning4j.nn.", StringComparison.Ordinal) || full.StartsWith("org.nd4j.linalg.", StringComparison.Ordinal)
                ? new Dl4jObject(element, full[(full.LastIndexOfAny(['.', '$']) + 1)..], name, depth)
                : throw new UnsupportedLayerException(name, full, "it is not a class of Deeplearning4j");
        }

        JsonProperty[] only = [.. element.EnumerateObject().Take(2)];
        return only.Length == 1 && only[0].Value.ValueKind == JsonValueKind.Object
            ? new Dl4jObject(only[0].Value, only[0].Name, name, depth)
            : throw new FormatException($"{Text.Quote(name)}: expected an object with a class, got one without");
    }

    /// <summary>Its own name, where it has one.</summary>
    public string? LayerName => Find("layerName") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    /// <summary>An option; null where it is not there or null.</summary>
    public JsonElement? Find(string name)
    {
        _asked.Add(name);
        foreach (JsonProperty property in _element.EnumerateObject())
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value.ValueKind == JsonValueKind.Null ? null : property.Value;
        return null;
    }

    /// <summary>A size of at least 1.</summary>
    public int Size(string name) => Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int size) && size > 0
        ? size
        : throw new FormatException($"{Kind} {Text.Quote(Name)}: expected a number {name} of at least 1, got {Shown(name)}");

    /// <summary>A flag, or its default.</summary>
    public bool Flag(string name, bool unlessSet) => Find(name) switch
    {
        null => unlessSet,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new FormatException($"{Kind} {Text.Quote(Name)}: expected true or false as {name}, got {Shown(name)}"),
    };

    /// <summary>A number, or its default.</summary>
    public double Number(string name, double unlessSet) => Find(name) switch
    {
        null => unlessSet,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out double value) => value,
        _ => throw new FormatException($"{Kind} {Text.Quote(Name)}: expected a number {name}, got {Shown(name)}"),
    };

    /// <summary>A word, or its default.</summary>
    public string Word(string name, string unlessSet) => Find(name) switch
    {
        null => unlessSet,
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        _ => throw new FormatException($"{Kind} {Text.Quote(Name)}: expected a word {name}, got {Shown(name)}"),
    };

    /// <summary>An object with a class that is an option.</summary>
    public Dl4jObject Object(string name) => Find(name) is { } element
        ? Of(element, Name, _depth + 1)
        : throw new FormatException($"{Kind} {Text.Quote(Name)}: expected an object {name}, got none");

    /// <summary>Refuses options that no one asked for, unless they have to do with training alone, or do nothing.</summary>
    /// <exception cref="UnsupportedLayerException">There is one.</exception>
    public void CheckRest()
    {
        foreach (JsonProperty property in _element.EnumerateObject())
            if (!_asked.Contains(property.Name) && !Harmless.Contains(property.Name) && property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                throw Unsupported($"its option {Text.Quote(property.Name)} is not supported: {Text.Shorten(property.Value.GetRawText(), 60)}");
    }

    /// <summary>An exception that names it.</summary>
    public UnsupportedLayerException Unsupported(string reason) => new(Name, Kind, reason);

    private string Shown(string name) => Find(name) is { } value ? Text.Quote(value.GetRawText()) : "none";
}
