using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The continuous-time RNN, or leaky integrator (Funahashi and Nakamura 1993; Jaeger 2001), by Euler's method.
/// <c>h' = (1 − α) ⊙ h + α ⊙ φ(W x + U h + b)</c>, α = Δt/τ between 0 and 1: learned for each unit as <c>σ(p)</c>, or fixed.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class CtRnnAttribute(int units) : CellAttribute(units)
{
    /// <summary>φ; tanh by default.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>α, where it is fixed, above 0 and at most 1; 0 (the default): it is learned.</summary>
    public float Leak { get; set; }

    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        if (Leak is < 0 or > 1)
            throw new ArgumentException($"Leak is {Leak}; it lies between 0 and 1");
        Vector h = State("h");
        Vector leak = Leak > 0 ? Leak : Sigmoid(Weight("leak"));
        Next(h, (1 - leak) * h + leak * Activate(Activation, Gate("h", x, h)));
    }
}
