using RnnGen.Runtime;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Every loss against its definition in double precision: values, and gradients by finite differences of the definition.</summary>
public sealed class LossTests
{
    public static TheoryData<string, bool, float> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, float>();
            foreach (string name in new[] { "classes", "probabilities", "mse", "bce" })
            {
                foreach (bool identity in new[] { true, false })
                {
                    cases.Add(name, identity, 1);
                    cases.Add(name, identity, 8);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradient_follow_the_definition_over_rows_that_count(string name, bool identity, float scale)
    {
        foreach ((int rows, int size) in new[] { (3, 1), (6, 2), (12, 5), (40, 17) })
        {
            foreach ((bool masked, bool weighted) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                Case test = new(name, identity, scale, rows, size, masked, weighted);
                float[] gradients = Numbers.Draw(1, rows * size); // to be overwritten
                double loss = test.Compute(gradients);

                Assert.Equal(test.Reference(test.Variables), loss, 2e-6 * Math.Max(1, scale));
                Numbers.AssertNear(test.FiniteDifferences(), gradients, 2e-6);
                for (int i = 0; i < gradients.Length; i++)
                    Assert.True(test.IsCounted(i / size) || gradients[i] == 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Garbage_in_rows_that_do_not_count_changes_no_bit(string name, bool identity, float scale)
    {
        Case clean = new(name, identity, scale, rows: 12, size: 5, masked: true, weighted: true);
        Case dirty = new(name, identity, scale, rows: 12, size: 5, masked: true, weighted: true);
        for (int row = 0; row < 12; row++)
        {
            if (clean.IsCounted(row))
                continue;
            dirty.Logits.AsSpan(row * 5, 5).Fill(1e30f);
            dirty.Classes[row] = row % 2 == 0 ? int.MinValue : 5;
            dirty.Values.AsSpan(row * 5, 5).Fill(float.NaN);
        }

        float[] expected = new float[60];
        float[] gradients = new float[60];
        Assert.Equal(clean.Compute(expected), dirty.Compute(gradients));
        Numbers.AssertSameBits(expected, gradients);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cross_entropy_of_huge_logits_is_exact(bool identity)
    {
        float[] logits = [1e30f, -1e30f, 0, 300, 500, -200, -3e4f, -3e4f, -3e4f];
        float[] gradients = new float[9];
        var rows = Rows(logits, identity ? OutputActivation.Identity : OutputActivation.Softmax, 3, []);

        double loss = Compute(Loss.CrossEntropy, rows, new Targets([0, 2, 1]), gradients);

        Assert.Equal((0 + 700 + Math.Log(3)) / 3, loss, 1e-5);
        Numbers.AssertNear([0, 0, 0, 0, 1 / 3.0, -1 / 3.0, 1 / 9.0, -2 / 9.0, 1 / 9.0], gradients, 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Binary_cross_entropy_of_huge_logits_is_exact(bool identity)
    {
        float[] logits = [1e30f, -1e30f, 500, -500];
        float[] gradients = new float[4];
        var rows = Rows(logits, identity ? OutputActivation.Identity : OutputActivation.Sigmoid, 2, []);

        double loss = Compute(Loss.BinaryCrossEntropy, rows, new Targets([1f, 0, 0, 1]), gradients);

        Assert.Equal((0 + 0 + 500 + 500) / 4.0, loss, 1e-9);
        Numbers.AssertNear([0, 0, 0.25, -0.25], gradients, 1e-6);
    }

    [Fact]
    public void A_logit_of_minus_infinity_without_a_target_is_no_loss()
    {
        float[] logits = [float.NegativeInfinity, 1, 1];
        var rows = Rows(logits, OutputActivation.Identity, 3, []);
        Assert.Equal(Math.Log(2), Compute(Loss.CrossEntropy, rows, new Targets([1]), new float[3]), 1e-6);
        Assert.Equal(Math.Log(2), Compute(Loss.CrossEntropy, rows, new Targets([0, 0.5f, 0.5f]), new float[3]), 1e-6);
    }

    [Theory]
    [InlineData("classes")]
    [InlineData("probabilities")]
    [InlineData("mse")]
    [InlineData("bce")]
    public void A_NaN_in_a_row_that_counts_is_a_NaN_loss(string name)
    {
        Case test = new(name, identity: true, scale: 1, rows: 4, size: 3, masked: false);
        test.Logits[7] = float.NaN;
        Assert.True(double.IsNaN(test.Compute(new float[12])));
    }

    [Fact]
    public void Many_rows_do_not_underflow_the_sum_of_logarithms()
    {
        var sum = new LogarithmSum();
        double expected = 0;
        for (int i = 1; i <= 100000; i++)
        {
            double number = 1e-20 + i / 100000.0 * 0.5;
            sum.Add(number);
            expected += Math.Log(number);
        }

        Numbers.AssertNear(expected, sum.Total, 1e-12);
    }

    [Fact]
    public void Correct_rows_are_those_whose_largest_logit_is_first_at_the_class()
    {
        LossRows rows = Rows([1, 2, 0, 3, 3, 3, -1, -2, -3, 0, 0, 1], OutputActivation.Identity, 3, [1, 1, 1, 0]);
        Assert.Equal(2, rows.WeightOfCorrect([1, 0, 2, 2]));
        rows = Rows([1, 2, 0, 3, 3, 3, -1, -2, -3, 0, 0, 1], OutputActivation.Identity, 3, [1, 1, 1, 0], [0.5f, 2, 9, float.NaN]);
        Assert.Equal(2.5, rows.WeightOfCorrect([1, 0, 2, 2]));
    }

    [Fact]
    public void A_loss_refuses_an_output_activation_that_it_is_not_fused_with()
    {
        NetworkLayout softmax = LinearNetwork<PerStepSoftmax>.Layout;
        NetworkLayout sigmoid = LinearNetwork<PerStepSigmoid>.Layout;
        NetworkLayout identity = LinearNetwork<PerStepIdentity>.Layout;
        foreach (NetworkLayout layout in new[] { softmax, sigmoid, identity })
            Loss.MeanSquaredError.CheckNetwork(layout);
        Loss.CrossEntropy.CheckNetwork(softmax);
        Loss.CrossEntropy.CheckNetwork(identity);
        Loss.BinaryCrossEntropy.CheckNetwork(sigmoid);
        Loss.BinaryCrossEntropy.CheckNetwork(identity);

        string message = Assert.Throws<ArgumentException>(() => Loss.CrossEntropy.CheckNetwork(sigmoid)).Message;
        Assert.Contains("[Dense(4, Activation.Softmax)]", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => Loss.BinaryCrossEntropy.CheckNetwork(softmax)).Message;
        Assert.Contains("[Dense(4, Activation.Sigmoid)]", message, StringComparison.Ordinal);
    }

    /// <summary>A loss and its gradient, both divided by the weight of the rows, as a trainer has them.</summary>
    private static double Compute(Loss loss, in LossRows rows, Targets targets, Span<float> gradients)
    {
        LossRows whole = rows.For(loss, targets);
        double value = LossGradients.Compute(loss, whole, gradients, whole.TotalWeight);
        Assert.True(LossGradients.FirstWrong(gradients) < 0 || !double.IsFinite(value));
        if (loss.IsNormalized)
            return value;
        VectorLoops.Scale(gradients, (float)(1 / whole.TotalWeight));
        return value / whole.TotalWeight;
    }

    private static LossRows Rows(float[] logits, OutputActivation activation, int size, byte[] mask, float[]? weights = null)
    {
        float[] outputs = [.. logits];
        for (int row = 0; row < logits.Length / size; row++)
        {
            if (mask.Length == 0 || mask[row] != 0)
                Apply(activation, outputs.AsSpan(row * size, size));
            else
                outputs.AsSpan(row * size, size).Clear(); // as a tape has it
        }

        return new LossRows
        {
            Logits = logits,
            Outputs = outputs,
            Mask = mask,
            Targets = weights is not { Length: > 0 } ? default : default(Targets).WithWeights(weights),
            Count = logits.Length / size,
            BatchSize = 1,
            OutputSize = size,
            Activation = activation,
        };
    }

    private static float WeightOf(int row, byte[] mask, float[] weights) =>
        mask.Length != 0 && mask[row] == 0 ? 0 : weights.Length == 0 ? 1 : weights[row];

    private static void Apply(OutputActivation activation, Span<float> row) => OutputHead.Apply(activation, ref row[0], ref row[0], row.Length);

    /// <summary>A loss with random answers and targets.</summary>
    private sealed class Case
    {
        private readonly string _name;
        private readonly int _rows;
        private readonly int _size;
        private readonly byte[] _mask;
        private readonly float[] _weights;
        private readonly OutputActivation _activation;

        public Case(string name, bool identity, float scale, int rows, int size, bool masked, bool weighted = false)
        {
            (_name, _rows, _size) = (name, rows, size);
            _mask = masked ? [.. Enumerable.Range(0, rows).Select(row => (byte)(row % 3 == 1 ? 0 : 1))] : [];
            _weights = weighted ? [.. Enumerable.Range(0, rows).Select(row => _mask.Length != 0 && _mask[row] == 0 ? float.NaN : row % 4 * 0.75f)] : [];
            _activation = identity ? OutputActivation.Identity
                : name == "bce" ? OutputActivation.Sigmoid
                : name == "mse" ? OutputActivation.Sigmoid
                : OutputActivation.Softmax;
            Logits = Numbers.Draw(rows * 100 + size, rows * size, scale);
            Classes = [.. Enumerable.Range(0, rows).Select(row => row * 7 % size)];
            Values = [.. Numbers.Draw(rows, rows * size).Select(Math.Abs)];
        }

        public float[] Logits { get; }

        public int[] Classes { get; }

        public float[] Values { get; }

        /// <summary>What the loss's gradient is taken of: logits, or outputs for the mean squared error.</summary>
        public double[] Variables => [.. (_name == "mse" ? Answers().Outputs.ToArray() : Logits).Select(value => (double)value)];

        private Loss Loss => _name == "mse" ? Loss.MeanSquaredError : _name == "bce" ? Loss.BinaryCrossEntropy : Loss.CrossEntropy;

        public bool IsCounted(int row) => Weight(row) != 0;

        public double Compute(float[] gradients) =>
            LossTests.Compute(Loss, Answers(), _name == "classes" ? new Targets(Classes) : new Targets(Values), gradients);

        public double Reference(double[] variables)
        {
            double sum = 0;
            double counted = 0;
            for (int row = 0; row < _rows; row++)
            {
                if (!IsCounted(row))
                    continue;
                double weight = Weight(row);
                counted += weight;
                double[] z = variables[(row * _size)..((row + 1) * _size)];
                double partition = z.Max() + Math.Log(z.Sum(value => Math.Exp(value - z.Max())));
                for (int k = 0; k < _size; k++)
                {
                    double y = _name == "classes" ? (k == Classes[row] ? 1 : 0) : Values[row * _size + k];
                    sum += weight * _name switch
                    {
                        "mse" => (z[k] - y) * (z[k] - y) / _size,
                        "bce" => (y * Softplus(-z[k]) + (1 - y) * Softplus(z[k])) / _size,
                        _ => y * (partition - z[k]),
                    };
                }
            }

            return sum / counted;
        }

        public double[] FiniteDifferences()
        {
            double[] variables = Variables;
            double[] gradients = new double[variables.Length];
            for (int i = 0; i < variables.Length; i++)
            {
                double value = variables[i];
                variables[i] = value + 1e-5;
                double above = Reference(variables);
                variables[i] = value - 1e-5;
                gradients[i] = (above - Reference(variables)) / 2e-5;
                variables[i] = value;
            }

            return gradients;
        }

        private LossRows Answers() => Rows(Logits, _activation, _size, _mask, _weights);

        private float Weight(int row) => WeightOf(row, _mask, _weights);

        private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
    }
}
