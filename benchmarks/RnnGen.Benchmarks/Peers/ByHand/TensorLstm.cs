using System.Numerics.Tensors;

namespace RnnGen.Benchmarks.Peers;

/// <summary>LSTM: gates i, f, g, o.</summary>
internal sealed class TensorLstm(CellWeights weights) : TensorCell(weights)
{
    private readonly float[] _cell = new float[weights.Hidden];

    protected override void Activate()
    {
        TensorPrimitives.Add(OfInput, OfHidden, OfInput);
        Span<float> i = Gate(OfInput, 0), f = Gate(OfInput, 1), g = Gate(OfInput, 2), o = Gate(OfInput, 3);
        Span<float> both = OfInput.AsSpan(0, 2 * Hidden.Length); // i and f lie side by side
        TensorPrimitives.Sigmoid(both, both);
        TensorPrimitives.Tanh(g, g);
        TensorPrimitives.Sigmoid(o, o);
        TensorPrimitives.Multiply(i, g, i);
        TensorPrimitives.MultiplyAdd(f, _cell, i, _cell);
        TensorPrimitives.Tanh(_cell, Hidden);
        TensorPrimitives.Multiply(Hidden, o, Hidden);
    }
}
