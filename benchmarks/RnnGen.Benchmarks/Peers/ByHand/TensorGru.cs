using System.Numerics.Tensors;

namespace RnnGen.Benchmarks.Peers;

/// <summary>GRU: gates r, z, n, the reset gate applied after the product.</summary>
internal sealed class TensorGru(CellWeights weights) : TensorCell(weights)
{
    protected override void Activate()
    {
        Span<float> sigmoids = OfInput.AsSpan(0, 2 * Hidden.Length), ofHidden = OfHidden.AsSpan(0, 2 * Hidden.Length);
        Span<float> r = Gate(OfInput, 0), z = Gate(OfInput, 1), n = Gate(OfInput, 2);
        TensorPrimitives.Add(sigmoids, ofHidden, sigmoids);
        TensorPrimitives.Sigmoid(sigmoids, sigmoids);
        TensorPrimitives.MultiplyAdd(r, Gate(OfHidden, 2), n, n);
        TensorPrimitives.Tanh(n, n);
        TensorPrimitives.Subtract(Hidden, n, Hidden);
        TensorPrimitives.MultiplyAdd(Hidden, z, n, Hidden);
    }
}
