using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// FastGRNN (Kusupati et al. 2018, https://arxiv.org/abs/1901.02358): gate and candidate share their matrices, for devices with few kilobytes.
/// <c>s = W x + U h</c>, <c>z = σ(s + b_z)</c>, <c>n = tanh(s + b_n)</c>, <c>h' = (σ(ζ) (1 − z) + σ(ν)) ⊙ n + z ⊙ h</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class FastGrnnAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector s = Product("weight_x", x) + Product("weight_h", h);
        Vector z = Sigmoid(s + Weight("bias_z", 1));
        Vector n = Tanh(s + Weight("bias_n", 1));
        // The authors' first values.
        Vector zeta = Sigmoid(Scalar("zeta", 1)), nu = Sigmoid(Scalar("nu", -4));
        Next(h, (zeta * (1 - z) + nu) * n + z * h);
    }
}
