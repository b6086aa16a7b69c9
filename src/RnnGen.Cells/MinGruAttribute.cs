using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The minimal GRU (Feng et al. 2024, "Were RNNs all we needed?", https://arxiv.org/abs/2410.01201): no gate sees the state, so all products of a sequence are one.
/// <c>z = σ(W_z x + b_z)</c>, <c>n = W_n x + b_n</c>, <c>h' = (1 − z) ⊙ h + z ⊙ n</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class MinGruAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector z = Sigmoid(Gate("z", x));
        Vector n = Gate("n", x);
        Next(h, (1 - z) * h + z * n);
    }
}
