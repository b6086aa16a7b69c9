namespace RnnGen;

/// <summary>
/// A gated recurrent unit layer (Cho et al. 2014) with the reset gate after the recurrent product, as PyTorch's <c>GRU</c> and cuDNN have it:
/// <c>r, z = σ(…)</c>, <c>n = tanh(W x + b_in + r ⊙ (U h + b_hn))</c>, <c>h' = (1 − z) ⊙ n + z ⊙ h</c>. Gate order r z n.
/// </summary>
/// <param name="units">Hidden units: the size of the state and of the output.</param>
public sealed class GruAttribute(int units) : LayerAttribute
{
    /// <summary>Hidden units: the size of the state and of the output.</summary>
    public int Units { get; } = units;
}
