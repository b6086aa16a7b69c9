namespace RnnGen;

/// <summary>A vanilla recurrent layer: <c>h' = φ(W x + b_ih + U h + b_hh)</c>, φ being tanh or relu (PyTorch's <c>RNN</c>).</summary>
/// <param name="units">Hidden units: the size of the state and of the output.</param>
public sealed class RnnAttribute(int units) : LayerAttribute
{
    /// <summary>Hidden units: the size of the state and of the output.</summary>
    public int Units { get; } = units;

    /// <summary>φ: <see cref="Activation.Tanh"/> (unless set) or <see cref="Activation.Relu"/>.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;
}
