namespace RnnGen.Formats;

/// <summary>
/// A network between two formats: RnnGen's own layers, the values of all parameters, and what the file says beside them. Readers make one, writers take one;
/// neither knows another format. <see cref="ModelBuilder"/> makes it and checks it.
/// </summary>
public sealed class ModelDescription
{
    internal ModelDescription(string source, int inputSize, bool isOneHot, MaskedState maskedState, IReadOnlyList<ModelLayer> layers)
    {
        (Source, InputSize, IsOneHot, MaskedState, Layers) = (source, inputSize, isOneHot, maskedState, layers);
        Tensors = [.. layers.SelectMany(layer => layer.Tensors)];
    }

    /// <summary>The format and its version as the file states it, for display: <c>Keras 2.4.0 (HDF5)</c>.</summary>
    public string Source { get; }

    /// <summary>The network's name for formats that hold one: what functions in C begin with. Set it before a file is written.</summary>
    public string Name { get; set; } = "network";

    /// <summary>Features of a time step; classes where a step is one of them.</summary>
    public int InputSize { get; }

    /// <summary>Whether a time step is a class.</summary>
    public bool IsOneHot { get; }

    /// <summary>What masked steps do to states.</summary>
    public MaskedState MaskedState { get; }

    /// <summary>The layers in the order of the class's attributes.</summary>
    public IReadOnlyList<ModelLayer> Layers { get; }

    /// <summary>Values of one output: of all output layers together.</summary>
    public int OutputSize => Outputs.Sum(layer => layer.OutputSize);

    /// <summary>Whether there is one output per sequence rather than one per step.</summary>
    public bool IsPerSequence => Outputs.All(layer => layer.IsPerSequence);

    /// <summary>The layers whose values are the outputs, in this order.</summary>
    public IReadOnlyList<ModelLayer> Outputs => Layers.Any(layer => layer.Attribute.IsOutput) ? [.. Layers.Where(layer => layer.Attribute.IsOutput)] : [Layers[^1]];

    /// <summary>All parameters under the names that the network has for them (<c>lstm0.weight_ih</c>), in RnnGen's shapes and gate orders.</summary>
    public IReadOnlyList<NamedTensor> Tensors { get; }

    /// <summary>What a user of the file has to know: constants that were folded, parts that were left out because inference has no use for them.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>What may make the import differ from what its author means.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>Inputs and outputs that the file holds.</summary>
    public IReadOnlyList<Recording> Recordings { get; internal init; } = [];

    /// <summary>Whether [LastStep] after a layer keeps what it would keep right after the layer before: of a dropout that it alone reads, for such a dropout is moved behind it.</summary>
    internal bool IsSeenThrough(ModelLayer layer)
    {
        int place = Enumerable.Range(0, Layers.Count).First(at => ReferenceEquals(Layers[at], layer));
        return layer is { Attribute: DropoutAttribute, Sources.Count: 1 } && Layers.Sum(other => other.Sources.Count(source => source == place)) == 1 && !Outputs.Any(output => ReferenceEquals(output, layer));
    }

    /// <summary>The same network with more inputs and outputs.</summary>
    /// <exception cref="FormatException">One of them is of another size.</exception>
    internal ModelDescription WithRecordings(IReadOnlyList<Recording> recordings)
    {
        foreach (Recording recording in recordings)
            ModelBuilder.Check(recording, this);
        return new ModelDescription(Source, InputSize, IsOneHot, MaskedState, Layers) { Name = Name, Notes = Notes, Warnings = Warnings, Recordings = [.. Recordings, .. recordings] };
    }
}
