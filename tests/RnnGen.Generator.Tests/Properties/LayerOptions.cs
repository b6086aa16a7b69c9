using System.Reflection;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Tests.Properties;

/// <summary>Something that an attribute may say beside sizes, as it is written: <c>Peephole = true</c>, or a few properties that belong together.</summary>
/// <param name="Text">The attribute's arguments.</param>
internal sealed record LayerOption(string Text)
{
    /// <summary>The properties that it sets, or whose options leave it without an effect: another option may not set them too.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [.. Text.Split(", ").Select(argument => argument.Split(" = ")[0])];

    public override string ToString() => Text;
}

/// <summary>All options of all layers.</summary>
internal static class LayerOptions
{
    /// <summary>The kinds of recurrent layers: all that the catalogue has.</summary>
    public static readonly IReadOnlyList<string> Cells =
        [.. LayerCatalogue.Default.Names.Where(name => LayerCatalogue.Default.Find(name)!.Role == LayerRole.Recurrent)];

    /// <summary>The ways in which a recurrent layer may go through time.</summary>
    public static readonly IReadOnlyList<LayerOption> Directions =
    [
        new(""),
        new("Direction = Direction.Reverse"),
        new("Direction = Direction.Bidirectional"),
        new("Direction = Direction.Bidirectional, Merge = Merge.Sum"),
        new("Direction = Direction.Bidirectional, Merge = Merge.Average"),
        new("Direction = Direction.Bidirectional, Merge = Merge.Multiply"),
    ];

    /// <summary>What may stand behind the last recurrent layer, by the manner in which a network ends; # is a size, @ an activation.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<LayerOption>> Ends =
    [
        [new(""), new("[Dropout(0.5f)] [Dense(#, @)]")],
        [new("[LastStep] [Dense(#, Activation.Softmax)]"), new("[Dense(#, @)] [LastStep]")],
        [new("[MeanPool] [Dense(#, @)]"), new("[MaxPool] [Dense(#, @)]")],
        [new("[Dense(#, @)] [Skip]")],
    ];

    /// <summary>What may stand between two recurrent layers.</summary>
    public static readonly IReadOnlyList<LayerOption> Between = [new(""), new("[Dropout(0.5f)]")];

    /// <summary>A recurrent layer takes classes.</summary>
    public static readonly LayerOption OfClasses = new("[Network(OneHot = #)]");

    /// <summary>What a network of frames may have before its first recurrent layer.</summary>
    public static readonly IReadOnlyList<LayerOption> HeadsOfFrames =
    [
        new("[Network(#)]"),
        new("[Network(#)] [Dense(#, @)]"),
        new("[Network(#)] [Dense(#, @, Bias = false)]"),
        new("[Network(#)] [Conv1D(#, 3, @, Dilation = 2)]"),
        new("[Network(#)] [Conv1D(#, 2, Bias = false)]"),
        new("[Network(#)] [Conv1D(#, 1, @)]"),
        new("[Network(#)] [Conv1D(#, 3, @, Padding = ConvPadding.Same)]"),
        new("[Network(#)] [Conv1D(#, 4, @, Padding = ConvPadding.Same, Dilation = 2)]"),
    ];

    /// <summary>What any network may have there; a convolution takes no classes.</summary>
    public static readonly IReadOnlyList<LayerOption> Heads =
    [
        .. HeadsOfFrames,
        OfClasses,
        new($"{OfClasses} [Dense(#, @)]"),
        new($"{OfClasses} [Dense(#, @, Bias = false)]"),
        new($"{OfClasses} [Embedding(#)]"),
    ];

    /// <summary>Activations, some with their α and β; <c>Softmax</c> is for the last layer.</summary>
    private static readonly string[] Activations =
    [
        "Linear", "Relu", "Tanh", "Sigmoid", "LeakyRelu Alpha", "Elu", "Softplus", "Softsign", "HardSigmoid Alpha Beta", "HardSigmoidOnnx", "Affine Alpha Beta", "Gelu",
        "Swish",
    ];

