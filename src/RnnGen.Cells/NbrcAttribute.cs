using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The recurrently neuromodulated bistable cell (Vecoven, Ernst and Drion 2020, https://arxiv.org/abs/2006.05252), which remembers for long by bistability.
/// <c>c = σ(W_c x + U_c h + b_c)</c>, <c>a = 1 + tanh(W_a x + U_a h + b_a)</c>, <c>h' = c ⊙ h + (1 − c) ⊙ tanh(W_n x + b_n + a ⊙ h)</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class NbrcAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector c = Sigmoid(Gate("c", x, h));
        Vector a = 1 + Tanh(Gate("a", x, h));
        Vector n = Tanh(Gate("n", x) + a * h);
        Next(h, c * h + (1 - c) * n);
    }
}
