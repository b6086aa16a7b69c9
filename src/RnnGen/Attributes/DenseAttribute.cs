namespace RnnGen;

/// <summary>
/// A fully connected layer, applied to every time step (or once, after <see cref="LastStepAttribute"/> or a pooling layer): <c>y = φ(W x + b)</c>.
/// </summary>
/// <param name="units">The size of the output.</param>
/// <param name="activation">φ; <see cref="RnnGen.Activation.Linear"/> by default.</param>
public sealed class DenseAttribute(int units, Activation activation = Activation.Linear) : LayerAttribute
{
    /// <summary>The size of the output.</summary>
    public int Units { get; } = units;

    /// <summary>φ; <see cref="RnnGen.Activation.Linear"/> by default.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>φ's α; <see cref="RnnGen.Activation"/> has the defaults.</summary>
    public float ActivationAlpha { get; init; }

    /// <summary>φ's β; <see cref="RnnGen.Activation"/> has the defaults.</summary>
    public float ActivationBeta { get; init; }

    /// <summary>Whether the layer has a bias; true by default.</summary>
    public bool Bias { get; init; } = true;
}
