namespace RnnGen.Runtime;

/// <summary>Two numbers in 32 bits.</summary>
internal static class BFloat16Pair
{
    private const int Half = 16;
    private const uint LowerHalf = 0xFFFF;
    private const uint Sign = 0x8000;
    private const uint Infinity = 0x7F80;

    /// <summary>The upper half of the smallest normal float: smaller floats are slow on some CPUs.</summary>
    private const uint Least = 0x0080;

    /// <summary>The word that is nearest <paramref name="upper"/> as it is, and whose lower half, shifted up, is nearest <paramref name="lower"/>.</summary>
    public static float Of(float upper, float lower)
    {
        uint low = Nearest(lower);
        if (low == 0 && BitConverter.SingleToUInt32Bits(upper) == 0)
            return 0;
        uint bits = BitConverter.SingleToUInt32Bits(upper) >> Half;
        uint best = Candidate(bits, low);
        if (!float.IsFinite(upper))
            return BitConverter.UInt32BitsToSingle(best);
        foreach (uint other in (ReadOnlySpan<uint>)[bits - 1, bits + 1])
            if ((other & Sign) == (bits & Sign) && (other & Infinity) != Infinity && Distance(upper, Candidate(other, low)) < Distance(upper, best))
                best = Candidate(other, low);
        return BitConverter.UInt32BitsToSingle(best);
    }

    /// <summary>The upper half of the nearest number with no lower half; of those halfway, the even one.</summary>
    private static uint Nearest(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (!float.IsFinite(value))
            return (bits >> Half) | (float.IsNaN(value) ? 0x40u : 0);
        uint rounded = (bits + (LowerHalf >> 1) + ((bits >> Half) & 1)) >> Half;
        if ((rounded & Infinity) == Infinity)
            rounded--; // the largest finite one
        return (rounded & Infinity) == 0 ? rounded & Sign : rounded;
    }

    private static uint Candidate(uint upper, uint lower) => (((upper & Infinity) == 0 ? (upper & Sign) | Least : upper) << Half) | lower;

    private static double Distance(float value, uint bits) => Math.Abs((double)value - BitConverter.UInt32BitsToSingle(bits));
}
