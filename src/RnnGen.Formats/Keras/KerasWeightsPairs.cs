namespace RnnGen.Formats.Keras;

/// <summary>Which of a file's layers are which of a network's.</summary>
/// <param name="model">The network.</param>
/// <param name="file">The file's name, for messages.</param>
internal sealed class KerasWeightsPairs(ModelDescription model, string file)
{
    private readonly ModelLayer[] _own = [.. model.Layers.Where(layer => layer.Tensors.Count > 0)];

    /// <summary>
    /// The file's layer for each of the network's that has weights. By names where the file has them and they are the network's; else by order, which is known only
    /// where each layer reads, be it through others, the one before it: what stands side by side Keras has in an order of its own.
    /// </summary>
    public IReadOnlyDictionary<ModelLayer, KerasWeightsLayer> Of(IReadOnlyList<KerasWeightsLayer> layers)
    {
        if (_own.Length != layers.Count)
            throw Refuse($"expected {_own.Length} layers with weights, {Text.Shorten(string.Join(", ", _own.Select(layer => layer.Name)))}, got {layers.Count}: {Names(layers)}");
        var named = layers.Where(layer => layer.Kind is null).ToLookup(layer => Identifiers.LayerName(layer.Name), StringComparer.Ordinal);
        return _own.All(layer => named[layer.Name].Count() == 1) ? _own.ToDictionary(layer => layer, layer => named[layer.Name].Single()) : ByOrder(layers);
    }

    private Dictionary<ModelLayer, KerasWeightsLayer> ByOrder(IReadOnlyList<KerasWeightsLayer> layers)
    {
        var pairs = new Dictionary<ModelLayer, KerasWeightsLayer>();
        var last = new Dictionary<string, ModelLayer>(StringComparer.Ordinal);
        var left = layers.ToList();
        foreach (ModelLayer layer in _own)
        {
            string kind = KerasPathWeights.SnakeCase(KerasLayerWeights.Kind(layer));
            int at = left.FindIndex(other => other.Kind is null || other.Kind == kind);
            if (at < 0)
                throw Refuse($"expected weights of a {kind} for {Text.Quote(layer.Name)}, got {Names(left)}");
            string among = left[at].Kind ?? "";
            if (last.TryGetValue(among, out ModelLayer? before) && !Reads(layer, before))
                throw Refuse($"{Text.Quote(before.Name)} and {Text.Quote(layer.Name)} stand side by side, expected layers one after the other, or a file with the network's layer names, got {Names(layers)}");
            last[among] = layer;
            pairs.Add(layer, left[at]);
            left.RemoveAt(at);
        }

        return pairs;
    }

    /// <summary>Whether a layer reads another, be it through others.</summary>
    private bool Reads(ModelLayer layer, ModelLayer other)
    {
        var seen = new HashSet<int>();
        var left = new Stack<int>(layer.Sources);
        while (left.TryPop(out int place))
        {
            if (place < 0 || !seen.Add(place))
                continue;
            if (ReferenceEquals(model.Layers[place], other))
                return true;
            foreach (int source in model.Layers[place].Sources)
                left.Push(source);
        }

        return false;
    }

    private FormatException Refuse(string reason) => new($"Keras weights {Text.Quote(file)}: {reason}");

    private static string Names(IEnumerable<KerasWeightsLayer> layers) => Text.Shorten(string.Join(", ", layers.Select(layer => layer.Name)));
}
