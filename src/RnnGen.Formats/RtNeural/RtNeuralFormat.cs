namespace RnnGen.Formats.RtNeural;

/// <summary>
/// RTNeural's JSON of Keras models: <c>in_shape</c>, and <c>layers</c> with type, activation, shape and weights, in Keras's layouts.
/// </summary>
internal sealed class RtNeuralFormat : ModelFormat
{
    /// <summary>The root's members: those that matter, and what people say about a model.</summary>
    public static IReadOnlyList<string> Members { get; } =
        ["in_shape", "layers", "metadata", "name", "author", "source", "style", "based", "dataset", "license", "esr", "samplerate", "sample_rate"];

    /// <inheritdoc/>
    public override string Name => "RTNeural JSON";

    internal override bool Recognizes(ModelFile file) => JsonFile.RootMembers(file) is var members && members.Contains("in_shape") && members.Contains("layers");

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        RefusePart(options);
        JsonValue root = JsonFile.Parse(file);
        root.AllowOnly([.. Members]);
        var builder = new ModelBuilder("RTNeural JSON", InputSize(root), options: options);
        new RtNeuralSequence(builder, new ExpansionBudget()).Read(root);
        return builder.Build();
    }

    /// <summary>Features of a time step.</summary>
    public static int InputSize(JsonValue root) => LastSize(root.Get("in_shape"), "in_shape", "input");

    /// <summary>The last dimension of a shape; those before it are the batch's and, where there are three, the sequence's.</summary>
    public static int LastSize(JsonValue shape, string layer, string operation) => Dimensions(shape, layer, operation)[^1].Integer(1);

    /// <summary>The dimension of time: null for a sequence of any length, or none.</summary>
    public static int? Steps(JsonValue shape, string layer, string operation) =>
        Dimensions(shape, layer, operation) is [_, { IsNull: false } steps, _] ? steps.Integer(1) : null;

    private static IReadOnlyList<JsonValue> Dimensions(JsonValue shape, string layer, string operation)
    {
        IReadOnlyList<JsonValue> sizes = shape.Items();
        if (sizes.Count is not (2 or 3))
            throw new UnsupportedLayerException(layer, operation, $"its shape has {sizes.Count} dimensions, expected batch, time and features");
        foreach (JsonValue size in sizes.SkipLast(1))
            if (!size.IsNull)
                size.Integer(1);
        return sizes;
    }
}
