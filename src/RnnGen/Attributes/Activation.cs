namespace RnnGen;

/// <summary>
/// The activation function of a layer. Those with an α or β take it from the layer's options (<c>ActivationAlpha</c>, <c>GateAlpha</c>, …), or the default that
/// is given here.
/// </summary>
public enum Activation
{
    /// <summary>The identity, <c>x</c>.</summary>
    Linear,

    /// <summary><c>max(0, x)</c>; its derivative at 0 is 0.</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The logistic function <c>1 / (1 + e^−x)</c>.</summary>
    Sigmoid,

    /// <summary><c>e^xᵢ / Σⱼ e^xⱼ</c> over the units of one step; of <see cref="DenseAttribute"/>, <see cref="Conv1DAttribute"/> and <see cref="ActivationAttribute"/>.</summary>
    Softmax,

    /// <summary><c>x</c> where positive, else <c>α x</c>; α = 0.01.</summary>
    LeakyRelu,

    /// <summary><c>x</c> where positive, else <c>α (e^x − 1)</c>; α = 1.</summary>
    Elu,

    /// <summary><c>log(1 + e^x)</c>.</summary>
    Softplus,

    /// <summary><c>x / (1 + |x|)</c>.</summary>
    Softsign,

    /// <summary>Keras 3's <c>max(0, min(1, α x + β))</c>; α = 1/6, β = 0.5.</summary>
    HardSigmoid,

    /// <summary>ONNX's and Deeplearning4j's <c>max(0, min(1, α x + β))</c>; α = 0.2, β = 0.5.</summary>
    HardSigmoidOnnx,

    /// <summary><c>α x + β</c>; α = 1, β = 0.</summary>
    Affine,

    /// <summary><c>x Φ(x)</c>, Φ being the normal distribution (Hendrycks and Gimpel 2016); the exact one, by erf.</summary>
    Gelu,

    /// <summary><c>x σ(x)</c>, also called SiLU.</summary>
    Swish,
}
