namespace RnnGen;

/// <summary>
/// A gated recurrent unit layer (Cho et al. 2014): <c>r, z = σ(…)</c>, <c>n = tanh(W x + b_in + r ⊙ (U h + b_hn))</c>, <c>h' = (1 − z) ⊙ n + z ⊙ h</c>, the
/// reset gate after the recurrent product as in PyTorch's <c>GRU</c> and cuDNN, unless <see cref="Reset"/> says otherwise. Gate order r z n.
/// </summary>
/// <param name="units">Hidden units: the size of the state and of the output.</param>
public sealed class GruAttribute(int units) : RecurrentLayerAttribute
{
    /// <summary>Hidden units: the size of the state and of the output.</summary>
    public int Units { get; } = units;

    /// <summary>Where the reset gate acts; <see cref="ResetGate.AfterProduct"/> by default.</summary>
    public ResetGate Reset { get; init; }

    /// <summary>The activation of r and z; <see cref="Activation.Sigmoid"/> by default.</summary>
    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    /// <summary>The activation of n; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    /// <summary>α of <see cref="GateActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float GateAlpha { get; init; }

    /// <summary>β of <see cref="GateActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float GateBeta { get; init; }

    /// <summary>α of <see cref="CandidateActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float CandidateAlpha { get; init; }

    /// <summary>β of <see cref="CandidateActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float CandidateBeta { get; init; }
}
