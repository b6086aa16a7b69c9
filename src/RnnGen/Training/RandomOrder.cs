namespace RnnGen.Training;

/// <summary>Shuffles with integers only (SplitMix64: Steele, Lea and Flood 2014), so that a seed means the same order everywhere and forever.</summary>
internal sealed class RandomOrder(long seed)
{
    /// <summary>All that decides what comes next.</summary>
    internal ulong State { get; set; } = unchecked((ulong)seed);

    /// <summary>Puts items into random order (Fisher and Yates).</summary>
    internal void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = (int)(((Next() >> 32) * (ulong)(i + 1)) >> 32);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private ulong Next()
    {
        unchecked
        {
            ulong z = State += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
