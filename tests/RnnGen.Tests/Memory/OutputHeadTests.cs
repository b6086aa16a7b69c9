using CsCheck;
using RnnGen.Runtime;

namespace RnnGen.Tests.Memory;

public sealed class OutputHeadTests
{
    private const float Guard = 12345.5f;

    // Lengths around the 4 lanes of a vector, and long ones.
    private static readonly Gen<float[]> AnyRow =
        from n in Gen.OneOf(Gen.Int[1, 20], Gen.OneOf(31, 32, 33, 100, 257))
        from scale in Gen.OneOf(1f, 10f, 1000f, 1e30f)
        from row in Gen.Float[-1, 1].Array[n]
        select row.Select(value => value * scale).ToArray();

    [Theory]
    [InlineData(OutputActivation.Identity, 0)]
    [InlineData(OutputActivation.Sigmoid, 4e-7)]
    [InlineData(OutputActivation.Softmax, 4e-7)]
    public void Outputs_are_those_of_a_double_reference(OutputActivation activation, double tolerance) => AnyRow.Sample(logits =>
    {
        double[] expected = Reference(activation, logits);
        foreach (bool inPlace in (bool[])[false, true])
        {
            float[] outputs = Apply(activation, logits, inPlace);
            for (int i = 0; i < logits.Length; i++)
            {
                Assert.True(
                    Math.Abs(outputs[i] - expected[i]) <= tolerance, $"{activation}[{i}] of {logits.Length}: expected {expected[i]}, got {outputs[i]}");
            }
        }
    });

    [Theory]
    [InlineData(OutputActivation.Identity)]
    [InlineData(OutputActivation.Sigmoid)]
    [InlineData(OutputActivation.Softmax)]
    public void Gradients_are_those_of_a_double_reference(OutputActivation activation) =>
        Gen.Select(Gen.Int[1, 40], Gen.Int).Sample((n, seed) =>
        {
            var random = new Random(seed);
            float[] logits = [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() * 8 - 4)];
            float[] gradients = [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() * 2 - 1)];
            float[] outputs = Apply(activation, logits, inPlace: false);
            double[] expected = ReferenceGradient(activation, outputs, gradients);
            foreach (bool inPlace in (bool[])[false, true])
            {
                float[] actual = Guarded(gradients);
                float[] destination = inPlace ? actual : Guarded(new float[n]);
                OutputHead.Gradient(activation, ref outputs[0], ref actual[0], ref destination[0], n);

                Assert.Equal(Guard, destination[n]);
                for (int i = 0; i < n; i++)
                {
                    Assert.Equal(expected[i], destination[i], 3e-7);
                }
            }
        });

    [Fact]
    public void Softmax_of_huge_logits_neither_overflows_nor_vanishes()
    {
        Assert.Equal([0, 1, 0], Apply(OutputActivation.Softmax, [-3e38f, 3e38f, 0], false));
        Assert.Equal([0.5f, 0.5f], Apply(OutputActivation.Softmax, [3e38f, 3e38f], false));
        Assert.Equal([0.5f, 0.5f], Apply(OutputActivation.Softmax, [-3e38f, -3e38f], false));
        Assert.Equal([1], Apply(OutputActivation.Softmax, [-1e20f], false));
    }

    [Fact]
    public void Softmax_of_minus_infinity_is_zero_beside_a_finite_logit()
    {
        Assert.Equal([0, 0.5f, 0.5f, 0, 0], Apply(OutputActivation.Softmax, [float.NegativeInfinity, 1, 1, float.NegativeInfinity, -2000], false));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_NaN_stays_a_NaN(int at)
    {
        float[] logits = [1, 2, 3, 4, 5, 6];
        logits[at] = float.NaN;
        Assert.All(Apply(OutputActivation.Softmax, logits, false), value => Assert.True(float.IsNaN(value)));
        foreach (OutputActivation activation in (OutputActivation[])[OutputActivation.Sigmoid, OutputActivation.Identity])
        {
            float[] outputs = Apply(activation, logits, false);
            Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(i == at, float.IsNaN(outputs[i])));
        }
    }

    [Fact]
    public void Sigmoid_of_infinities_is_0_and_1() =>
        Assert.Equal([0, 1, 0.5f], Apply(OutputActivation.Sigmoid, [float.NegativeInfinity, float.PositiveInfinity, 0], false));

    [Fact]
    public void A_row_of_no_values_is_left_alone()
    {
        foreach (OutputActivation activation in Enum.GetValues<OutputActivation>())
        {
            Assert.Empty(Apply(activation, [], false));
        }
    }

    // Applies to a row that is followed by a guard, and checks that the guard is not touched.
    private static float[] Apply(OutputActivation activation, float[] logits, bool inPlace)
    {
        int n = logits.Length;
        float[] source = Guarded(logits);
        float[] destination = inPlace ? source : Guarded(new float[n]);
        OutputHead.Apply(activation, ref source[0], ref destination[0], n);

        Assert.All(destination[n..], value => Assert.Equal(Guard, value));
        Assert.Equal(inPlace ? destination[..n] : logits, source[..n]);
        return destination[..n];
    }

    private static float[] Guarded(float[] row) => [.. row, Guard, Guard, Guard, Guard];

    private static double[] Reference(OutputActivation activation, float[] logits)
    {
        if (activation == OutputActivation.Identity)
        {
            return [.. logits.Select(logit => (double)logit)];
        }

        if (activation == OutputActivation.Sigmoid)
        {
            return [.. logits.Select(logit => 1 / (1 + Math.Exp(-(double)logit)))];
        }

        double max = logits.Max();
        double sum = logits.Sum(logit => Math.Exp(logit - max));
        return [.. logits.Select(logit => Math.Exp(logit - max) / sum)];
    }

    private static double[] ReferenceGradient(OutputActivation activation, float[] p, float[] dp)
    {
        double dot = p.Zip(dp, (one, other) => (double)one * other).Sum();
        return [.. p.Zip(dp, (one, other) => activation switch
        {
            OutputActivation.Softmax => one * (other - dot),
            OutputActivation.Sigmoid => (double)other * one * (1 - (double)one),
            _ => other,
        })];
    }
}
