namespace RnnGen.Formats.Keras;

/// <summary>
/// Layers whose values are 0 at the steps that a <c>ZeroPadding1D</c> puts before a sequence. RnnGen's layers have no such steps, and its convolutions read 0 before
/// the first one: what stands between the padding and the convolution must make 0 of 0.
/// </summary>
internal sealed class KerasZeros
{
    private readonly HashSet<KerasNode> _zero = [];

    /// <summary>Puts zeros before what a layer gives.</summary>
    public void Pad(KerasNode node) => _zero.Add(node);

    /// <summary>Whether zeros stand after a layer, so that nothing after them can be folded into it.</summary>
    public bool Contains(KerasNode node) => _zero.Contains(node);

    /// <summary>Refuses a layer of Keras's whose value is not 0 where it reads zeros before a sequence.</summary>
    public void Check(KerasLayer layer, KerasNode node)
    {
        if (!IsZero(node))
            throw layer.Refuse("it reads zeros in front of a sequence (ZeroPadding1D) and turns them into other values, expected a convolution, or layers before it that keep 0");
    }

    /// <summary>By the layers that one of Keras's became: what they read is known.</summary>
    private bool IsZero(KerasNode node)
    {
        if (_zero.Contains(node))
            return true;
        if (node.Make is null || !node.Inputs.All(IsZero) || !IsZeroFunction(node))
            return false;
        _zero.Add(node);
        return true;
    }

    /// <summary>Sums, products and what stands side by side are 0 of zeros; a layer that reads one other is asked.</summary>
    private static bool IsZeroFunction(KerasNode node)
    {
        if (node.Inputs.Count > 1)
            return true;
        var builder = new ModelBuilder("a layer", node.Inputs[0].Size);
        builder.Add(node.Make!(new KerasPlace(null, null, false)), null, node.Parameters);
        return new ModelEvaluator(builder.Build()).Run(new float[node.Inputs[0].Size]).All(value => value == 0);
    }
}
