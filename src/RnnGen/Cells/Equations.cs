using RnnGen.Runtime;

namespace RnnGen;

/// <summary>The functions of a cell's equations, element by element. For <c>using static</c> beside a <see cref="CellAttribute"/>.</summary>
public static class Equations
{
    /// <summary>The logistic function <c>1 / (1 + e^−v)</c>.</summary>
    /// <param name="value">A vector or a number.</param>
    public static Vector Sigmoid(Vector value) => Elementwise.Apply(value, ScalarMath.Sigmoid);

    /// <summary>The hyperbolic tangent.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Tanh(Vector value) => Elementwise.Apply(value, Math.Tanh);

    /// <summary><c>max(0, v)</c>; its derivative at 0 is 0.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Relu(Vector value) => Elementwise.Apply(value, v => Math.Max(0, v));

    /// <summary><c>e^v</c>.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Exp(Vector value) => Elementwise.Apply(value, Math.Exp);

    /// <summary>The natural logarithm.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Log(Vector value) => Elementwise.Apply(value, Math.Log);

    /// <summary>The square root.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Sqrt(Vector value) => Elementwise.Apply(value, Math.Sqrt);

    /// <summary><c>log(1 + e^v)</c>.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Softplus(Vector value) => Elementwise.Apply(value, ScalarMath.Softplus);

    /// <summary><c>log σ(v)</c>, exact where σ(v) is close to 0.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector LogSigmoid(Vector value) => Elementwise.Apply(value, v => -ScalarMath.Softplus(-v));

    /// <summary><c>|v|</c>; its derivative at 0 is 0.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Abs(Vector value) => Elementwise.Apply(value, Math.Abs);

    /// <summary>The sine, v in radians.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Sin(Vector value) => Elementwise.Apply(value, Math.Sin);

    /// <summary>The cosine, v in radians.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Cos(Vector value) => Elementwise.Apply(value, Math.Cos);

    /// <summary>The error function.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector Erf(Vector value) => Elementwise.Apply(value, ErrorFunction.At);

    /// <summary>The greater of two values.</summary>
    /// <param name="left">A vector or a number.</param>
    /// <param name="right">A vector of the same size, or a number.</param>
    public static Vector Max(Vector left, Vector right) => Elementwise.Apply(left, right, Math.Max);

    /// <summary>The smaller of two values.</summary>
    /// <inheritdoc cref="Max"/>
    public static Vector Min(Vector left, Vector right) => Elementwise.Apply(left, right, Math.Min);

    /// <summary>A value within bounds; its derivative at a bound is 0.</summary>
    /// <param name="value">A vector or a number.</param>
    /// <param name="low">The lower bound, a constant.</param>
    /// <param name="high">The upper bound, a constant above <paramref name="low"/>.</param>
    public static Vector Clamp(Vector value, double low, double high) => Elementwise.Apply(value, v => Math.Min(Math.Max(v, low), high));

    /// <summary>
    /// One value where a condition holds, another elsewhere. Nothing flows back through the condition, nor into the side that was not chosen: where the compared
    /// values are equal, the whole gradient goes to <paramref name="otherwise"/> with <c>></c> and <c>&lt;</c>, and to <paramref name="positive"/> with
    /// <c>>=</c> and <c>&lt;=</c>.
    /// </summary>
    /// <param name="condition">A comparison: <c>g > 0</c>, <c>g &lt;= h</c>.</param>
    /// <param name="positive">Where it holds.</param>
    /// <param name="otherwise">Elsewhere.</param>
    public static Vector Select(Condition condition, Vector positive, Vector otherwise) => Elementwise.Select(condition, positive, otherwise);

    /// <summary>The value itself, through which no gradient flows back.</summary>
    /// <inheritdoc cref="Sigmoid"/>
    public static Vector StopGradient(Vector value) => Elementwise.Apply(value, v => v);

    /// <summary>The mean over all elements, the same number for all units.</summary>
    /// <param name="value">A vector.</param>
    public static Vector Mean(Vector value) => Elementwise.Mean(value);

    /// <summary>An activation function that is an option of the cell.</summary>
    /// <param name="activation">Which; every one but <see cref="Activation.Softmax"/>.</param>
    /// <param name="value">What it is applied to.</param>
    /// <param name="alpha">Its α; NaN, and left out, is its default (<see cref="Activation"/>).</param>
    /// <param name="beta">Its β, likewise.</param>
    public static Vector Activate(Activation activation, Vector value, double alpha = double.NaN, double beta = double.NaN) =>
        Elementwise.Apply(value, v => ScalarMath.Activate(activation, v, alpha, beta));
}
