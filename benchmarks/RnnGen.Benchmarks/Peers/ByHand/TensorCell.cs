using System.Numerics.Tensors;

namespace RnnGen.Benchmarks.Peers;

/// <summary>
/// What a .NET user writes by hand today: a cell and its head on <see cref="TensorPrimitives"/>, row-major weights, one dot product a row, nothing allocated.
/// </summary>
internal abstract class TensorCell
{
    private readonly CellWeights _weights;

    protected TensorCell(CellWeights weights)
    {
        _weights = weights;
        Hidden = new float[weights.Hidden];
        OfInput = new float[weights.InputBias.Length];
        OfHidden = new float[weights.HiddenBias.Length];
    }

    protected float[] Hidden { get; }

    /// <summary>W x + b, all gates.</summary>
    protected float[] OfInput { get; }

    /// <summary>U h + b, all gates.</summary>
    protected float[] OfHidden { get; }

    public static TensorCell Of(CellWeights weights) => weights.Kind switch
    {
        CellKind.Lstm => new TensorLstm(weights),
        CellKind.Gru => new TensorGru(weights),
        _ => new TensorRnn(weights),
    };

    /// <summary>One time step.</summary>
    public void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        Products(_weights.OfInput, input, _weights.InputBias, OfInput);
        Products(_weights.OfHidden, Hidden, _weights.HiddenBias, OfHidden);
        Activate();
        output[0] = TensorPrimitives.Dot(_weights.Head, Hidden) + _weights.HeadBias[0];
    }

    /// <summary>The cell's equations, from both products to the new state.</summary>
    protected abstract void Activate();

    /// <summary>One gate's part of a vector of all gates.</summary>
    protected Span<float> Gate(float[] gates, int gate) => gates.AsSpan(gate * Hidden.Length, Hidden.Length);

    private static void Products(ReadOnlySpan<float> weights, ReadOnlySpan<float> vector, ReadOnlySpan<float> bias, Span<float> sums)
    {
        for (int row = 0; row < sums.Length; row++)
            sums[row] = TensorPrimitives.Dot(weights.Slice(row * vector.Length, vector.Length), vector) + bias[row];
    }
}
