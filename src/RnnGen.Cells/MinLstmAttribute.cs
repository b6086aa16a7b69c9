using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The minimal LSTM (Feng et al. 2024, "Were RNNs all we needed?", https://arxiv.org/abs/2410.01201): no gate sees the state, and the two gates add up to 1.
/// <c>f = σ(W_f x + b_f)</c>, <c>i = σ(W_i x + b_i)</c>, <c>n = W_n x + b_n</c>, <c>h' = f / (f + i) ⊙ h + i / (f + i) ⊙ n</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class MinLstmAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        // f / (f + i) = σ(log f − log i): no sum of two small gates stands below a line.
        Vector share = Sigmoid(LogSigmoid(Gate("f", x)) - LogSigmoid(Gate("i", x)));
        Vector n = Gate("n", x);
        Next(h, share * h + (1 - share) * n);
    }
}
