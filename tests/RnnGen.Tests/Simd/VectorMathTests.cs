namespace RnnGen.Tests.Simd;

/// <summary>
/// The functions against double precision, over every exponent of a float. The category is run again in child processes with other instruction sets, so nothing
/// here may rely on FMA or on a width.
/// </summary>
[Trait("Category", "Numerics")]
public sealed partial class VectorMathTests
{
    private const int MantissasPerExponent = 2048;

    private static readonly float[] Sweep = CreateSweep();

    public static TheoryData<int> Widths => new(VectorFunction.Widths);

    public static TheoryData<string> Functions => new(VectorFunction.All.Keys);

    [Theory]
    [MemberData(nameof(Widths))]
    public void ExpIsWithinTwoUlp(int width)
        => AssertUlp("Exp", width, x => Math.Exp(x), limit: 2);

    [Theory]
    [MemberData(nameof(Widths))]
    public void TanhIsWithinThreeUlp(int width)
        => AssertUlp("Tanh", width, x => Math.Tanh(x), limit: 3);

    [Theory]
    [MemberData(nameof(Widths))]
    public void SigmoidIsWithinThreeUlpWhereItIsANormalFloat(int width)
        => AssertUlp("Sigmoid", width, Logistic, limit: 3, x => x > -87.3f); // sigmoid(-87.33) is 2^-126, the smallest normal float

