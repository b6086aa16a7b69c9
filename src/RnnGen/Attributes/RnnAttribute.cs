namespace RnnGen;

/// <summary>A vanilla recurrent layer: <c>h' = φ(W x + b_ih + U h + b_hh)</c> (PyTorch's <c>RNN</c>).</summary>
/// <param name="units">Hidden units: the size of the state and of the output.</param>
public sealed class RnnAttribute(int units) : RecurrentLayerAttribute
{
    /// <summary>Hidden units: the size of the state and of the output.</summary>
    public int Units { get; } = units;

    /// <summary>φ; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>φ's α; <see cref="RnnGen.Activation"/> has the defaults.</summary>
    public float ActivationAlpha { get; init; }

    /// <summary>φ's β; <see cref="RnnGen.Activation"/> has the defaults.</summary>
    public float ActivationBeta { get; init; }
}
