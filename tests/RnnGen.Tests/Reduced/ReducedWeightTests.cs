using System.Runtime.Intrinsics;
using RnnGen.Runtime;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Reduced;

/// <summary>The integers and the halves that reduced products are made of.</summary>
[Trait("Category", "Numerics")]
public sealed class ReducedWeightTests
{
    public static TheoryData<int> Lengths => [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 20, 31, 32, 33, 63, 64, 100];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_vector_becomes_integers_of_seven_bits(int length)
    {
        float[] values = Numbers.Draw(length, length, scale: 5);
        float largest = values.Max(Math.Abs);
        (byte[] bytes, float scale) = Quantize(values);
        Assert.Equal(largest / 63, scale);
        for (int i = 0; i < length; i++)
            Assert.Equal(64 + (int)MathF.Round(values[i] * (63 / largest)), bytes[i]);
        Assert.Contains(bytes.Take(length), value => value is 1 or 127);
        Assert.All(bytes.Skip(length), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-40f)]
    [InlineData(1e-31f)]
    public void A_vector_of_nothing_becomes_zeros(float value)
    {
        (byte[] bytes, float scale) = Quantize([.. Enumerable.Repeat(value, 20)]);
        Assert.All(bytes, integer => Assert.Equal(64, integer));
        Assert.InRange(scale, 0, 1e-31f);
    }

    [Fact]
    public void What_is_not_finite_is_seen_in_the_scale()
    {
        for (int place = 0; place < 37; place++)
        {
            float[] values = Numbers.Draw(place, 37);
            values[place] = float.NaN;
            Assert.True(float.IsNaN(Quantize(values).Scale));
            values[place] = float.NegativeInfinity;
            Assert.True(float.IsPositiveInfinity(Quantize(values).Scale));
        }
    }

    /// <summary>Sums of two products come as near to the limit of 16 bits as they can.</summary>
    [Theory]
    [InlineData(127, 127)]
    [InlineData(127, -127)]
    [InlineData(1, 127)]
    [InlineData(1, -127)]
    public void The_largest_products_are_exact(int value, int weight)
    {
        float weights = BitConverter.Int32BitsToSingle((weight & 0xFF) * 0x01010101);
        int values = value * 0x01010101, expected = 5 + 4 * value * weight;
        Assert.Equal(Vector128.Create(expected), Int8Math.MultiplyAdd(Vector128.Create(values), Vector128.Create(weights), Vector128.Create(5)));
        if (RnnGen.Simd.HasAvx2)
            Assert.Equal(Vector256.Create(expected), Int8Math.MultiplyAdd(Vector256.Create(values), Vector256.Create(weights), Vector256.Create(5)));
        if (RnnGen.Simd.HasAvx512)
            Assert.Equal(Vector512.Create(expected), Int8Math.MultiplyAdd(Vector512.Create(values), Vector512.Create(weights), Vector512.Create(5)));
    }

    [Fact]
    public void Each_byte_has_its_own_product()
    {
        int weights = unchecked((int)0x80FF7F03), values = 0x7F014002; // 3, 127, −1, −128 and 2, 64, 1, 127
        int expected = 3 * 2 + 127 * 64 - 1 - 128 * 127;
        Assert.Equal(
            Vector128.Create(expected),
            Int8Math.MultiplyAdd(Vector128.Create(values), Vector128.Create(BitConverter.Int32BitsToSingle(weights)), Vector128<int>.Zero));
    }

    [Fact]
    public void Both_halves_of_a_word_are_near()
    {
        float[] values = Numbers.Draw(1, 2000);
        for (int i = 0; i < values.Length; i += 2)
        {
            float word = BFloat16Pair.Of(values[i], values[i + 1]);
            Assert.InRange(Math.Abs(word - values[i]), 0, Math.Abs(values[i]) / 256);
            Assert.InRange(Math.Abs(Lower(word) - values[i + 1]), 0, Math.Abs(values[i + 1]) / 256);
        }
    }

    [Theory]
    [InlineData(0f, 0.3f)]
    [InlineData(0.3f, 0f)]
    [InlineData(0f, 0f)]
    [InlineData(float.MaxValue, float.MaxValue)]
    [InlineData(float.MinValue, 1f)]
    [InlineData(1e-40f, 1e-40f)]
    public void The_ends_of_the_range_stay_finite_and_no_half_is_denormal(float upper, float lower)
    {
        float word = BFloat16Pair.Of(upper, lower);
        Assert.True(float.IsFinite(word) && float.IsFinite(Lower(word)));
        Assert.False(float.IsSubnormal(word) || float.IsSubnormal(Lower(word)));
        Assert.InRange(Math.Abs((double)word - upper), 0, Math.Max(Math.Abs((double)upper) / 256, 3e-38));
        Assert.InRange(Math.Abs((double)Lower(word) - lower), 0, Math.Max(Math.Abs((double)lower) / 256, 3e-38));
    }

    /// <summary>Padding is zero, and stays zero when it is packed.</summary>
    [Fact]
    public void Two_zeros_are_a_zero_word() => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(BFloat16Pair.Of(0, 0)));

    [Fact]
    public void NaN_stays_NaN_in_its_half()
    {
        Assert.True(float.IsNaN(BFloat16Pair.Of(float.NaN, 1)));
        Assert.Equal(1, Lower(BFloat16Pair.Of(float.NaN, 1)));
        Assert.True(float.IsNaN(Lower(BFloat16Pair.Of(1, float.NaN))));
    }

    private static float Lower(float word) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(word) << 16);

    private static (byte[] Bytes, float Scale) Quantize(float[] values)
    {
        int[] words = new int[(values.Length + 3) / 4];
        float scale = Int8Math.Quantize(ref values[0], values.Length, ref words[0]);
        byte[] bytes = new byte[4 * words.Length];
        Buffer.BlockCopy(words, 0, bytes, 0, bytes.Length);
        return (bytes, scale);
    }
}
