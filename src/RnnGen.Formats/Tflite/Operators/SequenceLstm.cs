namespace RnnGen.Formats.Tflite;

/// <summary>One direction of a fused LSTM: inputs for weights (i f c o), recurrent weights (i f c o), peepholes (i f o), biases (i f c o), projection and its bias.</summary>
/// <param name="call">The node.</param>
/// <param name="first">The place of its first input.</param>
/// <param name="features">Values that it reads.</param>
internal sealed class SequenceLstm(NodeCall call, int first, int features)
{
    private const int Recurrent = 4, Peepholes = 8, Biases = 11, ProjectionWeights = 15, ProjectionBias = 16;

    public int Units { get; } = call[first + 1].Rank == 2 ? call[first + 1].Dims[0].Cells : 0;

    /// <summary>The size of the projected state; 0 where there is none.</summary>
    public int Projection { get; } = call.Optional(first + ProjectionWeights) is { Rank: 2 } weight ? weight.Dims[0].Cells : 0;

    /// <summary>Whether i = 1 − f: then the input gate has nothing of its own.</summary>
    public bool IsCoupled => call.Optional(first) is null;

    public bool HasPeepholes => call.Optional(first + Peepholes + 1) is not null;

    public bool IsLike(SequenceLstm other) => (Units, Projection, IsCoupled, HasPeepholes) == (other.Units, other.Projection, other.IsCoupled, other.HasPeepholes);

    /// <summary>RnnGen's parameters, gates i f g o.</summary>
    public IEnumerable<(string Parameter, float[] Values)> Parameters(string suffix)
    {
        int state = Projection > 0 ? Projection : Units;
        Expect(Recurrent, !IsCoupled, "recurrent weights of the input gate");
        Expect(Biases, !IsCoupled, "a bias of the input gate");
        Expect(Peepholes, HasPeepholes && !IsCoupled, "peepholes of the input gate");
        Expect(Peepholes + 2, HasPeepholes, "peepholes of the output gate");
        yield return ("weight_ih" + suffix, Gates(0, 4, Units, features));
        yield return ("weight_hh" + suffix, Gates(Recurrent, 4, Units, state));
        yield return ("bias_ih" + suffix, Gates(Biases, 4, Units));
        yield return ("bias_hh" + suffix, new float[4 * Units]);
        if (HasPeepholes)
            yield return ("peephole" + suffix, Gates(Peepholes, 3, Units));
        if (call.Optional(first + ProjectionBias) is { } bias && (Projection == 0 || Array.Exists(call.Constants(bias, "bias"), value => value != 0)))
            throw call.Refuse("its projection has a bias, expected none");
        if (Projection > 0)
            yield return ("weight_hr" + suffix, SequenceOperators.Weights(call, first + ProjectionWeights, Projection, Units));
    }

    private void Expect(int input, bool isThere, string what)
    {
        if ((call.Optional(first + input) is not null) != isThere)
            throw call.Refuse($"expected {(isThere ? "" : "no ")}{what}");
    }

    /// <summary>Values gate by gate. RnnGen couples f = 1 − i: of what the file has for f, the negative is i, for σ(−a) = 1 − σ(a).</summary>
    private float[] Gates(int input, int gates, params int[] shape)
    {
        float[][] all = [.. Enumerable.Range(IsCoupled ? 1 : 0, IsCoupled ? gates - 1 : gates).Select(gate => SequenceOperators.Weights(call, first + input + gate, shape))];
        return IsCoupled ? [.. Array.ConvertAll(all[0], value => -value), .. new float[all[0].Length], .. all.Skip(1).SelectMany(values => values)] : [.. all.SelectMany(values => values)];
    }
}
