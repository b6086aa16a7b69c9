using RnnGen.Tests.Training;

namespace RnnGen.Tests.Reduced;

/// <summary>One layer's steps against a plain computation that reduces weights and vectors in the same way.</summary>
[Trait("Category", "Numerics")]
public abstract class ReducedLayerTests<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private const int Steps = 5;

    private static readonly int Units = TNetwork.OutputSize;

    [Theory]
    [InlineData(1f)]
    [InlineData(5f)]
    public void A_step_is_that_of_the_plain_computation(float scale)
    {
        using TNetwork network = TNetwork.Create(4);
        float[] state = Numbers.Draw(6, TNetwork.StateSize, scale);
        network.SetState(state);
        float[] output = new float[Units];
        for (int step = 0; step < Steps; step++)
        {
            // From the network's own state each time: a difference in the last bit could make a value another integer.
            network.CopyStateTo(state);
            float[] frame = Numbers.Draw(10 + step, TNetwork.InputSize, scale);
            network.Step(frame, output);
            AssertNear(network, frame, state, output);
        }
    }

    [Fact]
    public void A_vector_of_zeros_is_zero()
    {
        using TNetwork network = TNetwork.Create(4);
        float[] output = new float[Units];
        network.Step(new float[TNetwork.InputSize], output);
        AssertNear(network, new float[TNetwork.InputSize], new float[TNetwork.StateSize], output);
    }

    /// <summary>Sums of floats are rounded in proportion to their terms, which may cancel.</summary>
    private static void AssertNear(TNetwork network, float[] frame, float[] state, float[] output)
    {
        double[] expected = Hidden(network, frame, state);
        double terms = network.Parameters.Where(parameter => parameter.Shape.Count == 2)
            .Max(matrix => matrix.ToArray().Max(Math.Abs) * (matrix.Shape[1] == frame.Length ? frame : state[..Units]).Sum(Math.Abs));
        for (int unit = 0; unit < Units; unit++)
            Assert.Equal(expected[unit], output[unit], 2e-6 + 5e-8 * terms);
    }

    private static double[] Hidden(TNetwork network, float[] frame, float[] state)
    {
        string layer = network.Parameters[0].Name.Split('.')[0];
        float[] hidden = state[..Units];
        double[] input = Products(network, layer + ".weight_ih", layer + ".bias_ih", frame, FormatOf(0));
        double[] recurrent = Products(network, layer + ".weight_hh", layer + ".bias_hh", hidden, FormatOf(1));
        double[] next = new double[Units];
        for (int unit = 0; unit < Units; unit++)
        {
            double Input(int gate) => input[gate * Units + unit];
            double Recurrent(int gate) => recurrent[gate * Units + unit];
            double Both(int gate) => Input(gate) + Recurrent(gate);
            next[unit] = layer[..3] switch
            {
                "rnn" => Math.Tanh(Both(0)),
                "gru" => Gru(Sigmoid(Both(0)), Sigmoid(Both(1))),
                _ => Sigmoid(Both(3)) * Math.Tanh(Sigmoid(Both(1)) * state[Units + unit] + Sigmoid(Both(0)) * Math.Tanh(Both(2))),
            };

            double Gru(double r, double z) => (1 - z) * Math.Tanh(Input(2) + r * Recurrent(2)) + z * hidden[unit];
        }

        return next;
    }

    /// <summary>What the plan says of the matrix that multiplies the input (0) or the hidden state (1).</summary>
    private static Precision FormatOf(int panel) => TNetwork.Layout.Reduced.Count == 0 ? Precision.Float32 : TNetwork.Layout.Reduced[0].Panels[panel].Format;

    private static double[] Products(TNetwork network, string matrix, string bias, float[] vector, Precision format)
    {
        float[] weights = network.Parameters[matrix].ToArray(), biases = network.Parameters[bias].ToArray();
        double[] sums = new double[biases.Length];
        for (int row = 0; row < sums.Length; row++)
            sums[row] = biases[row] + Quantizing.Product(format, weights.AsSpan(row * vector.Length, vector.Length), vector);
        return sums;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
