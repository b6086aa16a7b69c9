namespace RnnGen.Tests.Reduced;

/// <summary>Reduced products in plain code, written from the documentation of <see cref="Precision"/> and not from the library's code.</summary>
internal static class Quantizing
{
    /// <summary>The sum of weight times value over a row.</summary>
    public static double Product(Precision format, ReadOnlySpan<float> row, ReadOnlySpan<float> vector) => format switch
    {
        Precision.Int8 => Int8(row, vector),
        Precision.BFloat16 => Sum(Pairs(row), vector),
        _ => Sum(row, vector),
    };

    private static double Sum(ReadOnlySpan<float> row, ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int column = 0; column < row.Length; column++)
            sum += (double)row[column] * vector[column];
        return sum;
    }

    private static double Int8(ReadOnlySpan<float> row, ReadOnlySpan<float> vector)
    {
        (float weight, float value) = (Largest(row), Largest(vector));
        if (weight == 0 || value == 0)
            return 0;
        int levels = Math.Min(32767, (int)(int.MaxValue / 127.0 / row.Length));
        (float weights, float values) = (127 / weight, levels / value);
        long sum = 0;
        for (int column = 0; column < row.Length; column++)
            sum += (long)Math.Round(row[column] * weights) * (long)Math.Round(vector[column] * values);
        return sum * (weight / 127.0) * (value / (double)levels);
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    /// <summary>The odd columns rounded to 16 bits; the even ones as near as those 16 bits behind their own upper half let them come.</summary>
    private static float[] Pairs(ReadOnlySpan<float> row)
    {
        float[] rounded = row.ToArray();
        for (int column = 0; column + 1 < row.Length; column += 2)
        {
            rounded[column + 1] = ToNearest(row[column + 1], 0);
            rounded[column] = ToNearest(row[column], BitConverter.SingleToUInt32Bits(rounded[column + 1]) >> 16);
        }

        return rounded;
    }

    /// <summary>The float with these lower 16 bits that is nearest; of two, the one whose other bits are even.</summary>
    private static float ToNearest(float value, uint lower)
    {
        uint upper = BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000;
        float best = float.PositiveInfinity;
        foreach (uint bits in (uint[])[upper - 0x10000, upper, upper + 0x10000])
        {
            float candidate = BitConverter.UInt32BitsToSingle(bits | lower);
            double distance = Math.Abs((double)candidate - value), least = Math.Abs((double)best - value);
            if (distance < least || (distance == least && (bits >> 16) % 2 == 0))
                best = candidate;
        }

        return best;
    }
}
