namespace RnnGen.Tests.Simd;

/// <content>The elementary functions of cells' own equations.</content>
public sealed partial class VectorMathTests
{
    /// <summary>As far as sine and cosine are accurate.</summary>
    private const float LargestAngle = 1e4f;

    /// <summary>Angles up to that, evenly spread: most of the sweep's are tiny or huge.</summary>
    private static readonly float[] Angles = [.. Enumerable.Range(-1 << 17, 1 << 18).Select(i => i * (LargestAngle / (1 << 17)))];

    /// <summary>The floats around multiples of a quarter turn, where a sine or cosine is what is left when nearly everything cancels.</summary>
    private static readonly float[] NearQuarters =
        [.. Enumerable.Range(-6366, 12732).SelectMany(n => Enumerable.Range(-8, 16).Select(step => Neighbour((float)(n * Math.PI / 2), step)))];

    public static TheoryData<int, string> WaveWidths
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (int width in VectorFunction.Widths)
            {
                data.Add(width, "Sin");
                data.Add(width, "Cos");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void LogIsWithinTwoUlp(int width) => AssertUlp("Log", width, Math.Log, limit: 2, x => x >= 0);

    /// <summary>There the logarithm is small, and what two terms leave of each other would show.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void LogIsWithinTwoUlpAroundOne(int width)
        => AssertUlp("Log", width, [.. Enumerable.Range(-1 << 16, 1 << 17).Select(step => Neighbour(1, step))], Math.Log, limit: 2);

    [Theory]
    [MemberData(nameof(Widths))]
    public void SqrtIsRoundedCorrectlyAndAbsIsExact(int width)
    {
        float[] roots = VectorFunction.All["Sqrt"].Apply(width, Sweep);
        float[] magnitudes = VectorFunction.All["Abs"].Apply(width, Sweep);
        for (int i = 0; i < Sweep.Length; i++)
        {
            if (float.IsNaN(Sweep[i]))
                continue; // NaNStaysNaN
            float root = (float)Math.Sqrt(Sweep[i]); // rounding twice is rounding once: a double has more than twice a float's bits
            if (float.IsNaN(root) ? !float.IsNaN(roots[i]) : Bits(root) != Bits(roots[i]))
                Assert.Fail($"sqrt({Sweep[i]:G9}) = {roots[i]:G9}, expected {root:G9}");
            if (Bits(magnitudes[i]) != Bits(Math.Abs(Sweep[i])))
                Assert.Fail($"|{Sweep[i]:G9}| = {magnitudes[i]:G9}");
        }
    }

    [Theory]
    [MemberData(nameof(WaveWidths))]
    public void SinAndCosAreWithinThreeUlp(int width, string function)
    {
        Func<double, double> reference = function == "Sin" ? Math.Sin : Math.Cos;
        AssertUlp(function, width, reference, limit: 3, x => Math.Abs(x) <= LargestAngle);
        AssertUlp(function, width, Angles, reference, limit: 3);
        AssertUlp(function, width, NearQuarters, reference, limit: 3);
    }

    [Theory]
    [MemberData(nameof(WaveWidths))]
    public void SinAndCosAreBoundedEverywhere(int width, string function)
    {
        foreach (float[] inputs in new[] { Sweep, Angles, NearQuarters })
        {
            float[] results = VectorFunction.All[function].Apply(width, inputs);
            for (int i = 0; i < inputs.Length; i++)
                if (float.IsFinite(inputs[i]) ? !(Math.Abs(results[i]) <= 1) : !float.IsNaN(results[i]))
                    Assert.Fail($"{function}({inputs[i]:G9}) = {results[i]:G9}");
        }
    }

    [Theory]
    [InlineData("Log", 1f, 0f)]
    [InlineData("Log", 0f, float.NegativeInfinity)]
    [InlineData("Log", float.Epsilon, -103.278931f)]
    [InlineData("Log", 1.17549421e-38f, -87.3365479f)]
    [InlineData("Log", 1.17549435e-38f, -87.3365479f)]
    [InlineData("Log", float.MaxValue, 88.7228394f)]
    [InlineData("Log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log", -float.Epsilon, float.NaN)]
    [InlineData("Log", -1f, float.NaN)]
    [InlineData("Log", float.NegativeInfinity, float.NaN)]
    [InlineData("Sqrt", 4f, 2f)]
    [InlineData("Sqrt", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Sqrt", -float.Epsilon, float.NaN)]
    [InlineData("Abs", float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData("Sin", 0f, 0f)]
    [InlineData("Sin", float.Epsilon, float.Epsilon)]
    [InlineData("Sin", -1e-40f, -1e-40f)]
    [InlineData("Sin", 1.57079637f, 1f)]
    [InlineData("Sin", -1.57079637f, -1f)]
    [InlineData("Sin", float.PositiveInfinity, float.NaN)]
    [InlineData("Cos", 0f, 1f)]
    [InlineData("Cos", float.Epsilon, 1f)]
    [InlineData("Cos", 3.14159274f, -1f)]
    [InlineData("Cos", float.NegativeInfinity, float.NaN)]
    public void SpecialValuesOfElementaryFunctions(string function, float x, float expected) => AssertValue(function, x, expected);

    [Theory]
    [InlineData("Log", float.NegativeInfinity)]
    [InlineData("Sqrt", -0f)]
    [InlineData("Abs", 0f)]
    [InlineData("Sin", 0f)]
    [InlineData("Cos", 1f)]
    public void NegativeZeroOfElementaryFunctions(string function, float expected) => AssertValue(function, -0f, expected);

    /// <summary>The float that many steps away.</summary>
    private static float Neighbour(float value, int steps) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) + steps);
}
