using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Tests.Simd;

/// <summary>The functions that activations beyond Sigmoid, Tanh and Relu are made of.</summary>
public sealed partial class VectorMathTests
{
    [Theory]
    [MemberData(nameof(Widths))]
    public void SoftplusIsWithinThreeUlpWhereItIsANormalFloatAndFourWithoutFma(int width)
        => AssertUlp("Softplus", width, LogOnePlusExp, limit: HasFma ? 3 : 4, x => x > -87.3f);

    [Theory]
    [MemberData(nameof(Widths))]
    public void LogSigmoidIsWithinThreeUlpWhereItIsANormalFloatAndFourWithoutFma(int width)
        => AssertUlp("LogSigmoid", width, x => -LogOnePlusExp(-x), limit: HasFma ? 3 : 4, x => x < 87.3f);

    [Theory]
    [MemberData(nameof(Widths))]
    public void SoftsignIsWithinTwoUlp(int width)
        => AssertUlp("Softsign", width, x => double.IsInfinity(x) ? Math.Sign(x) : x / (1 + Math.Abs(x)), limit: 2);

    [Theory]
    [MemberData(nameof(Widths))]
    public void SoftsignSlopeIsWithinFourUlpWhereItIsANormalFloat(int width)
        => AssertUlp("SoftsignSlope", width, x => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x))), limit: 4, x => Math.Abs(x) < 9e18f);

    [Theory]
    [MemberData(nameof(Widths))]
    public void EluTailIsWithinThreeUlp(int width) => AssertUlp("EluTail", width, x => x < 0 ? ExpMinusOne(x) : 0, limit: 3);

    [Theory]
    [MemberData(nameof(Widths))]
    public void InverseSqrtIsWithinTwoUlp(int width) => AssertUlp("InverseSqrt", width, x => 1 / Math.Sqrt(x), limit: 2, x => x > 0);

    [Theory]
    [MemberData(nameof(Widths))]
    public void ErfIsCloseAndOddAndBounded(int width)
    {
        float[] results = VectorFunction.All["Erf"].Apply(width, Sweep);
        float[] mirrored = VectorFunction.All["Erf"].Apply(width, Array.ConvertAll(Sweep, x => -x));
        for (int i = 0; i < Sweep.Length; i++)
        {
            if (float.IsNaN(Sweep[i]))
                continue;
            double expected = ErrorFunction(Sweep[i]);
            if (!(Math.Abs(results[i] - expected) <= Math.Min(1.5e-7, Math.Max(5e-7 * Math.Abs(expected), float.Epsilon))))
                Assert.Fail($"erf({Sweep[i]:G9}) = {results[i]:G9}, expected {expected:G9}");
            if (Bits(results[i]) != Bits(-mirrored[i]) || !(Math.Abs(results[i]) <= 1) || (Math.Abs(Sweep[i]) >= 4 && Math.Abs(results[i]) != 1))
                Assert.Fail($"erf({Sweep[i]:G9}) = {results[i]:G9}, of the negative {mirrored[i]:G9}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void MinZeroClampAndInsideAreExact(int width)
    {
        float[] minZero = VectorFunction.All["MinZero"].Apply(width, Sweep);
        float[] clamp = VectorFunction.All["Clamp"].Apply(width, Sweep);
        float[] inside = VectorFunction.All["Inside"].Apply(width, Sweep);
        for (int i = 0; i < Sweep.Length; i++)
        {
            float x = Sweep[i];
            if (float.IsNaN(x))
                continue; // NaNStaysNaN
            if (minZero[i] != Math.Min(0, x) || clamp[i] != Math.Clamp(x, VectorFunction.Low, VectorFunction.High))
                Assert.Fail($"min({x:G9}, 0) = {minZero[i]:G9}, clamp({x:G9}) = {clamp[i]:G9}");
            if (inside[i] != (x > VectorFunction.Low && x < VectorFunction.High ? 1 : 0))
                Assert.Fail($"inside({x:G9}) = {inside[i]:G9}");
        }
    }

    [Theory]
    [InlineData("Softplus", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Softplus", float.NegativeInfinity, 0f)]
    [InlineData("Softplus", float.MaxValue, float.MaxValue)]
    [InlineData("Softplus", 0f, 0.693147182f)]
    [InlineData("LogSigmoid", float.PositiveInfinity, -0f)]
    [InlineData("LogSigmoid", float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData("LogSigmoid", float.MinValue, float.MinValue)]
    [InlineData("LogSigmoid", 0f, -0.693147182f)]
    [InlineData("Softsign", float.PositiveInfinity, 1f)]
    [InlineData("Softsign", float.NegativeInfinity, -1f)]
    [InlineData("Softsign", 1f, 0.5f)]
    [InlineData("SoftsignSlope", float.NegativeInfinity, 0f)]
    [InlineData("SoftsignSlope", 0f, 1f)]
    [InlineData("Erf", 0f, 0f)]
    [InlineData("Erf", float.PositiveInfinity, 1f)]
    [InlineData("Erf", float.NegativeInfinity, -1f)]
    [InlineData("EluTail", float.PositiveInfinity, 0f)]
    [InlineData("EluTail", float.NegativeInfinity, -1f)]
    [InlineData("MinZero", float.PositiveInfinity, 0f)]
    [InlineData("Clamp", float.PositiveInfinity, VectorFunction.High)]
    [InlineData("Clamp", float.NegativeInfinity, VectorFunction.Low)]
    [InlineData("Inside", VectorFunction.Low, 0f)]
    [InlineData("Inside", VectorFunction.High, 0f)]
    [InlineData("InverseSqrt", 4f, 0.5f)]
    [InlineData("InverseSqrt", 0f, float.PositiveInfinity)]
    public void SpecialValuesOfActivations(string function, float x, float expected) => AssertValue(function, x, expected);

    private static bool HasFma => Fma.IsSupported || AdvSimd.IsSupported;

    private static double LogOnePlusExp(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    private static double LogOnePlus(double t) => t < 1e-5 ? t - (t * t / 2) + (t * t * t / 3) : Math.Log(1 + t);

    private static double ExpMinusOne(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1;

    /// <summary>By its series to 3, whose terms then still lose few digits, and by a continued fraction of the rest beyond.</summary>
    private static double ErrorFunction(double x)
    {
        double a = Math.Min(Math.Abs(x), 10), result;
        if (a < 3)
        {
            double power = a, sum = a;
            for (int n = 1; n < 80; n++)
                sum += (power *= -a * a / n) / ((2 * n) + 1);
            result = 2 / Math.Sqrt(Math.PI) * sum;
        }
        else
        {
            double fraction = a;
            for (int k = 60; k > 0; k--)
                fraction = a + (k / 2.0 / fraction);
            result = 1 - (Math.Exp(-a * a) / (Math.Sqrt(Math.PI) * fraction));
        }

        return x < 0 ? -result : result;
    }
}
