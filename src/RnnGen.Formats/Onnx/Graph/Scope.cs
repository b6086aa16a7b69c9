namespace RnnGen.Formats.Onnx;

/// <summary>The values of a graph by their names; a graph within a node also sees those around it.</summary>
internal sealed class Scope(Scope? outer, OnnxGraph graph, GraphRun run)
{
    private readonly Dictionary<string, Knowledge> _values = new(StringComparer.Ordinal);

    public OnnxGraph Graph => graph;

    public void Set(string name, Knowledge value) => _values[name] = value;

    /// <summary>A value, or null where there is none of that name yet.</summary>
    public Knowledge? Find(string name)
    {
        if (_values.TryGetValue(name, out Knowledge? known))
            return known;
        if (!graph.Initializers.TryGetValue(name, out OnnxTensor? weights))
            return outer?.Find(name);
        return _values[name] = Of(weights);
    }

    /// <summary>A constant of the file.</summary>
    public Knowledge Of(OnnxTensor weights)
    {
        if (weights.IsExternal)
            return new Refused(new UnsupportedLayerException(weights.Name, "Initializer", "its values are in another file, expected them in this one"));
        if (weights.Type is OnnxType.Text or OnnxType.Unknown || !Enum.IsDefined(weights.Type))
            return new Refused(new UnsupportedLayerException(weights.Name, "Initializer", $"its elements are of type {(int)weights.Type}, expected numbers"));
        return run.Constants.Of(weights, () =>
        {
            run.Spend(weights.Shape.Aggregate(1L, (product, size) => product * size));
            return Tensor.Of([.. weights.Shape.Select(Dim.Data)], weights.Values(), OnnxTensor.IsInteger(weights.Type));
        });
    }
}
