using System.Numerics.Tensors;

namespace RnnGen.Benchmarks.Peers;

/// <summary>The plain recurrent layer: tanh.</summary>
internal sealed class TensorRnn(CellWeights weights) : TensorCell(weights)
{
    protected override void Activate()
    {
        TensorPrimitives.Add(OfInput, OfHidden, Hidden);
        TensorPrimitives.Tanh(Hidden, Hidden);
    }
}
