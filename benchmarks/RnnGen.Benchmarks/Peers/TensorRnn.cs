using System.Numerics.Tensors;

namespace RnnGen.Benchmarks.Peers;

/// <summary>The plain recurrent layer: tanh.</summary>
internal sealed class TensorRnn(IReadOnlyList<Parameter> parameters, int hidden) : TensorCell(parameters, hidden)
{
    protected override void Activate()
    {
        TensorPrimitives.Add(OfInput, OfHidden, Hidden);
        TensorPrimitives.Tanh(Hidden, Hidden);
    }
}
