namespace RnnGen;

/// <summary>Where a <see cref="GruAttribute"/>'s reset gate acts.</summary>
public enum ResetGate
{
    /// <summary><c>n = tanh(W x + b_in + r ⊙ (U h + b_hn))</c>: PyTorch, cuDNN, Keras by default, ONNX <c>linear_before_reset = 1</c>.</summary>
    AfterProduct,

    /// <summary>
    /// <c>n = tanh(W x + b_in + U (r ⊙ h) + b_hn)</c>: the original paper (Cho et al. 2014), ONNX by default, Keras <c>reset_after = False</c>.
    /// </summary>
    BeforeProduct,
}