    [Theory]
    [MemberData(nameof(Widths))]
    public void SigmoidIsWithinOneUlpOfOneEverywhere(int width)
    {
        float[] results = VectorFunction.All["Sigmoid"].Apply(width, Sweep);
        for (int i = 0; i < Sweep.Length; i++)
            if (!float.IsNaN(Sweep[i]) && !(Math.Abs(results[i] - Logistic(Sweep[i])) <= 1.2e-7))
                Assert.Fail($"sigmoid({Sweep[i]:G9}) = {results[i]:G9}, expected {Logistic(Sweep[i]):G9}");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void TanhIsOddAndBounded(int width)
    {
        float[] results = VectorFunction.All["Tanh"].Apply(width, Sweep);
        float[] mirrored = VectorFunction.All["Tanh"].Apply(width, Array.ConvertAll(Sweep, x => -x));
        for (int i = 0; i < Sweep.Length; i++)
        {
            if (float.IsNaN(Sweep[i]))
                continue;
            float magnitude = Math.Abs(results[i]);
            if (Bits(results[i]) != Bits(-mirrored[i]) || Math.Sign(results[i]) != Math.Sign(Sweep[i]))
                Assert.Fail($"tanh({Sweep[i]:G9}) = {results[i]:G9}, of the negative {mirrored[i]:G9}");
            if (Math.Abs(Sweep[i]) >= 9.02f ? magnitude != 1 : !(magnitude <= 1))
                Assert.Fail($"tanh({Sweep[i]:G9}) = {results[i]:G9}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void ReluAndPositiveAreExact(int width)
    {
        float[] relu = VectorFunction.All["Relu"].Apply(width, Sweep);
        float[] positive = VectorFunction.All["Positive"].Apply(width, Sweep);
        for (int i = 0; i < Sweep.Length; i++)
        {
            if (float.IsNaN(Sweep[i]) ? !float.IsNaN(relu[i]) : relu[i] != Math.Max(0, Sweep[i]))
                Assert.Fail($"relu({Sweep[i]:G9}) = {relu[i]:G9}");
            if (positive[i] != (Sweep[i] > 0 ? 1 : 0))
                Assert.Fail($"positive({Sweep[i]:G9}) = {positive[i]:G9}");
        }
    }

    [Theory]
    [InlineData("Exp", 0f, 1f)]
    [InlineData("Exp", float.NegativeInfinity, 0f)]
    [InlineData("Exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Exp", 88.73f, float.PositiveInfinity)]
    [InlineData("Exp", float.MaxValue, float.PositiveInfinity)]
    [InlineData("Exp", -104f, 0f)]
    [InlineData("Exp", float.MinValue, 0f)]
    [InlineData("Exp", float.NaN, float.NaN)]
    [InlineData("Tanh", 0f, 0f)]
    [InlineData("Tanh", float.Epsilon, float.Epsilon)]
    [InlineData("Tanh", -1e-40f, -1e-40f)]
    [InlineData("Tanh", 1e-10f, 1e-10f)]
    [InlineData("Tanh", 9.02f, 1f)]
    [InlineData("Tanh", float.MinValue, -1f)]
    [InlineData("Tanh", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", float.NegativeInfinity, -1f)]
    [InlineData("Tanh", float.NaN, float.NaN)]
    [InlineData("Sigmoid", 0f, 0.5f)]
    [InlineData("Sigmoid", 17.4f, 1f)]
    [InlineData("Sigmoid", float.MaxValue, 1f)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("Sigmoid", -88f, 0f)]
    [InlineData("Sigmoid", float.MinValue, 0f)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Sigmoid", float.NaN, float.NaN)]
    [InlineData("Relu", float.NaN, float.NaN)]
    [InlineData("Relu", float.NegativeInfinity, 0f)]
    [InlineData("Relu", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Positive", float.NaN, 0f)]
    [InlineData("Positive", 0f, 0f)]
    [InlineData("Positive", float.Epsilon, 1f)]
    public void SpecialValues(string function, float x, float expected) => AssertValue(function, x, expected);

    [Theory]
    [InlineData("Exp", 1f)]
    [InlineData("Tanh", -0f)]
    [InlineData("Sigmoid", 0.5f)]
    [InlineData("Positive", 0f)]
    public void NegativeZero(string function, float expected) => AssertValue(function, -0f, expected); // xUnit takes -0f and 0f for the same row

    [Theory]
    [MemberData(nameof(Functions))]
    public void NaNStaysNaN(string function)
    {
        float[] inputs = Array.FindAll(Sweep, float.IsNaN)[..2048];
        foreach (int width in VectorFunction.Widths)
            Assert.All(VectorFunction.All[function].Apply(width, inputs), y => Assert.Equal(function is "Positive" or "Inside" ? 0 : float.NaN, y));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void AllWidthsGiveTheSameBits(string function)
    {
        float[] expected = VectorFunction.All[function].Apply(128, Sweep);
        foreach (int width in VectorFunction.Widths)
        {
            float[] results = VectorFunction.All[function].Apply(width, Sweep);
            for (int i = 0; i < Sweep.Length; i++)
                if (Bits(results[i]) != Bits(expected[i]))
                    Assert.Fail($"{function}({Sweep[i]:G9}) = {results[i]:G9} at {width}, {expected[i]:G9} at 128");
        }
    }

    private static void AssertValue(string function, float x, float expected)
    {
        foreach (int width in VectorFunction.Widths)
        {
            // The neighbours differ, so a lane that reads another's value shows.
            var inputs = new float[16];
            for (int lane = 0; lane < inputs.Length; lane++)
                inputs[lane] = lane % 2 == 0 ? x : 0.25f * lane;
            float[] results = VectorFunction.All[function].Apply(width, inputs);
            for (int lane = 0; lane < inputs.Length; lane += 2)
            {
                bool equal = float.IsNaN(expected) ? float.IsNaN(results[lane]) : Bits(results[lane]) == Bits(expected);
                Assert.True(equal, $"{function}({x:G9}) = {results[lane]:G9} at {width}, expected {expected:G9}");
            }
        }
    }

    private static void AssertUlp(string function, int width, Func<double, double> reference, double limit, Func<float, bool>? where = null)
        => AssertUlp(function, width, Sweep, reference, limit, where);

    private static void AssertUlp(string function, int width, float[] inputs, Func<double, double> reference, double limit, Func<float, bool>? where = null)
    {
        float[] results = VectorFunction.All[function].Apply(width, inputs);
        double worst = 0;
        int at = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (float.IsNaN(inputs[i]) || where?.Invoke(inputs[i]) == false)
                continue;
            double error = UlpError(results[i], reference(inputs[i]));
            if (!(error <= worst))
                (worst, at) = (error, i);
        }
        double expected = reference(inputs[at]);
        Assert.True(worst <= limit, $"{function}({inputs[at]:G9}) = {results[at]:G9}, expected {expected:G9}: {worst:F2} ULP at {width} bits");
    }

    /// <summary>The distance in units of the last place of a float of the true value's size. Infinity counts as 2^128, the value it is rounded from.</summary>
    private static double UlpError(float result, double expected)
    {
        double limit = Math.ScaleB(1, 128);
        double clipped = Math.Clamp(expected, -limit, limit);
        int exponent = clipped == 0 ? -126 : Math.Clamp(Math.ILogB(clipped), -126, 127);
        return Math.Abs(Math.Clamp((double)result, -limit, limit) - clipped) / Math.ScaleB(1, exponent - 23);
    }

    private static double Logistic(double x) => x > 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    /// <summary>Both signs, all 256 exponents (so zeros, denormals, infinities and NaNs too), evenly spread mantissas from the first to the last.</summary>
    private static float[] CreateSweep()
    {
        const uint LastMantissa = (1u << 23) - 1;
        var values = new float[2 * 256 * MantissasPerExponent];
        int count = 0;
        for (uint signAndExponent = 0; signAndExponent < 512; signAndExponent++)
            for (uint k = 0; k < MantissasPerExponent; k++)
            {
                uint mantissa = (uint)((ulong)k * LastMantissa / (MantissasPerExponent - 1));
                values[count++] = BitConverter.UInt32BitsToSingle((signAndExponent << 23) | mantissa);
            }
        return values;
    }
}
