using System.Runtime.Intrinsics;
using RnnGen.Runtime;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Reduced;

/// <summary>The integers and the halves that reduced products are made of.</summary>
[Trait("Category", "Numerics")]
public sealed class ReducedWeightTests
{
    public static TheoryData<int> Lengths => [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 20, 31, 32, 33, 63, 64, 100, 515, 517, 2000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_vector_becomes_integers_of_sixteen_bits(int length)
    {
        float[] values = Numbers.Draw(length, length, scale: 5);
        float largest = values.Max(Math.Abs), levels = Math.Min(32767, (int)(int.MaxValue / 127.0 / length));
        (short[] integers, float scale, int start) = Quantize(values);
        Assert.Equal(largest / levels, scale);
        for (int i = 0; i < length; i++)
            Assert.Equal((int)MathF.Round(values[i] * (levels / largest)), integers[i]);
        Assert.Contains(integers, value => Math.Abs((int)value) == levels);
        Assert.All(integers.Skip(length), value => Assert.Equal(0, value));
        Assert.Equal(-128 * integers.Sum(value => value), start);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-40f)]
    [InlineData(1e-31f)]
    public void A_vector_of_nothing_becomes_zeros(float value)
    {
        (short[] integers, float scale, int start) = Quantize([.. Enumerable.Repeat(value, 20)]);
        Assert.All(integers, integer => Assert.Equal(0, integer));
        Assert.Equal(0, start);
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

    [Theory]
    [InlineData(32767, 127)]
    [InlineData(32767, -127)]
    [InlineData(-32767, 127)]
    [InlineData(-32767, -127)]
    public void The_largest_products_are_exact(int value, int weight) => AssertProduct([value, value, value, value], [weight, weight, weight, weight]);

    [Fact]
    public void Each_byte_has_its_own_product()
    {
        for (int place = 0; place < 4; place++)
        {
            int[] values = [3, -70, 900, -11000], weights = [0, 0, 0, 0];
            weights[place] = 100 - (60 * place);
            AssertProduct(values, weights);
        }
    }

    /// <summary>A whole sum that fits is right although its parts do not fit.</summary>
    [Fact]
    public void A_sum_may_leave_its_bits_on_its_way()
    {
        float[] values = [.. Enumerable.Range(0, 516).Select(place => place < 510 ? 1f : -1)];
        int[] words = new int[258];
        Int8Math.Quantize(ref values[0], values.Length, ref words[0], out int start);
        var sums = Vector128.Create(start);
        for (int word = 0; word < words.Length; word += 2)
            sums = Int8Math.MultiplyAdd(Vector128.Create(words[word]), Vector128.Create(words[word + 1]), Stored([127, 127, 127, 127]), sums);
        Assert.Equal(504 * 32767 * 127, sums[0]);
    }

    private static void AssertProduct(int[] values, int[] weights)
    {
        int first = (values[0] & 0xFFFF) | (values[1] << 16), second = (values[2] & 0xFFFF) | (values[3] << 16), start = 5 - (128 * values.Sum());
        int expected = 5 + values.Zip(weights, (value, weight) => value * weight).Sum();
        var stored = Stored(weights);
        Assert.Equal(Vector128.Create(expected), Int8Math.MultiplyAdd(Vector128.Create(first), Vector128.Create(second), stored, Vector128.Create(start)));
        if (RnnGen.Simd.HasAvx2)
            Assert.Equal(Vector256.Create(expected), Int8Math.MultiplyAdd(Vector256.Create(first), Vector256.Create(second), Vector256.Create(stored, stored), Vector256.Create(start)));
        if (RnnGen.Simd.HasAvx512)
            Assert.Equal(
                Vector512.Create(expected),
                Int8Math.MultiplyAdd(Vector512.Create(first), Vector512.Create(second), Vector512.Create(Vector256.Create(stored, stored), Vector256.Create(stored, stored)), Vector512.Create(start)));
    }

    /// <summary>A word of weights: the first two in the lower bytes of its halves.</summary>
    private static Vector128<float> Stored(int[] weights)
    {
        uint Byte(int place) => (uint)(weights[place] + 128);
        return Vector128.Create(Byte(0) | (Byte(2) << 8) | (Byte(1) << 16) | (Byte(3) << 24)).AsSingle();
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

    private static (short[] Integers, float Scale, int Start) Quantize(float[] values)
    {
        int[] words = new int[(values.Length + 3) / 4 * 2];
        float scale = Int8Math.Quantize(ref values[0], values.Length, ref words[0], out int start);
        short[] integers = new short[2 * words.Length];
        Buffer.BlockCopy(words, 0, integers, 0, 2 * integers.Length);
        return (integers, scale, start);
    }
}
