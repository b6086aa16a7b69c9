using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The minimal gated unit (Zhou et al. 2016, https://arxiv.org/abs/1603.09420): a GRU whose one gate both forgets and resets.
/// <c>f = σ(W_f x + U_f h + b_f)</c>, <c>n = tanh(W_n x + U_n (f ⊙ h) + b_n)</c>, <c>h' = (1 − f) ⊙ h + f ⊙ n</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class MguAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector f = Sigmoid(Gate("f", x, h));
        Vector n = Tanh(Gate("n", x, f * h));
        Next(h, (1 - f) * h + f * n);
    }
}
