namespace RnnGen.Formats;

/// <summary>The activation functions as <see cref="Activation"/> defines them. An α or β of 0 is one that was not set.</summary>
internal static class Activations
{
    /// <summary>The function of a row.</summary>
    public static double[] Apply(Activation activation, double[] row, float alpha = 0, float beta = 0) => activation switch
    {
        Activation.Linear => row,
        Activation.Softmax => Softmax(row),
        _ => Array.ConvertAll(row, value => Apply(activation, value, alpha, beta)),
    };

    /// <summary>The function of a value; all but softmax.</summary>
    public static double Apply(Activation activation, double x, float alpha, float beta)
    {
        (float? givenAlpha, float? givenBeta) = ActivationConstants.Of(activation, alpha, beta);
        double a = givenAlpha ?? 0, b = givenBeta ?? 0;
        return activation switch
        {
            Activation.Linear => x,
            Activation.Relu => Math.Max(0, x),
            Activation.Tanh => Math.Tanh(x),
            Activation.Sigmoid => Sigmoid(x),
            Activation.LeakyRelu => x > 0 ? x : a * x,
            Activation.Elu => x > 0 ? x : a * (Math.Exp(x) - 1),
            Activation.Softplus => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
            Activation.Softsign => x / (1 + Math.Abs(x)),
            Activation.HardSigmoid or Activation.HardSigmoidOnnx => Math.Clamp((a * x) + b, 0, 1),
            Activation.Affine => (a * x) + b,
            Activation.Gelu => x * NormalDistribution(x),
            Activation.Swish => x * Sigmoid(x),
            _ => throw new NotSupportedException($"The evaluator does not know the activation {activation}."),
        };
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Softmax(double[] row)
    {
        double largest = row.Max();
        double[] exponentials = Array.ConvertAll(row, value => Math.Exp(value - largest));
        double sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, value => value / sum);
    }

    /// <summary>Φ by its series about 0, <c>½ + e^(−x²/2) / √(2π) · Σ x^(2n+1) / (1·3·5···(2n+1))</c>; 0 or 1 where that is as good.</summary>
    private static double NormalDistribution(double x)
    {
        if (Math.Abs(x) > 9)
            return x > 0 ? 1 : 0;
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= x * x / ((2 * n) + 1);
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
