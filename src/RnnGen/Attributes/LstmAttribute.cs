namespace RnnGen;

/// <summary>
/// A long short-term memory layer (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000; PyTorch's <c>LSTM</c>):
/// <c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c>, <c>c' = f ⊙ c + i ⊙ g</c>, <c>h' = o ⊙ tanh(c')</c>. Gate order i f g o.
/// </summary>
/// <param name="units">Hidden units: the size of each of the two states (h, c) and of the output.</param>
public sealed class LstmAttribute(int units) : LayerAttribute
{
    /// <summary>Hidden units: the size of each of the two states (h, c) and of the output.</summary>
    public int Units { get; } = units;
}
