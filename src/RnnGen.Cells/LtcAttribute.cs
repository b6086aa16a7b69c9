using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The liquid time-constant network (Hasani et al. 2021, https://arxiv.org/abs/2006.04439, equation 3), one fused step of its solver a time step.
/// <c>f = φ(W x + U h + b)</c>, <c>h' = (h + Δt f ⊙ A) / (1 + Δt (1/τ + f))</c>. 1/τ is <c>log(1 + e^p)</c> of a parameter, so that it stays positive.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class LtcAttribute(int units) : CellAttribute(units)
{
    // log(1 + e^p) = 1
    private const double UnitRate = 0.5413248546129181;

    /// <summary>φ; <see cref="Activation.Sigmoid"/> by default. One that can be below −1/τ − 1/Δt makes the step's denominator 0.</summary>
    public Activation Activation { get; set; } = Activation.Sigmoid;

    /// <summary>The input's feature that is Δt, the time since the last step; −1 (the default): Δt is 1.</summary>
    public int TimeFeature { get; set; } = -1;

    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector time = TimeFeature < 0 ? 1 : Feature(TimeFeature);
        Vector f = Activate(Activation, Gate("f", x, h));
        Vector rate = Softplus(Weight("rate", UnitRate));
        Next(h, (h + time * f * Weight("bound")) / (1 + time * (rate + f)));
    }
}
