using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The stackable recurrent cell (Turkoglu et al. 2019, https://arxiv.org/abs/1911.11033), for deep stacks.
/// <c>z = tanh(W_z x + b_z)</c>, <c>k = σ(W_k x + U_k h + b_k)</c>, <c>h' = tanh((1 − k) ⊙ h + k ⊙ z)</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class StarAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector z = Tanh(Gate("z", x));
        Vector k = Sigmoid(Gate("k", x, h));
        Next(h, Tanh((1 - k) * h + k * z));
    }
}
