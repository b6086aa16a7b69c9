namespace RnnGen.Tests.Numerics;

/// <summary>The reference itself: its backward pass, written by hand, against finite differences of its forward pass.</summary>
[Trait("Category", "Numerics")]
public sealed class ReferenceTests
{
    private const int Steps = 5;
    private const double Change = 1e-5;

    [Theory]
    [InlineData(typeof(RnnTanh3x5))]
    [InlineData(typeof(RnnRelu3x5))]
    [InlineData(typeof(Lstm3x5))]
    [InlineData(typeof(Gru3x5))]
    [InlineData(typeof(TwoKinds))]
    [InlineData(typeof(DenseBetween))]
    [InlineData(typeof(DenseOnly))]
    [InlineData(typeof(ManyHeads))]
    public void Its_gradients_are_finite_differences(Type type)
    {
        var random = new Random(1);
        var network = new ReferenceNetwork(type);
        foreach (string name in network.Names)
            Draw(random, network.Parameter(name));
        double[][] frames = [.. Enumerable.Range(0, Steps).Select(_ => Draw(random, new double[network.InputSize]))];
        double[] initial = Draw(random, new double[network.StateSize]);
        bool[] mask = [true, false, true, true, false];
        double[] state = [.. initial];
        double[][] outputGradients = [.. network.Forward(frames, mask, state).Select(row => Draw(random, new double[row.Length]))];
        double[] finalGradients = Draw(random, new double[network.StateSize]);
        double[] stateGradients = [.. finalGradients];
        double[][] frameGradients = network.Backward(outputGradients, stateGradients);

        // The masked steps have no outputs, so that their gradients must not matter.
        double Loss()
        {
            double[] final = [.. initial];
            double[][] outputs = network.Forward(frames, mask, final);
            return outputs.Zip(outputGradients, Dot).Sum() + Dot(final, finalGradients);
        }

        foreach (string name in network.Names)
            CheckDifferences(name, network.Parameter(name), network.Gradient(name), Loss);
        CheckDifferences("initial state", initial, stateGradients, Loss);
        for (int step = 0; step < Steps; step++)
            CheckDifferences($"frame {step}", frames[step], frameGradients[step], Loss);
    }

    private static void CheckDifferences(string what, double[] values, double[] gradients, Func<double> loss)
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
