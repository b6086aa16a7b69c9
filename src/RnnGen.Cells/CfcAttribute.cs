using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The closed-form continuous-time network (Hasani et al. 2022, https://arxiv.org/abs/2106.13898, equation 10), for steps that are not evenly apart.
/// <c>b = tanh(W x + U h + b_b)</c> (the backbone), <c>f = W_f b + b_f</c>, <c>g = tanh(W_g b + b_g)</c>, <c>k = tanh(W_k b + b_k)</c>,
/// <c>h' = σ(−f Δt) ⊙ g + (1 − σ(−f Δt)) ⊙ k</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
/// <param name="backbone">Units of the backbone.</param>
public sealed class CfcAttribute(int units, int backbone = 64) : CellAttribute(units)
{
    /// <summary>The input's feature that is Δt, the time since the last step; −1 (the default): Δt is 1.</summary>
    public int TimeFeature { get; set; } = -1;

    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector time = TimeFeature < 0 ? 1 : Feature(TimeFeature);
        Vector b = Tanh(Product("backbone_x", x, backbone) + Product("backbone_h", h, backbone) + Weight("backbone_bias", size: backbone));
        Vector near = Sigmoid(-(Head("f", b) * time));
        Next(h, near * Tanh(Head("g", b)) + (1 - near) * Tanh(Head("k", b)));
    }

    private Vector Head(string name, Vector b) => Product("weight_" + name, b) + Weight("bias_" + name);
}
