namespace RnnGen.Benchmarks.Peers;

/// <summary>What a recurrent layer computes. The value is its number of gates.</summary>
internal enum CellKind
{
    Rnn = 1,
    Gru = 3,
    Lstm = 4,
}

/// <summary>The weights of a recurrent layer and its head, in PyTorch's layout and order of gates.</summary>
/// <param name="Kind">The layer.</param>
/// <param name="Input">Features per time step.</param>
/// <param name="Hidden">Units.</param>
/// <param name="OfInput">[gates × hidden, input].</param>
/// <param name="OfHidden">[gates × hidden, hidden].</param>
/// <param name="InputBias">[gates × hidden].</param>
/// <param name="HiddenBias">[gates × hidden].</param>
/// <param name="Head">[outputs, hidden].</param>
/// <param name="HeadBias">[outputs].</param>
internal sealed record CellWeights(
    CellKind Kind, int Input, int Hidden, float[] OfInput, float[] OfHidden, float[] InputBias, float[] HiddenBias, float[] Head, float[] HeadBias)
{
    public int Gates => (int)Kind;

    public int Outputs => HeadBias.Length;

    public static CellWeights Of(ParameterCollection parameters)
    {
        int hidden = parameters[1].Shape[1];
        return new CellWeights(
            (CellKind)(parameters[1].Shape[0] / hidden),
            parameters[0].Shape[1],
            hidden,
            parameters[0].ToArray(),
            parameters[1].ToArray(),
            parameters[2].ToArray(),
            parameters[3].ToArray(),
            parameters[4].ToArray(),
            parameters[5].ToArray());
    }
}
