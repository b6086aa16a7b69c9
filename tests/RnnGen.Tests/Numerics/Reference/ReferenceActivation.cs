namespace RnnGen.Tests.Numerics;

/// <summary>The activation functions as <see cref="Activation"/> defines them. An α or β of 0 is one that was not set.</summary>
internal static class ReferenceActivation
{
    public static Variable Activate(this Variable x, Activation activation, double alpha = 0, double beta = 0) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => x.Bent(1, 0),
        Activation.Tanh => x.Map(Math.Tanh, a => 1 - Math.Tanh(a) * Math.Tanh(a)),
        Activation.Sigmoid => x.Map(Sigmoid, a => Sigmoid(a) * (1 - Sigmoid(a))),
        Activation.Softmax => x.Softmax(),
        Activation.LeakyRelu => x.Bent(1, Or(alpha, 0.01)),
        Activation.Elu => x.Map(a => a > 0 ? a : Or(alpha, 1) * (Math.Exp(a) - 1), a => a > 0 ? 1 : Or(alpha, 1) * Math.Exp(a), Or(alpha, 1) == 1 ? [] : [0]),
        Activation.Softplus => x.Map(a => Math.Max(a, 0) + Math.Log(1 + Math.Exp(-Math.Abs(a))), Sigmoid),
        Activation.Softsign => x.Map(a => a / (1 + Math.Abs(a)), a => 1 / ((1 + Math.Abs(a)) * (1 + Math.Abs(a)))),
        Activation.HardSigmoid => x.HardSigmoid(Or(alpha, 1.0 / 6), Or(beta, 0.5)),
        Activation.HardSigmoidOnnx => x.HardSigmoid(Or(alpha, 0.2), Or(beta, 0.5)),
        Activation.Affine => x.Map(a => Or(alpha, 1) * a + beta, _ => Or(alpha, 1)),
        Activation.Gelu => x.Map(a => a * Normal(a), a => Normal(a) + a * Math.Exp(-a * a / 2) / Math.Sqrt(2 * Math.PI)),
        Activation.Swish => x.Map(a => a * Sigmoid(a), a => Sigmoid(a) * (1 + a * (1 - Sigmoid(a)))),
        _ => throw new InvalidOperationException($"no reference for {activation}"),
    };

    private static double Or(double value, double unlessSet) => value == 0 ? unlessSet : value;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static Variable Bent(this Variable x, double above, double below) => x.Map(a => a > 0 ? above * a : below * a, a => a > 0 ? above : below, 0);

    private static Variable HardSigmoid(this Variable x, double alpha, double beta) =>
        x.Map(a => Math.Clamp(alpha * a + beta, 0, 1), a => alpha * a + beta is > 0 and < 1 ? alpha : 0, -beta / alpha, (1 - beta) / alpha);

    /// <summary>The normal distribution Φ: its series about 0, x Σ x²ⁿ / (1·3·5···(2n + 1)) · e^(−x²/2) / √(2π) + ½; 0 or 1 where that is as good.</summary>
    private static double Normal(double x)
    {
        if (Math.Abs(x) > 9)
            return x > 0 ? 1 : 0;
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= x * x / (2 * n + 1);
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
