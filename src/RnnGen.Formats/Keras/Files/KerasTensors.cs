namespace RnnGen.Formats.Keras;

/// <summary>A layer's weights in the order of Keras's <c>layer.weights</c>, taken one after the other.</summary>
/// <param name="layer">The layer, for messages.</param>
/// <param name="tensors">Its weights.</param>
internal sealed class KerasTensors(string layer, IReadOnlyList<NamedTensor> tensors)
{
    private int _next;

    /// <summary>How many are left.</summary>
    public int Left => tensors.Count - _next;

    /// <summary>The next one's shape; null where none is left.</summary>
    public IReadOnlyList<int>? NextShape => Left == 0 ? null : tensors[_next].Shape;

    /// <summary>The next one, of a shape.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="shape">What it must have.</param>
    public float[] Next(string what, params ReadOnlySpan<int> shape)
    {
        int[] expected = shape.ToArray();
        if (Left == 0)
            throw new FormatException($"layer {Text.Quote(layer)}: expected weights {what} {Text.Shape(expected)}, got none");
        NamedTensor tensor = tensors[_next++];
        return tensor.Shape.SequenceEqual(expected)
            ? tensor.Values
            : throw new FormatException($"layer {Text.Quote(layer)}: expected {what} {Text.Shape(expected)}, got {Text.Shorten(tensor.ToString())}");
    }

    /// <summary>Passes over the next one, where one is left.</summary>
    public void Skip() => _next += Math.Min(1, Left);

    /// <summary>Refuses what is left.</summary>
    public void End()
    {
        if (Left > 0)
            throw new FormatException($"layer {Text.Quote(layer)}: expected {_next} weights, got {tensors.Count}: {Text.Shorten(string.Join(", ", tensors), 300)}");
    }
}
