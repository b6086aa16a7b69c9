using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Every activation, compiled: its values and its derivative against double precision, where the enumeration's own formulas are fine also at infinities.
/// </summary>
public sealed class ActivationTests
{
    private static readonly Dictionary<string, (Func<double, double> Value, Func<double, double> Slope)> Formulas = new()
    {
        ["Linear"] = (x => x, _ => 1),
        ["Relu"] = (x => Math.Max(0, x), x => x > 0 ? 1 : 0),
        ["Tanh"] = (Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x))),
        ["LeakyRelu"] = Leaky(0.01f),
        ["LeakyRelu, ActivationAlpha = 1.5f"] = Leaky(1.5),
        ["LeakyRelu, ActivationAlpha = 0"] = (x => Math.Max(0, x), x => x > 0 ? 1 : 0),
        ["Elu"] = Elu(1),
        ["Elu, ActivationAlpha = 0.5f"] = Elu(0.5),
        ["Softplus"] = (x => Math.Max(0, x) + Math.Log(1 + Math.Exp(-Math.Abs(x))), Logistic),
        ["Softsign"] = (x => double.IsInfinity(x) ? Math.Sign(x) : x / (1 + Math.Abs(x)), x => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x)))),
        ["HardSigmoid"] = Hard(1f / 6, 0.5),
        ["HardSigmoid, ActivationAlpha = 1, ActivationBeta = 0.25f"] = Hard(1, 0.25),
        ["HardSigmoidOnnx"] = Hard(0.2f, 0.5),
        ["Affine"] = (x => x, _ => 1),
        ["Affine, ActivationAlpha = -2, ActivationBeta = 0.25f"] = (x => (-2 * x) + 0.25, _ => -2),
        ["Gelu"] = (x => x * Normal(x), x => Normal(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI))),
        ["Swish"] = (x => x * Logistic(x), x => Logistic(x) * (1 + (x * (1 - Logistic(x))))),
    };

    private static readonly Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>> Networks = new(() =>
        IGeneratedNetwork.LoadAll(GeneratorRun.Of(new GeneratorSetup(), [.. Formulas.Keys.Select(Source)])));

    public static TheoryData<string> Cases => [.. Formulas.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_slopes_are_those_of_the_formula(string activation)
    {
        float[] inputs = [0, -0f, .. Enumerable.Range(-60, 121).Select(i => (i / 8f) + 0.01f), -30, 30, -1e4f, 1e4f];

        var (outputs, slopes) = Evaluate(activation, inputs);

        for (int i = 0; i < inputs.Length; i++)
        {
            Close($"{activation}({inputs[i]:g9})", Formulas[activation].Value(inputs[i]), outputs[i], 4e-7);
            Close($"{activation}'({inputs[i]:g9})", Formulas[activation].Slope(inputs[i]), slopes[i], 1e-6);
        }
    }

    /// <summary>x σ(x) and x Φ(x) are no number at −∞, here as everywhere.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Infinities_and_NaN(string activation)
    {
        float[] inputs = [float.PositiveInfinity, float.NaN, .. activation is "Swish" or "Gelu" ? Array.Empty<float>() : [float.NegativeInfinity]];

        var (outputs, _) = Evaluate(activation, inputs);

        foreach (var (input, output) in inputs.Zip(outputs))
            Assert.Equal((float)Formulas[activation].Value(input), output, 1e-6f);
    }

    [Fact]
    public void No_activation_is_left_out() => Assert.Equal(
        Enum.GetNames<Activation>().Except(["Softmax", "Sigmoid"]), Formulas.Keys.Select(name => name.Split(',')[0]).Distinct().OrderBy(name => Enum.Parse<Activation>(name)));

    private static (float[] Outputs, float[] Slopes) Evaluate(string activation, float[] inputs)
    {
        var network = Networks.Value[Name(activation)];
        network.Parameters["dense0.weight"].Set([1]);
        var pass = network.Train(SequenceBatch.FromTimeMajor(inputs, inputs.Length, 1, 1), [], [.. inputs.Select(_ => 1f)], []);
        Assert.Equal(pass.Outputs, network.Run([], inputs));
        return (pass.Outputs, pass.InputGradients);
    }

    private static void Close(string what, double expected, float actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: expected {expected:g9}, got {actual:g9}");

    private static (Func<double, double>, Func<double, double>) Leaky(double alpha) => (x => x > 0 ? x : alpha * x, x => x > 0 ? 1 : alpha);

    private static (Func<double, double>, Func<double, double>) Elu(double alpha) => (x => x > 0 ? x : alpha * (Math.Exp(x) - 1), x => x > 0 ? 1 : alpha * Math.Exp(x));

    private static (Func<double, double>, Func<double, double>) Hard(double alpha, double beta) =>
        (x => Math.Clamp((alpha * x) + beta, 0, 1), x => (alpha * x) + beta is > 0 and < 1 ? alpha : 0);

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Φ(x), by its series.</summary>
    private static double Normal(double x)
    {
        if (Math.Abs(x) > 8)
            return x > 0 ? 1 : 0;
        double term = x, sum = x;
        for (int n = 1; n < 200; n++)
            sum += term *= x * x / ((2 * n) + 1);
        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }

    private static string Name(string activation) => "Net" + string.Concat(activation.Where(char.IsLetterOrDigit));

    private static string Source(string activation) => $"""
        using RnnGen;
        [Network(1)]
        [Dense(1, Activation.{activation}, Bias = false)]
        public sealed partial class {Name(activation)};
        """;
}
