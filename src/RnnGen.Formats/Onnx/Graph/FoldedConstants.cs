namespace RnnGen.Formats.Onnx;

/// <summary>Constants that do not depend on how the input is read: computed once, however many readings are tried.</summary>
internal sealed class FoldedConstants
{
    private readonly Dictionary<OnnxTensor, Tensor> _initializers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<OnnxNode, IReadOnlyList<Knowledge>> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Tensor> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>A constant of the file.</summary>
    public Tensor Of(OnnxTensor weights, Func<Tensor> make)
    {
        if (_initializers.TryGetValue(weights, out Tensor? tensor))
            return tensor;
        tensor = make();
        _known.Add(tensor);
        return _initializers[weights] = tensor;
    }

    /// <summary>What a node gives; kept where it computes with nothing but such constants.</summary>
    public IReadOnlyList<Knowledge> Of(OnnxNode node, IReadOnlyList<Knowledge?> inputs, Func<IReadOnlyList<Knowledge>> compute)
    {
        if (inputs.Any(input => input is not null && !(input is Tensor tensor && _known.Contains(tensor))))
            return compute();
        if (_nodes.TryGetValue(node, out IReadOnlyList<Knowledge>? outputs))
            return outputs;
        outputs = compute();
        if (!outputs.All(output => output is Tensor { IsConstant: true }))
            return outputs;
        _known.UnionWith(outputs.Cast<Tensor>());
        return _nodes[node] = outputs;
    }
}
