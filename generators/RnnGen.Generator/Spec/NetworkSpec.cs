using System.Globalization;

namespace RnnGen.Generator.Spec;

/// <summary>What the attributes on one class say: all that the generator caches. It holds no symbols, syntax or locations.</summary>
/// <param name="Namespace">The namespace as written in code (keywords escaped), empty for the global one.</param>
/// <param name="ContainingTypes">The types around the class, outermost first.</param>
/// <param name="ClassName">The class's name as written in code: <c>@class</c> keeps its @.</param>
/// <param name="TypeParameters">Of the class itself: <c>&lt;T&gt;</c>, or empty.</param>
/// <param name="HintName">Names the generated files; unique in the compilation, safe as a file name.</param>
/// <param name="InputSize">Features per time step; the number of classes where a step is one of them.</param>
/// <param name="OneHot">Whether a time step is a class.</param>
/// <param name="ResetsMasked">Whether states become 0 at masked steps.</param>
/// <param name="Training">Whether to generate what training needs.</param>
/// <param name="Layers">The layers in order.</param>
internal sealed record NetworkSpec(
    string Namespace,
    EquatableArray<ContainingType> ContainingTypes,
    string ClassName,
    string TypeParameters,
    string HintName,
    int InputSize,
    bool OneHot,
    bool ResetsMasked,
    bool Training,
    EquatableArray<LayerSpec> Layers)
{
    /// <summary>How inference keeps its weights, a member of <c>Precision</c>; null where it is not said.</summary>
    public string? Precision { get; init; }

    /// <summary>Whether inference computes sigmoid and tanh inside layers by shorter formulas.</summary>
    public bool FastActivations { get; init; }

    /// <summary>The file with the weights that are part of the assembly, as the project names it; null where none is given.</summary>
    public string? Weights { get; init; }

    /// <summary>Whether the user's part, or a base class of the user's, has a <c>ToString</c> of its own.</summary>
    public bool DescribesItself { get; init; }

    /// <summary>Whether the user has documented the class, so that an editor shows that.</summary>
    public bool HasSummary { get; init; }

    /// <summary>Whether all instruction sets must give the same bits.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Of <see cref="ShortNames"/>, those that mean something else where the class stands.</summary>
    public EquatableArray<string> TakenNames { get; init; }

    /// <summary>What the names of its functions for C begin with; null where it has none.</summary>
    public string? NativePrefix { get; init; }

    /// <summary>Whether layers say that they are outputs; otherwise the last one is.</summary>
    public bool NamesOutputs => Layers.Any(layer => layer.IsOutput);

    /// <summary>Whether what a layer gives is an output.</summary>
    public bool IsOutput(int layer) => NamesOutputs ? Layers[layer].IsOutput : layer == Layers.Count - 1;

    /// <summary>Floats per time step: its features, or its class.</summary>
    public int FrameSize => OneHot ? 1 : InputSize;
}

/// <summary>A type around the network's class: <c>partial class Outer&lt;T&gt;</c>.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">As written in code, with its type parameters.</param>
internal sealed record ContainingType(string Keyword, string Name);

/// <summary>One layer attribute.</summary>
/// <param name="Kind">The attribute's name without <c>Attribute</c>: <c>Lstm</c>.</param>
/// <param name="Name">The prefix of its parameters: <c>lstm0</c>, or the <c>Name</c> option.</param>
/// <param name="Options">
/// Its constructor arguments and named properties except <c>Name</c>, <c>From</c> and <c>IsOutput</c>, defaults of constructor parameters included, in a fixed order.
/// </param>
internal sealed record LayerSpec(string Kind, string Name, EquatableArray<LayerOption> Options)
{
    /// <summary>The equations of a cell of the user's; null for a layer that RnnGen ships.</summary>
    public CellSpec? Cell { get; init; }
    /// <summary>The names of what it reads, in order; none where that is the layer before it.</summary>
    public EquatableArray<string> From { get; init; }

    /// <summary>Whether what it gives is said to be an output of the network.</summary>
    public bool IsOutput { get; init; }

    /// <summary>The value of an option that holds a whole number, or the default where it is not given.</summary>
    public int Number(string option, int byDefault = 0) =>
        int.TryParse(Find(option), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : byDefault;

    /// <summary>The value of an option that holds an enumeration member's name, or the default where it is not given.</summary>
    public string Text(string option, string byDefault) => Find(option) ?? byDefault;

    /// <summary>The value of an option that holds a float; null where it is not given.</summary>
    public float? Real(string option) => float.TryParse(Find(option), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The value of an option that holds true or false, or the default where it is not given.</summary>
    public bool Flag(string option, bool byDefault = false) => Find(option) is { } value ? value == "true" : byDefault;

    /// <summary>Whether an option is given.</summary>
    public bool Has(string option) => Find(option) is not null;

    private string? Find(string option)
    {
        foreach (var candidate in Options)
            if (candidate.Name == option)
                return candidate.Value;
        return null;
    }
}

/// <summary>One argument of a layer attribute.</summary>
/// <param name="Name">The attribute's property: constructor parameter <c>units</c> becomes <c>Units</c>.</param>
/// <param name="Value">Invariant text: <c>64</c>, <c>true</c>, <c>Softmax</c> (an enumeration member), or a number of no member as itself.</param>
internal sealed record LayerOption(string Name, string Value);

/// <summary>A cell of the user's, as the attribute of a layer says.</summary>
/// <param name="Type">The attribute's class as generated code names it.</param>
/// <param name="Definition">The text of its equations.</param>
/// <param name="Types">The types of its options, by their names in <c>System</c>.</param>
/// <param name="Construction">Makes the attribute in generated code; null where the cell sets no first values.</param>
internal sealed record CellSpec(string Type, string Definition, EquatableArray<LayerOption> Types, string? Construction);
