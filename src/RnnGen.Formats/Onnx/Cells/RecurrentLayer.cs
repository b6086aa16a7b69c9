namespace RnnGen.Formats.Onnx;

/// <summary>A recurrent layer in RnnGen's words.</summary>
/// <param name="Attribute">The layer.</param>
/// <param name="Parameters">Its parameters, in RnnGen's shapes and gate orders.</param>
internal sealed record RecurrentLayer(RecurrentLayerAttribute Attribute, IReadOnlyList<(string Parameter, float[] Values)> Parameters)
{
    /// <summary>The values of a state input that it begins with, direction by direction; null where it begins with zero or with what it learned.</summary>
    public Cell[]? FirstHidden { get; init; }

    /// <summary>The same of an LSTM's cell.</summary>
    public Cell[]? FirstCell { get; init; }

    /// <summary>Whether the graph is one step of it: what it gives is what it ends with.</summary>
    public bool IsStep { get; init; }

    /// <summary>Values that it gives.</summary>
    public int OutputSize => LayerShapes.OutputSize(Attribute, []);

    /// <summary>The direction that one of its values belongs to.</summary>
    public Direction DirectionOf(int index) => Attribute.Direction != Direction.Bidirectional ? Attribute.Direction
        : index < LayerShapes.StateSize(Attribute) ? Direction.Forward : Direction.Reverse;
}
