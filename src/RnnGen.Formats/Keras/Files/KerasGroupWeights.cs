namespace RnnGen.Formats.Keras;

/// <summary>Weights of an <c>.h5</c> file: a group for each layer, whose attribute names its datasets in order.</summary>
internal sealed class KerasGroupWeights : KerasWeights
{
    private readonly Dictionary<string, IReadOnlyList<NamedTensor>> _layers = new(StringComparer.Ordinal);

    /// <summary>Reads the weights below a group.</summary>
    /// <param name="file">The file.</param>
    /// <param name="root">The group.</param>
    public KerasGroupWeights(Hdf5File file, string root)
    {
        Names = file.Texts(root, "layer_names") ?? throw new FormatException($"{root}: expected an attribute layer_names, got none");
        foreach (string layer in Names)
        {
            string group = root == "/" ? "/" + layer : $"{root}/{layer}";
            IReadOnlyList<string> weights = file.Texts(group, "weight_names") ?? throw new FormatException($"{Text.Shorten(group)}: expected an attribute weight_names, got none");
            if (!_layers.TryAdd(layer, KerasOneWeights.Joined([.. weights.Select(weight => file.Tensor($"{group}/{weight}"))])))
                throw new FormatException($"{root}: expected each layer once in layer_names, got {Text.Quote(layer)} twice");
        }
    }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The weights of a layer by its name.</summary>
    public IReadOnlyList<NamedTensor> Of(string layer) => _layers.TryGetValue(layer, out IReadOnlyList<NamedTensor>? tensors) ? tensors : [];

    public override IReadOnlyList<NamedTensor> Of(KerasLayer layer) => Of(layer.Name);

    public override void Check(IReadOnlyList<KerasLayer> layers)
    {
        var known = layers.Select(layer => layer.Name).ToHashSet(StringComparer.Ordinal);
        if (_layers.FirstOrDefault(layer => layer.Value.Count > 0 && !known.Contains(layer.Key)) is { Key: { } surplus })
            throw new FormatException($"expected weights of the layers {Text.Shorten(string.Join(", ", known), 300)}, got some of {Text.Quote(surplus)}");
    }
}
