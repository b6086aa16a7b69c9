using RnnGen.Runtime;

namespace RnnGen;

/// <summary>Symbols as vectors that are 1 at the symbol's place and 0 elsewhere.</summary>
public static class OneHot
{
    /// <summary>Encodes a sequence of symbols, ready for <c>Run</c> or <see cref="SequenceBatch.Pad(IReadOnlyList{float[]}, int, Padding)"/>.</summary>
    /// <param name="symbols">One symbol a step, each from 0 to <paramref name="size"/> − 1.</param>
    /// <param name="size">How many symbols there are: the network's InputSize.</param>
    /// <returns>[symbols.Length × size].</returns>
    /// <exception cref="ArgumentException">The result would be longer than an array can be (about 2³¹ values).</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A symbol is out of range (the message names its step), or <paramref name="size"/> is not positive.
    /// </exception>
    public static float[] Encode(ReadOnlySpan<int> symbols, int size)
    {
        if (size <= 0)
            throw new ArgumentOutOfRangeException(nameof(size), $"size: expected a positive number of symbols, got {size}");
        float[] encoded = new float[Guard.Elements(nameof(symbols), "values (symbols × size)", symbols.Length, size)];
        for (int step = 0; step < symbols.Length; step++)
        {
            int symbol = symbols[step];
            if ((uint)symbol >= (uint)size)
                throw new ArgumentOutOfRangeException(nameof(symbols), $"symbols: expected 0 to {size - 1} at step {step}, got {symbol}");
            encoded[step * size + symbol] = 1;
        }

        return encoded;
    }
}
