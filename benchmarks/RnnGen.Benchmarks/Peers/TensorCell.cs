using System.Numerics.Tensors;

namespace RnnGen.Benchmarks.Peers;

/// <summary>What a .NET user writes by hand today: a cell and its head on <see cref="TensorPrimitives"/>, row-major weights, one dot product a row, nothing allocated.</summary>
internal abstract class TensorCell
{
    private readonly float[] _inputWeights;
    private readonly float[] _recurrentWeights;
    private readonly float[] _inputBias;
    private readonly float[] _recurrentBias;
    private readonly float[] _headWeights;
    private readonly float _headBias;

    protected TensorCell(IReadOnlyList<Parameter> parameters, int hidden)
    {
        (_inputWeights, _recurrentWeights) = (parameters[0].ToArray(), parameters[1].ToArray());
        (_inputBias, _recurrentBias) = (parameters[2].ToArray(), parameters[3].ToArray());
        (_headWeights, _headBias) = (parameters[4].ToArray(), parameters[5].ToArray()[0]);
        Hidden = new float[hidden];
        OfInput = new float[_inputBias.Length];
        OfHidden = new float[_inputBias.Length];
    }

    protected float[] Hidden { get; }

    /// <summary>W x + b, all gates.</summary>
    protected float[] OfInput { get; }

    /// <summary>U h + b, all gates.</summary>
    protected float[] OfHidden { get; }

    /// <summary>The cell of a network's first layer, with its weights.</summary>
    public static TensorCell Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        int hidden = network.Parameters[1].Shape[1];
        return (network.Parameters[1].Shape[0] / hidden) switch
        {
            4 => new TensorLstm(network.Parameters, hidden),
            3 => new TensorGru(network.Parameters, hidden),
            _ => new TensorRnn(network.Parameters, hidden),
        };
    }

    /// <summary>One time step.</summary>
    public void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        Products(_inputWeights, input, _inputBias, OfInput);
        Products(_recurrentWeights, Hidden, _recurrentBias, OfHidden);
        Activate();
        output[0] = TensorPrimitives.Dot(_headWeights, Hidden) + _headBias;
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
