namespace RnnGen.Tests.Numerics;

/// <summary>The reference itself: its gradients against finite differences of its forward pass, for every layer and option.</summary>
[Trait("Category", "Numerics")]
public sealed class ReferenceTests
{
    private const int Steps = 5;
    private const int BatchSize = 2;
    private const int InputSize = 3;
    private const double Change = 1e-5;

    // One row a sequence; a dot is a masked step.
    private static readonly string[] Masks = ["#.##.", ".##.#"];

    private static readonly Dictionary<string, LayerAttribute[]> Networks = new()
    {
        ["rnn"] = [new RnnAttribute(4)],
        ["lstm"] = [new LstmAttribute(4)],
        ["lstm, peephole and cell clip"] = [new LstmAttribute(4) { Peephole = true, CellClip = 0.5f }],
        ["lstm, coupled and projected"] = [new LstmAttribute(4) { CoupledGates = true, Projection = 2 }],
        ["lstm, clip and normalized"] = [new LstmAttribute(4) { Clip = 0.8f, LayerNorm = true, Peephole = true }],
        ["lstm, functions"] = [new LstmAttribute(4)
        {
            GateActivation = Activation.HardSigmoid, GateAlpha = 0.1f, CandidateActivation = Activation.Softsign, CellActivation = Activation.Elu, CellAlpha = 0.7f,
        }],
        ["gru"] = [new GruAttribute(4)],
        ["gru, before"] = [new GruAttribute(4) { Reset = ResetGate.BeforeProduct, Bias = false }],
        ["gru, normalized"] = [new GruAttribute(4) { LayerNorm = true }],
        ["gru, functions"] = [new GruAttribute(4) { GateActivation = Activation.HardSigmoidOnnx, CandidateActivation = Activation.Affine, CandidateAlpha = 0.5f }],
        ["concat, then last"] = [new LstmAttribute(3) { Direction = Direction.Bidirectional }, new LastStepAttribute(), new DenseAttribute(2)],
        ["sum, then reverse"] = [new RnnAttribute(3) { Direction = Direction.Bidirectional, Merge = Merge.Sum }, new GruAttribute(2) { Direction = Direction.Reverse }],
        ["average"] = [new RnnAttribute(3) { Direction = Direction.Bidirectional, Merge = Merge.Average, Activation = Activation.LeakyRelu }],
        ["multiply, then skip"] = [new GruAttribute(3) { Direction = Direction.Bidirectional, Merge = Merge.Multiply }, new SkipAttribute()],
        ["mean"] = [new GruAttribute(3), new MeanPoolAttribute(), new DenseAttribute(2, Activation.Softmax)],
        ["maximum"] = [new LstmAttribute(3), new DropoutAttribute(0.5f), new MaxPoolAttribute(), new DenseAttribute(2, Activation.Gelu)],
        ["alone"] = [new LayerNormAttribute(), new ActivationAttribute(Activation.Softmax), new DenseAttribute(3), new LayerNormAttribute()],
        ["graph"] =
        [
            new GruAttribute(4) { Name = "gru" }, new DenseAttribute(4, Activation.Softmax) { From = ["gru", "input"] }, new MultiplyAttribute { From = ["gru", "dense1"] },
            new AddAttribute { From = ["multiply2", "gru", "multiply2"] }, new ConcatAttribute { From = ["gru", "add3"] },
        ],
        ["convolution"] = [new Conv1DAttribute(4, 3, Activation.Swish) { Dilation = 2 }, new DenseAttribute(2, Activation.Softplus)],
        ["convolutions of both sides"] =
        [
            new Conv1DAttribute(4, 3, Activation.Swish) { Padding = ConvPadding.Same }, new Conv1DAttribute(2, 2, Activation.Tanh) { Padding = ConvPadding.Same, Dilation = 3 },
        ],
        ["embedding"] = [new EmbeddingAttribute(4), new RnnAttribute(3) { Activation = Activation.Relu }],
    };

    public static TheoryData<string, MaskedState> Cases
    {
        get
        {
            var cases = new TheoryData<string, MaskedState>();
            foreach (string name in Networks.Keys)
            {
                cases.Add(name, MaskedState.Hold);
                cases.Add(name, MaskedState.Reset);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_gradients_are_finite_differences(string name, MaskedState rule)
    {
        var network = new ReferenceNetwork(new NetworkAttribute(InputSize) { MaskedState = rule }, Networks[name]);
        var random = new Random(1);
        foreach (double[] parameter in network.Parameters.Values)
            Draw(random, parameter);
        double[]?[][] frames = [.. Masks.Select(mask => mask.Select(step => step == '#' ? Draw(random, new double[InputSize]) : null).ToArray())];
        double[] states = Array.ConvertAll(Draw(random, new double[BatchSize * network.StateSize]), value => value + 2); // a count of steps is not negative
        double[] finalGradients = Draw(random, new double[states.Length]);
        double[] outputGradients = Draw(random, new double[Steps * BatchSize * network.OutputSize]); // more than a many-to-one network has

        ReferenceResult Run() => network.Run(frames, states, outputGradients, finalGradients);
        double Loss()
        {
            ReferenceResult result = Run();
            return Dot(result.Outputs, outputGradients) + Dot(result.FinalState, finalGradients);
        }

        ReferenceResult expected = Run();
        Assert.True(expected.NearestKink > 2 * Change, $"a value is {expected.NearestKink:E1} from a kink");
        foreach ((string parameter, double[] gradient) in expected.Gradients)
            CheckDifferences(parameter, network.Parameters[parameter], gradient, Loss);
        CheckDifferences("initial states", states, expected.InitialStateGradients, Loss);
        for (int row = 0; row < Steps * BatchSize; row++)
        {
            if (frames[row % BatchSize][row / BatchSize] is double[] frame)
                CheckDifferences($"frame {row}", frame, expected.InputGradients.AsSpan(row * InputSize, InputSize), Loss);
        }
    }

    private static void CheckDifferences(string what, double[] values, ReadOnlySpan<double> gradients, Func<double> loss)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            values[i] = value + Change;
            double above = loss();
            values[i] = value - Change;
            double below = loss();
            values[i] = value;
            double slope = (above - below) / (2 * Change);
            Assert.True(Math.Abs(slope - gradients[i]) < 1e-7, $"{what} at {i}: expected {slope:R}, got {gradients[i]:R}");
        }
    }

    private static double Dot(double[] one, double[] other) => one.Zip(other, (a, b) => a * b).Sum();

    private static double[] Draw(Random random, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = 2 * random.NextDouble() - 1;
        return values;
    }
}