    /// <summary>The same for a candidate, where those have an α or β that have none elsewhere.</summary>
    private static readonly string[] CandidateActivations =
    [
        "Linear", "Relu", "Tanh", "Sigmoid", "LeakyRelu", "Elu Alpha", "Softplus", "Softsign", "HardSigmoid", "HardSigmoidOnnx Alpha Beta", "Affine", "Gelu", "Swish",
    ];

    /// <summary>Values that say more than a half does, of options that are floats.</summary>
    private static readonly Dictionary<string, string> Floats = new() { ["Clip"] = "0.6f", ["CellClip"] = "0.4f", ["ForgetBias"] = "1f" };

    /// <summary>Options that have no effect beside some others, which are not drawn together then.</summary>
    private static readonly Dictionary<string, string[]> Beside = new() { ["ForgetBias"] = ["Bias", "CoupledGates"] };

    /// <summary>The options of a kind of recurrent layer, but for directions: every property of its attribute that can be set.</summary>
    public static IReadOnlyList<LayerOption> Of(string cell) =>
    [
        .. AttributeOf(cell).GetProperties()
            .Where(property => property.SetMethod is not null && property.Name is not (nameof(LayerAttribute.Name) or nameof(LayerAttribute.From) or nameof(LayerAttribute.IsOutput) or "Direction" or "Merge"))
            .OrderBy(property => property.DeclaringType == AttributeOf(cell)).ThenBy(property => property.MetadataToken) // a seed draws the same everywhere
            .SelectMany(property => Of(cell, property)),
    ];

    private static Type AttributeOf(string cell) => Type.GetType($"RnnGen.{cell}Attribute, RnnGen", throwOnError: true)!;

    private static IEnumerable<LayerOption> Of(string cell, PropertyInfo property)
    {
        string name = property.Name;
        if (property.PropertyType == typeof(Activation))
            return Activated(name);
        if (name.EndsWith("Alpha", StringComparison.Ordinal) || name.EndsWith("Beta", StringComparison.Ordinal))
            return []; // those come with the activation that has them
        IEnumerable<string> values = property.PropertyType switch
        {
            _ when property.PropertyType == typeof(bool) => [IsOn(cell, name) ? "false" : "true"],
            _ when property.PropertyType == typeof(int) => ["5"],
            _ when property.PropertyType == typeof(float) => [Floats.GetValueOrDefault(name, "0.5f")],
            { IsEnum: true } => Enum.GetNames(property.PropertyType).Where(value => value != DefaultOf(cell, name)).Select(value => $"{property.PropertyType.Name}.{value}"),
            _ => throw new NotSupportedException($"{cell}.{name} is of a type that no value is known of"),
        };
        return values.Select(value => new LayerOption($"{name} = {value}") { Properties = [name, .. Beside.GetValueOrDefault(name, [])] });
    }

    private static bool IsOn(string cell, string option) => DefaultOf(cell, option) == "true";

    private static string? DefaultOf(string cell, string option) => LayerCatalogue.Default.Find(cell)!.Defaults.FirstOrDefault(candidate => candidate.Name == option)?.Value;

    /// <summary>The activations of a dense layer or a convolution, as arguments.</summary>
    public static IReadOnlyList<LayerOption> OfDense { get; } = [.. Activated("Activation").Select(option => new LayerOption(Positional(option.Text)))];

    /// <summary>α is <c>GateAlpha</c> for <c>GateActivation</c>, and <c>ActivationAlpha</c> for <c>Activation</c>.</summary>
    private static IEnumerable<LayerOption> Activated(string property)
    {
        string prefix = property == "Activation" ? property : property[..^"Activation".Length];
        return (prefix == "Candidate" ? CandidateActivations : Activations).Select(activation =>
        {
            var words = activation.Split(' ');
            return new LayerOption(
                $"{property} = Activation.{words[0]}" + string.Concat(words.Skip(1).Select(word => $", {prefix}{word} = {(word == "Alpha" ? "0.3f" : "0.4f")}")));
        });
    }

    private static string Positional(string text) => text["Activation = ".Length..];
}
