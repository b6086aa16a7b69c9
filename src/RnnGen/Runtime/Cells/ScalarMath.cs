namespace RnnGen.Runtime;

/// <summary>The functions of equations in double precision, where <see cref="Math"/> does not have them.</summary>
internal static class ScalarMath
{
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => Math.Max(0, x) + double.LogP1(Math.Exp(-Math.Abs(x)));

    /// <summary>An activation; α and β that are NaN are its defaults.</summary>
    public static double Activate(Activation activation, double x, double alpha, double beta) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => Math.Max(0, x),
        Activation.Tanh => Math.Tanh(x),
        Activation.Sigmoid => Sigmoid(x),
        Activation.LeakyRelu => x > 0 ? x : Or(alpha, 0.01) * x,
        Activation.Elu => x > 0 ? x : Or(alpha, 1) * (Math.Exp(x) - 1),
        Activation.Softplus => Softplus(x),
        Activation.Softsign => x / (1 + Math.Abs(x)),
        Activation.HardSigmoid => Math.Clamp((Or(alpha, 1.0 / 6) * x) + Or(beta, 0.5), 0, 1),
        Activation.HardSigmoidOnnx => Math.Clamp((Or(alpha, 0.2) * x) + Or(beta, 0.5), 0, 1),
        Activation.Affine => (Or(alpha, 1) * x) + Or(beta, 0),
        Activation.Gelu => 0.5 * x * (1 + ErrorFunction.At(x * Math.Sqrt(0.5))),
        Activation.Swish => x * Sigmoid(x),
        _ => throw new ArgumentException($"{activation} is not an elementwise activation.", nameof(activation)),
    };

    private static double Or(double value, double byDefault) => double.IsNaN(value) ? byDefault : value;
}
