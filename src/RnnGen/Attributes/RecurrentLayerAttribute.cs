namespace RnnGen;

/// <summary>
/// A layer whose hidden state goes from step to step: what <see cref="RnnAttribute"/>, <see cref="LstmAttribute"/> and <see cref="GruAttribute"/> share.
/// </summary>
public abstract class RecurrentLayerAttribute : LayerAttribute
{
    /// <inheritdoc cref="LayerAttribute()"/>
    protected RecurrentLayerAttribute()
    {
    }

    /// <summary>The direction in which the layer goes through a sequence; <see cref="Direction.Forward"/> by default.</summary>
    public Direction Direction { get; init; }

    /// <summary>How the outputs of a <see cref="Direction.Bidirectional"/> layer become one; <see cref="Merge.Concat"/> by default.</summary>
    public Merge Merge { get; init; }

    /// <summary>Whether the layer has biases, <c>bias_ih</c> and <c>bias_hh</c>; true by default.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>
    /// The largest absolute value of the gates' pre-activations, biases and peepholes included (ONNX's <c>clip</c>); no limit by default. Above 0.
    /// </summary>
    public float Clip { get; init; }

    /// <summary>
    /// Whether the state before the first step is learned: parameters <c>initial_h [H]</c> (and <c>initial_c [H]</c>), 0 at first. False by default: it is
    /// zero.
    /// </summary>
    public bool LearnedState { get; init; }

    /// <summary>
    /// Whether each gate's pre-activation is normalised over its units before its bias is added (Ba, Kiros and Hinton 2016): <c>γ ⊙ (a − mean) / √(variance +
    /// 1e-5) + b_ih + b_hh</c>, <c>a = W x + U h</c>, with the gains γ as parameter <c>layer_norm [G·H]</c>, 1 at first. Of a GRU's candidate,
    /// <c>a = W x + r ⊙ (U h)</c>, or <c>W x + U (r ⊙ h)</c> where the reset gate stands before the product, and both biases are added after. Peepholes come
    /// after it, <see cref="Clip"/> last. False by default.
    /// </summary>
    public bool LayerNorm { get; init; }

    /// <summary>
    /// The share of the hidden state that training zeroes in the recurrent product, 0 (by default) to below 1: one mask per sequence, the same at each step (Gal
    /// and Ghahramani 2016). What stays is scaled by 1 / (1 − rate). Inference does not know it.
    /// </summary>
    public float RecurrentDropout { get; init; }
}
