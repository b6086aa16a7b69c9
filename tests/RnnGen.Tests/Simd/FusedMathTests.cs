using System.Runtime.Intrinsics;
using RnnGen.Runtime;

namespace RnnGen.Tests.Simd;

/// <summary>Fused multiply-adds on CPUs that have none, against those of the C library.</summary>
public sealed class FusedMathTests
{
    private const int Draws = 2_000_000;

    [Fact]
    public void Any_bits_are_multiplied_and_added_with_one_rounding()
    {
        var random = new Random(1);
        for (int i = 0; i < Draws; i++)
            Check(Any(random), Any(random), Any(random));
    }

    /// <summary>Where rounding twice goes wrong: the product nearly cancels the addend, or lies far below it.</summary>
    [Fact]
    public void Close_calls_are_rounded_once()
    {
        var random = new Random(2);
        for (int i = 0; i < Draws; i++)
        {
            float left = Near(random), right = Near(random);
            float scale = MathF.ScaleB(1, random.Next(-50, 51));
            float addend = random.Next(3) switch
            {
                0 => -left * right,
                1 => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(-left * right) + (uint)random.Next(-2, 3)),
                _ => Near(random) * scale,
            };
            Check(left, right, addend);
        }
    }

    [Fact]
    public void Results_below_the_normal_floats_are_rounded_once()
    {
        var random = new Random(3);
        for (int i = 0; i < Draws; i++)
            Check(Near(random) * 1e-22f, Near(random) * 1e-20f, Any(random) * 1e-38f);
    }

    private static readonly float[] Values =
    [
        0, -0f, 1, -1, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    public static TheoryData<float> Specials => [.. Values];

    [Theory]
    [MemberData(nameof(Specials))]
    public void Special_values_are_treated_alike(float left)
    {
        foreach (float right in Values)
            foreach (float addend in Values)
                Check(left, right, addend);
    }

    private static void Check(float left, float right, float addend)
    {
        float expected = MathF.FusedMultiplyAdd(left, right, addend);
        float actual = FusedMath.MultiplyAddInDoubles(
            Vector128.Create(left, 1, 2, left), Vector128.Create(right, 1, 2, right), Vector128.Create(addend, 1, 2, addend))[3];
        if (float.IsNaN(expected) ? !float.IsNaN(actual) : BitConverter.SingleToUInt32Bits(expected) != BitConverter.SingleToUInt32Bits(actual))
            Assert.Fail($"{left:R} * {right:R} + {addend:R}: expected {expected:R}, got {actual:R}");
    }

    private static float Any(Random random) => BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32));

    private static float Near(Random random) => (random.NextSingle() + 0.5f) * (random.Next(2) == 0 ? 1 : -1);
}
