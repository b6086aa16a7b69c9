namespace RnnGen.Formats;

/// <summary>Makes a <see cref="ModelDescription"/> layer by layer. What a reader gets wrong, or a file claims wrongly, ends here: nothing is trusted that does not fit.</summary>
public sealed class ModelBuilder
{
    /// <summary>The name of the network's input in <see cref="LayerAttribute.From"/>.</summary>
    public const string Input = "input";

    private readonly string _source;
    private readonly ImportOptions _options;
    private readonly List<ModelLayer> _layers = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal) { [Input] = -1 };
    private readonly Dictionary<string, string> _likenesses = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [], _warnings = [];
    private readonly List<Recording> _recordings = [];

    /// <summary>Begins a network.</summary>
    /// <param name="source">The format and its version, for display.</param>
    /// <param name="inputSize">Features of a time step, or classes.</param>
    /// <param name="isOneHot">Whether a time step is a class.</param>
    /// <param name="options">How the file is read; null for <see cref="ImportOptions.Default"/>.</param>
    /// <exception cref="FormatException">The size is less than 1.</exception>
    public ModelBuilder(string source, int inputSize, bool isOneHot = false, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (inputSize < 1)
            throw new FormatException($"input: expected at least 1 {(isOneHot ? "class" : "feature")}, got {inputSize}");
        (_source, InputSize, IsOneHot, _options) = (source, inputSize, isOneHot, options ?? ImportOptions.Default);
    }

    /// <summary>Features of a time step, or classes.</summary>
    public int InputSize { get; }

    /// <summary>Whether a time step is a class.</summary>
    public bool IsOneHot { get; }

    /// <summary>What masked steps do to states.</summary>
    public MaskedState MaskedState { get; set; }

    /// <summary>The layers so far.</summary>
    public IReadOnlyList<ModelLayer> Layers => _layers;

    /// <summary>Values that the last layer gives, or the input's while there is no layer.</summary>
    public int Size => SizeOf(_layers.Count - 1);

    /// <summary>Whether the last layer gives one vector per sequence.</summary>
    public bool IsPerSequence => _layers.Count > 0 && _layers[^1].IsPerSequence;

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer, with the sources that <see cref="LayerAttribute.From"/> names.</param>
    /// <param name="comment">Where it comes from: <c>Keras layer "lstm_1"</c>; null for nothing.</param>
    /// <param name="parameters">Its parameters by their names without the layer's, in RnnGen's shapes and gate orders: all that it has, no other.</param>
    /// <returns>The layer, whose name others may read from.</returns>
    /// <exception cref="FormatException">A parameter is missing, is too many, has another size or is not finite; or a source does not exist.</exception>
    public ModelLayer Add(LayerAttribute layer, string? comment = null, params IReadOnlyList<(string Parameter, float[] Values)> parameters)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(parameters);
        string name = LayerNames.Of(layer, _layers.Count);
        if (_places.ContainsKey(name))
            throw new FormatException($"layer {Text.Quote(name)}: another layer has that name");
        LayerNames.Check(name);
        if (_likenesses.TryGetValue(LayerNames.Likeness(name), out string? twin))
            throw new FormatException($"layer {Text.Quote(name)}: expected a name that differs from the layer {Text.Quote(twin)} in a letter or a digit");
        OptionValues.Check(name, layer);
        int[] sources = [.. layer.From?.Select(source => Place(name, source)) ?? [_layers.Count - 1]];
        if (sources.Length == 0)
            throw new FormatException($"layer {Text.Quote(name)}: expected at least one source, got none");
        int[] sizes = [.. sources.Select(SizeOf)];
        if (layer is AddAttribute or MultiplyAttribute && sizes.Distinct().Count() > 1)
            throw new FormatException($"layer {Text.Quote(name)}: expected sources of one size, got {Text.Shape(sizes)}");
        int inputSize = checked(sizes.Sum()), outputSize = LayerShapes.OutputSize(layer, sizes);
        if (outputSize < 1)
            throw new FormatException($"layer {Text.Quote(name)}: expected at least 1 unit, got {outputSize}");
        if (sources.Select(source => source >= 0 && _layers[source].IsPerSequence).Distinct().Count() > 1)
            throw new FormatException($"layer {Text.Quote(name)}: expected sources with a value at each step or sources with one per sequence, got both");
        bool perSequence = layer is LastStepAttribute or MeanPoolAttribute or MaxPoolAttribute || sources.Any(source => source >= 0 && _layers[source].IsPerSequence);
        _layers.Add(new ModelLayer(name, layer, sources, inputSize, outputSize, perSequence, [.. Tensors(name, layer, inputSize, parameters)], comment));
        _places.Add(name, _layers.Count - 1);
        _likenesses.Add(LayerNames.Likeness(name), name);
        return _layers[^1];
    }

    /// <summary>Adds a sentence to <see cref="ModelDescription.Notes"/>.</summary>
    public void Note(string sentence) => _notes.Add(sentence);

    /// <summary>Adds a sentence to <see cref="ModelDescription.Warnings"/>.</summary>
    public void Warn(string sentence) => _warnings.Add(sentence);

    /// <summary>Adds an input and its output.</summary>
    public void Record(Recording recording) => _recordings.Add(recording);

    /// <summary>Ends the network.</summary>
    /// <exception cref="FormatException">It has no layer, outputs of a step beside outputs of a sequence, or a recording of another size.</exception>
    public ModelDescription Build()
    {
        if (_layers.Count == 0)
            throw new FormatException("expected at least one layer, got none");
        var model = new ModelDescription(_source, InputSize, IsOneHot, MaskedState, [.. _layers]) { Notes = [.. _notes], Warnings = [.. _warnings], Recordings = [.. _recordings] };
        if (model.Outputs.Select(output => output.IsPerSequence).Distinct().Count() > 1)
            throw new FormatException("outputs: expected all of them at each step or all of them once per sequence, got both");
        foreach (Recording recording in _recordings)
            Check(recording, model);
        return model;
    }

    /// <summary>Whether a recording is of a network's sizes.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    internal static void Check(Recording recording, ModelDescription model)
    {
        int frame = model.IsOneHot ? 1 : model.InputSize;
        int steps = recording.Input.Length / frame;
        int outputs = model.IsPerSequence ? model.OutputSize : steps * model.OutputSize;
        if (steps * frame != recording.Input.Length || steps == 0)
            throw new FormatException($"recording {Text.Quote(recording.Name)}: expected a whole number of frames of {frame} values, got {recording.Input.Length} values");
        if (outputs != recording.Output.Length)
            throw new FormatException($"recording {Text.Quote(recording.Name)}: expected {outputs} outputs for {steps} steps, got {recording.Output.Length}");
        if (recording.Mask is { } mask && mask.Length != steps)
            throw new FormatException($"recording {Text.Quote(recording.Name)}: expected a mask of {steps} steps, got {mask.Length}");
    }

    private IEnumerable<NamedTensor> Tensors(string name, LayerAttribute layer, int inputSize, IReadOnlyList<(string Parameter, float[] Values)> given)
    {
        IReadOnlyList<(string Parameter, int[] Shape)> expected = LayerShapes.Parameters(layer, inputSize) ?? [.. given.Select(parameter => (parameter.Parameter, new[] { parameter.Values.Length }))];
        if (given.FirstOrDefault(parameter => expected.All(other => other.Parameter != parameter.Parameter)) is { Parameter: { } surplus })
            throw new FormatException($"layer {Text.Quote(name)}: expected the parameters {string.Join(", ", expected.Select(parameter => parameter.Parameter))}, got {surplus}");
        foreach ((string parameter, int[] shape) in expected)
        {
            float[] values = given.FirstOrDefault(other => other.Parameter == parameter).Values
                ?? throw new FormatException($"layer {Text.Quote(name)}: expected a parameter {parameter} {Text.Shape(shape)}, got none");
            if (shape.Aggregate(1L, (count, dimension) => count * dimension) != values.Length)
                throw new FormatException($"layer {Text.Quote(name)}: expected {parameter} {Text.Shape(shape)}, got {values.Length} values");
            if (!_options.AllowNonfinite && Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var at)
                throw new FormatException($"layer {Text.Quote(name)}: expected finite weights, got {values[at]} in {parameter} at {at}");
            yield return new NamedTensor($"{name}.{parameter}", shape, values);
        }
    }

    private int SizeOf(int layer) => layer < 0 ? InputSize : _layers[layer].OutputSize;

    private int Place(string layer, string source) => _places.TryGetValue(source, out int place)
        ? place
        : throw new FormatException($"layer {Text.Quote(layer)}: expected a source among {Text.Shorten(string.Join(", ", _places.Keys))}, got {Text.Quote(source)}");
}
