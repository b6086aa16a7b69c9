namespace RnnGen.Samples.Audio;

/// <summary>µ-law companding of ITU-T G.711: one byte a sample, a logarithmic 14-bit scale.</summary>
internal static class MuLaw
{
    /// <summary>
    /// The linear 16-bit sample of a code, in [−32124, 32124]. A code is stored inverted: sign, three bits of exponent, four of mantissa. The segments lie on a
    /// scale shifted by the bias 33 (132 in 16 bits), which makes each twice as wide as the one below it (G.711, table 2a).
    /// </summary>
    public static short Decode(byte code)
    {
        const int Bias = 132;
        int bits = ~code;
        int exponent = (bits >> 4) & 7;
        int mantissa = bits & 15;
        int magnitude = (((mantissa << 3) + Bias) << exponent) - Bias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }
}
