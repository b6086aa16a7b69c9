namespace RnnGen;

/// <summary>An activation function alone: <c>y = φ(x)</c>.</summary>
/// <param name="activation">φ.</param>
public sealed class ActivationAttribute(Activation activation) : LayerAttribute
{
    /// <summary>φ.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>φ's α; <see cref="RnnGen.Activation"/> has the defaults.</summary>
    public float ActivationAlpha { get; init; }

    /// <summary>φ's β; <see cref="RnnGen.Activation"/> has the defaults.</summary>
    public float ActivationBeta { get; init; }
}
