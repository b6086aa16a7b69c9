namespace RnnGen;

/// <summary>The activation function of a layer.</summary>
public enum Activation
{
    /// <summary><c>x</c>.</summary>
    Linear,

    /// <summary><c>max(0, x)</c>; its derivative at 0 is 0.</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The logistic function <c>1 / (1 + e^−x)</c>.</summary>
    Sigmoid,

    /// <summary><c>e^xᵢ / Σⱼ e^xⱼ</c> over the outputs of one step; only on the network's last <see cref="DenseAttribute"/>.</summary>
    Softmax,
}
