namespace RnnGen.Formats;

/// <summary>A file's tensors, layer by layer: those of one layer have one prefix and lie together.</summary>
internal sealed class TensorQueue(SafetensorsFile file)
{
    private readonly Queue<(string Layer, List<NamedTensor> Tensors)> _layers = new(Layers(file));

    /// <summary>The name and the tensors of the next layer that has some.</summary>
    public (string Name, IReadOnlyList<NamedTensor> Tensors) Take(string kind) => _layers.Count > 0
        ? _layers.Dequeue()
        : throw new FormatException($"expected the tensors of {kind}, got no more tensors");

    /// <summary>Refuses tensors that belong to no layer.</summary>
    public void CheckEmpty()
    {
        if (_layers.Count > 0)
            throw new FormatException($"expected no more tensors, got those of {Text.Quote(_layers.Peek().Layer)}");
    }

    private static List<(string, List<NamedTensor>)> Layers(SafetensorsFile file)
    {
        List<(string Layer, List<NamedTensor> Tensors)> layers = [];
        foreach (NamedTensor tensor in file.Tensors)
        {
            int dot = tensor.Name.LastIndexOf('.');
            if (dot < 1)
                throw new FormatException($"tensor {Text.Quote(tensor.Name)}: expected a name of the form layer.tensor");
            string layer = tensor.Name[..dot];
            if (layers.Count == 0 || layers[^1].Layer != layer)
                layers.Add((layer, []));
            layers[^1].Tensors.Add(tensor);
        }

        return layers;
    }
}
