namespace RnnGen.Tests.Simd;

/// <content>The activations of gates.</content>
public sealed partial class VectorMathTests
{
    [Theory]
    [MemberData(nameof(Widths))]
    public void GateTanhIsCloseAndOddAndBounded(int width)
    {
        float[] results = VectorFunction.All["GateTanh"].Apply(width, Sweep);
        float[] mirrored = VectorFunction.All["GateTanh"].Apply(width, Array.ConvertAll(Sweep, x => -x));
        for (int i = 0; i < Sweep.Length; i++)
        {
            if (float.IsNaN(Sweep[i]))
                continue;
            double expected = Math.Tanh(Sweep[i]);
            if (!(Math.Abs(results[i] - expected) <= Math.Min(3e-7, Math.Max(4.5e-7 * Math.Abs(expected), float.Epsilon))))
                Assert.Fail($"tanh({Sweep[i]:G9}) = {results[i]:G9}, expected {expected:G9}");
            if (Bits(results[i]) != Bits(-mirrored[i]) || !(Math.Abs(results[i]) <= 1) || (Math.Abs(Sweep[i]) >= 9.1f && Math.Abs(results[i]) != 1))
                Assert.Fail($"tanh({Sweep[i]:G9}) = {results[i]:G9}, of the negative {mirrored[i]:G9}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void GateSigmoidIsCloseAndBounded(int width)
    {
        float[] results = VectorFunction.All["GateSigmoid"].Apply(width, Sweep);
        for (int i = 0; i < Sweep.Length; i++)
        {
            if (float.IsNaN(Sweep[i]))
                continue;
            double expected = Logistic(Sweep[i]);
            bool saturated = Math.Abs(Sweep[i]) < 18.2f || results[i] == Math.Round(expected);
            if (!(Math.Abs(results[i] - expected) <= 2e-7) || !(results[i] is >= 0 and <= 1) || !saturated)
                Assert.Fail($"sigmoid({Sweep[i]:G9}) = {results[i]:G9}, expected {expected:G9}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void FastTanhIsWithinItsErrorAndOddAndBounded(int width)
    {
        float[] results = VectorFunction.All["FastTanh"].Apply(width, Sweep);
        float[] mirrored = VectorFunction.All["FastTanh"].Apply(width, Array.ConvertAll(Sweep, x => -x));
        for (int i = 0; i < Sweep.Length; i++)
        {
            if (float.IsNaN(Sweep[i]))
                continue;
            double expected = Math.Tanh(Sweep[i]);
            if (!(Math.Abs(results[i] - expected) <= 1.8e-5))
                Assert.Fail($"tanh({Sweep[i]:G9}) = {results[i]:G9}, expected {expected:G9}");
            if (Bits(results[i]) != Bits(-mirrored[i]) || !(Math.Abs(results[i]) <= 1))
                Assert.Fail($"tanh({Sweep[i]:G9}) = {results[i]:G9}, of the negative {mirrored[i]:G9}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void FastSigmoidIsWithinItsErrorAndBounded(int width)
    {
        float[] results = VectorFunction.All["FastSigmoid"].Apply(width, Sweep);
        for (int i = 0; i < Sweep.Length; i++)
        {
            if (float.IsNaN(Sweep[i]))
                continue;
            double expected = Logistic(Sweep[i]);
            if (!(Math.Abs(results[i] - expected) <= 9e-6) || !(results[i] is >= 0 and <= 1))
                Assert.Fail($"sigmoid({Sweep[i]:G9}) = {results[i]:G9}, expected {expected:G9}");
        }
    }

    [Theory]
    [InlineData("FastTanh", float.NaN, float.NaN)]
    [InlineData("FastSigmoid", 0f, 0.5f)]
    [InlineData("FastSigmoid", float.NaN, float.NaN)]
    [InlineData("GateTanh", 0f, 0f)]
    [InlineData("GateTanh", float.Epsilon, float.Epsilon)]
    [InlineData("GateTanh", -1e-40f, -1e-40f)]
    [InlineData("GateTanh", 1e-10f, 1e-10f)]
    [InlineData("GateTanh", float.MaxValue, 1f)]
    [InlineData("GateTanh", float.NegativeInfinity, -1f)]
    [InlineData("GateTanh", float.NaN, float.NaN)]
    [InlineData("GateSigmoid", 0f, 0.5f)]
    [InlineData("GateSigmoid", float.PositiveInfinity, 1f)]
    [InlineData("GateSigmoid", float.MinValue, 0f)]
    [InlineData("GateSigmoid", float.NegativeInfinity, 0f)]
    [InlineData("GateSigmoid", float.NaN, float.NaN)]
    public void SpecialValuesOfGates(string function, float x, float expected) => AssertValue(function, x, expected);
}
