using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests.Numerics;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>Options of cells, compiled, against their formulas written out in double precision: one unrolled forward pass each.</summary>
public sealed class CellOptionTests
{
    private const string Suite = "cell options";
    private const int Units = 3;
    private const int Steps = 6;

    private static readonly Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>> Networks = new(() => IGeneratedNetwork.LoadAll(GeneratorRun.Of("""
        using RnnGen;
        [Network(2)] [Lstm(3, Peephole = true, Clip = 0.4f, CellClip = 0.3f)] public sealed partial class Clipped;
        [Network(2)] [Lstm(3, ForgetBias = 1.5f)] public sealed partial class ForgetBias;
        [Network(2)] [Rnn(3, LayerNorm = true)] public sealed partial class NormalizedRnn;
        [Network(2)] [Gru(3, LayerNorm = true, GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.Softsign)] public sealed partial class NormalizedGru;
        [Network(2)] [Gru(3, LayerNorm = true)] public sealed partial class Gains;
        [Network(2)] [Lstm(3, Bias = false)] [Dense(2, Bias = false)] public sealed partial class Unbiased;
        """)));

    [Fact]
    public void Clips_bound_the_gates_and_the_cell()
    {
        var cell = new Reference(Networks.Value["Clipped"], "lstm0", 4);
        float[] peephole = cell.Parameter("peephole");
        double[] c = new double[Units];
        Check("clips", cell, h =>
        {
            double[] a = cell.Sums(h), next = new double[Units];
            for (int u = 0; u < Units; u++)
            {
                double i = Sigmoid(Clip(a[u] + (peephole[u] * c[u]), 0.4f)), f = Sigmoid(Clip(a[Units + u] + (peephole[Units + u] * c[u]), 0.4f));
                c[u] = Clip((f * c[u]) + (i * Math.Tanh(Clip(a[(2 * Units) + u], 0.4f))), 0.3f);
                next[u] = Sigmoid(Clip(a[(3 * Units) + u] + (peephole[(2 * Units) + u] * c[u]), 0.4f)) * Math.Tanh(c[u]);
            }

            return next;
        });
    }

    [Fact]
    public void A_normalized_Rnn_is_its_formula()
    {
        var cell = new Reference(Networks.Value["NormalizedRnn"], "rnn0", 1);
        Check("normalized rnn", cell, h => [.. cell.Normalized(0, cell.InputSums(0).Zip(cell.HiddenSums(0, h), (a, b) => a + b)).Select(Math.Tanh)]);
    }

    [Fact]
    public void A_normalized_Gru_is_its_formula()
    {
        var cell = new Reference(Networks.Value["NormalizedGru"], "gru0", 3);
        Check("normalized gru", cell, h =>
        {
            double[] Gate(int gate) => [.. cell.Normalized(gate, cell.InputSums(gate).Zip(cell.HiddenSums(gate, h), (a, b) => a + b)).Select(a => Math.Clamp((a / 6) + 0.5, 0, 1))];
            var (r, z) = (Gate(0), Gate(1));
            double[] n = [.. cell.Normalized(2, cell.InputSums(2).Zip(cell.HiddenSums(2, h).Zip(r, (a, b) => a * b), (a, b) => a + b)).Select(a => a / (1 + Math.Abs(a)))];
            return [.. h.Select((value, u) => ((1 - z[u]) * n[u]) + (z[u] * value))];
        });
    }

    [Fact]
    public void Gains_begin_at_one_and_the_forget_bias_where_it_is_set()
    {
        Assert.All(Networks.Value["Gains"].Parameters["gru0.layer_norm"].ToArray(), value => Assert.Equal(1, value));
        var parameters = Networks.Value["ForgetBias"].Parameters;
        Assert.All(parameters["lstm0.bias_ih"].ToArray()[Units..(2 * Units)], value => Assert.Equal(1.5f, value));
        Assert.All(parameters["lstm0.bias_hh"].ToArray()[Units..(2 * Units)], value => Assert.Equal(0, value));
        Assert.All(parameters["lstm0.bias_ih"].ToArray()[..Units], value => Assert.NotEqual(1.5f, value));
    }

    [Fact]
    public void Without_biases_there_are_no_parameters_for_them() =>
        Assert.Equal(["lstm0.weight_ih", "lstm0.weight_hh", "dense1.weight"], Networks.Value["Unbiased"].Parameters.Select(parameter => parameter.Name));

    /// <summary>Compares the outputs of a sequence with a formula for the next hidden state.</summary>
    private static void Check(string what, Reference cell, Func<double[], double[]> next)
    {
        var expected = new List<float>();
        double[] h = new double[Units];
        for (cell.Step = 0; cell.Step < Steps; cell.Step++)
        {
            h = next(h);
            expected.AddRange(h.Select(value => (float)value));
        }

        Closeness.Check(Suite, what, [.. expected], cell.Network.Run([], cell.Frames), Closeness.Forward);
        Closeness.Check(Suite, what + ", step by step", [.. expected], cell.Network.Stream([], cell.Frames).Outputs, Closeness.Forward);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Clip(double x, double bound) => Math.Clamp(x, -bound, bound);

    /// <summary>A network of one cell, with drawn parameters and frames.</summary>
    private sealed class Reference
    {
        private const int Inputs = 2;

        private readonly string _layer;

        public Reference(IGeneratedNetwork network, string layer, int gates)
        {
            (Network, _layer) = (network, layer);
            var random = new Random(gates);
            Frames = Draw(random, Steps * Inputs);
            foreach (var parameter in network.Parameters)
                parameter.Set(Draw(random, parameter.Count));
        }

        public IGeneratedNetwork Network { get; }

        public float[] Frames { get; }

        public int Step { get; set; }

        public float[] Parameter(string name) => Network.Parameters[$"{_layer}.{name}"].ToArray();

        public double[] InputSums(int gate) => Product("weight_ih", gate, [.. Frames.Skip(Step * Inputs).Take(Inputs).Select(value => (double)value)]);

        public double[] HiddenSums(int gate, double[] h) => Product("weight_hh", gate, h);

        /// <summary>W x + b_ih + U h + b_hh, gate by gate.</summary>
        public double[] Sums(double[] h) => [.. Enumerable.Range(0, 4).SelectMany(gate => Biased(gate, InputSums(gate).Zip(HiddenSums(gate, h), (a, b) => a + b)))];

        /// <summary>γ ⊙ (a − mean) / √(variance + 1e-5) + b_ih + b_hh.</summary>
        public IEnumerable<double> Normalized(int gate, IEnumerable<double> sums)
        {
            double[] a = [.. sums];
            double mean = a.Average(), variance = a.Average(value => (value - mean) * (value - mean));
            return Biased(gate, a.Select((value, u) => Parameter("layer_norm")[(gate * Units) + u] * (value - mean) / Math.Sqrt(variance + 1e-5)));
        }

        private IEnumerable<double> Biased(int gate, IEnumerable<double> sums) =>
            sums.Select((sum, u) => sum + Parameter("bias_ih")[(gate * Units) + u] + Parameter("bias_hh")[(gate * Units) + u]);

        private double[] Product(string matrix, int gate, double[] vector)
        {
            float[] weights = Parameter(matrix);
            return [.. Enumerable.Range(0, Units).Select(u => vector.Select((value, column) => value * weights[(((gate * Units) + u) * vector.Length) + column]).Sum())];
        }

        private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2) - 1)];
    }
}
