namespace RnnGen;

/// <summary>
/// A long short-term memory layer (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000; PyTorch's <c>LSTM</c>):
/// <c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c>, <c>c' = f ⊙ c + i ⊙ g</c>, <c>h' = o ⊙ tanh(c')</c>. Gate order i f g o.
/// </summary>
/// <param name="units">Hidden units: the size of each of the two states (h, c) and of the output, unless <see cref="Projection"/> says otherwise.</param>
public sealed class LstmAttribute(int units) : RecurrentLayerAttribute
{
    /// <summary>Hidden units: the size of each of the two states (h, c) and of the output, unless <see cref="Projection"/> says otherwise.</summary>
    public int Units { get; } = units;

    /// <summary>
    /// Whether the gates see the cell (Graves 2013): i and f the old one, o the new one, each unit its own: parameter <c>peephole [3H]</c> = i, f, o. False
    /// by default.
    /// </summary>
    public bool Peephole { get; init; }

    /// <summary>Whether <c>f = 1 − i</c> (ONNX's <c>input_forget</c>): the forget gate's own parameters are there and not used. False by default.</summary>
    public bool CoupledGates { get; init; }

    /// <summary>
    /// The size of the projected hidden state, <c>h' = W_hr (o ⊙ tanh(c'))</c> (Sak et al. 2014): parameter <c>weight_hr [P, H]</c>; no projection by default.
    /// </summary>
    public int Projection { get; init; }

    /// <summary>The largest absolute value of the cell c' (TensorFlow Lite's <c>cell_clip</c>); no limit by default. Above 0.</summary>
    public float CellClip { get; init; }

    /// <summary>The forget gate's bias at first (its part of <c>bias_ih</c>; that of <c>bias_hh</c> is then 0); drawn like the others by default.</summary>
    public float ForgetBias { get; init; }

    /// <summary>The activation of i, f and o; <see cref="Activation.Sigmoid"/> by default.</summary>
    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    /// <summary>The activation of g; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    /// <summary>The activation of c' on its way to h'; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation CellActivation { get; init; } = Activation.Tanh;

    /// <summary>α of <see cref="GateActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float GateAlpha { get; init; }

    /// <summary>β of <see cref="GateActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float GateBeta { get; init; }

    /// <summary>α of <see cref="CandidateActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float CandidateAlpha { get; init; }

    /// <summary>β of <see cref="CandidateActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float CandidateBeta { get; init; }

    /// <summary>α of <see cref="CellActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float CellAlpha { get; init; }

    /// <summary>β of <see cref="CellActivation"/>; <see cref="Activation"/> has the defaults.</summary>
    public float CellBeta { get; init; }
}
