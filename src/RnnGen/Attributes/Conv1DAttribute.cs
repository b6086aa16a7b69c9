namespace RnnGen;

/// <summary>
/// A convolution over time with stride 1, causal unless <see cref="Padding"/> says otherwise: <c>y_t = φ(b + Σₖ Wₖ x_(t − (K − 1 − k) · dilation))</c>,
/// parameters <c>weight [units, in, K]</c> and <c>bias [units]</c> (PyTorch's <c>Conv1d</c> with padding on the left only). Its state is the past that it
/// still needs, zero before the first step; masked steps are not part of it.
/// </summary>
/// <param name="units">Output channels.</param>
/// <param name="kernelSize">Taps, K: how many time steps an output is computed from.</param>
/// <param name="activation">φ; <see cref="RnnGen.Activation.Linear"/> by default.</param>
public sealed class Conv1DAttribute(int units, int kernelSize, Activation activation = Activation.Linear) : LayerAttribute
{
    /// <summary>Output channels.</summary>
    public int Units { get; } = units;

    /// <summary>Taps, K: how many time steps an output is computed from.</summary>
    public int KernelSize { get; } = kernelSize;

    /// <summary>φ; <see cref="RnnGen.Activation.Linear"/> by default.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>Time steps between two taps; 1 by default.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>
    /// On which sides of a sequence there are zeros; <see cref="ConvPadding.Causal"/> by default. With <see cref="ConvPadding.Same"/>
    /// <c>y_t = φ(b + Σₖ Wₖ x_(t − p + k · dilation))</c>, <c>p = ⌊(K − 1) · dilation / 2⌋</c>, with zeros outside of each sequence: masked steps are not part of
    /// it, wherever they are, and there is no state.
    /// </summary>
    public ConvPadding Padding { get; init; }

    /// <summary>φ's α; <see cref="RnnGen.Activation"/> has the defaults.</summary>
    public float ActivationAlpha { get; init; }

    /// <summary>φ's β; <see cref="RnnGen.Activation"/> has the defaults.</summary>
    public float ActivationBeta { get; init; }

    /// <summary>Whether the layer has a bias; true by default.</summary>
    public bool Bias { get; init; } = true;
}
