using RnnGen.Runtime;

namespace RnnGen.Tests.Weights;

public sealed class XoshiroTests
{
    // The values of the reference C code, as rand_xoshiro and NumPy pin them as well.
    [Fact]
    public void Xoshiro256_gives_the_bits_of_its_authors_code()
    {
        var random = new Xoshiro256(1, 2, 3, 4);
        ulong[] expected =
        [
            41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205,
            9973669472204895162, 14011001112246962877, 12406186145184390807, 15849039046786891736, 10450023813501588000,
        ];
        foreach (ulong value in expected)
        {
            Assert.Equal(value, random.Next());
        }
    }

    [Fact]
    public void SplitMix64_gives_the_bits_of_its_authors_code()
    {
        ulong state = 1234567;
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        foreach (ulong value in expected)
        {
            Assert.Equal(value, Xoshiro256.SplitMix64(ref state));
        }
    }

    [Fact]
    public void Symmetric_floats_are_the_top_24_bits()
    {
        var bits = new Xoshiro256(42);
        var floats = new Xoshiro256(42);
        double sum = 0;
        const int Count = 100_000;
        for (int i = 0; i < Count; i++)
        {
            float value = floats.NextSymmetric();
            Assert.Equal((bits.Next() >> 40) / 8388608.0 - 1, value); // exactly
            Assert.InRange(value, -1f, MathF.BitDecrement(1));
            sum += value;
        }

        Assert.InRange(sum / Count, -0.01, 0.01); // the standard error is 0.0018
    }
}
