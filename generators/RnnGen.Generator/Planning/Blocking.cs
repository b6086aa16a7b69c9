namespace RnnGen.Generator.Planning;

/// <summary>
/// How the units of a product are cut into blocks. The weights of a block lie together: for each column, the lanes of every accumulator. The cut is the same
/// for all instruction sets, so that a network has one layout; each target covers a block with its own vectors.
/// </summary>
/// <param name="BlockUnits">Units per block: 4, 8, 24, 40 or a multiple of 16, so that vectors stay aligned.</param>
/// <param name="Blocks">How many.</param>
internal sealed record Blocking(int BlockUnits, int Blocks)
{
    /// <summary>A cache line of floats, the widest vector.</summary>
    public const int Line = 16;

    /// <summary>Vectors of a line that should be in flight at once: two fused multiply-adds per cycle with a latency of four.</summary>
    private const int WantedAccumulators = 8;

    private const int MinLinesToSkew = 8;

    /// <summary>One part in so many may be padding added for a better cut.</summary>
    private const int PaddingLimit = 8;

    /// <summary>Units, padding included.</summary>
    public int PaddedUnits => BlockUnits * Blocks;

    /// <summary>Units of the largest layer whose gates end in half a line: past it, half a line of padding costs little.</summary>
    private const int MaxUnitsInHalfLines = 40;

    /// <summary>The widest vectors, of at most so many lanes, that a block is made of.</summary>
    public int Lanes(int most)
    {
        while (BlockUnits % most != 0)
            most /= 2;
        return most;
    }

    /// <summary>Small layers get one short block; others as many lines a block as keep the multiply-adds busy without much padding.</summary>
    /// <param name="units">Units of the layer.</param>
    /// <param name="accumulators">Accumulators of each.</param>
    /// <param name="inPairs">
    /// Whether each column feeds all accumulators, whose number is even: their gates may end in half a line, and columns still begin with a line.
    /// </param>
    public static Blocking For(int units, int accumulators, bool inPairs = false)
    {
        if (units <= Line / 4)
            return new Blocking(Line / 4, 1);
        if (units <= Line / 2)
            return new Blocking(Line / 2, 1);
        int halves = (units + (Line / 2) - 1) / (Line / 2);
        if (halves % 2 == 1 && units <= MaxUnitsInHalfLines)
            return new Blocking(inPairs ? halves * (Line / 2) : ToLine(units), 1);
        int lines = ToLine(units) / Line;
        int wanted = Math.Max(1, WantedAccumulators / Math.Max(1, accumulators));
        var best = (Lines: lines, Cut: LargestDivisor(lines, wanted));
        for (int padded = lines + 1; padded - lines <= lines / PaddingLimit; padded++)
        {
            int cut = LargestDivisor(padded, wanted);
            if (cut > best.Cut)
                best = (padded, cut);
        }

        return new Blocking(best.Cut * Line, best.Lines / best.Cut);
    }

    /// <summary>For equations without a product: whole vectors, and no more.</summary>
    public static Blocking Elementwise(int units) => units <= Line / 2 ? For(units, 1) : new Blocking(Line, ToLine(units) / Line);

    /// <summary>Units with as much padding as any number of accumulators brings.</summary>
    public static int MaxPadded(int units) => Enumerable.Range(1, WantedAccumulators).Max(accumulators => For(units, accumulators).PaddedUnits);

    /// <summary>
    /// Floats from one row to the next where one column of many rows is read after the other, as weight gradients do: an even number of cache lines would map
    /// the column to few sets of the first cache, which costs up to half the speed. Such a row gets one line more.
    /// </summary>
    public static int Skewed(int floats)
    {
        int lines = floats / Line;
        return floats % Line == 0 && lines >= MinLinesToSkew && lines % 2 == 0 ? floats + Line : floats;
    }

    /// <summary>Rounds up to whole cache lines.</summary>
    public static int ToLine(int floats) => (floats + Line - 1) / Line * Line;

    private static int LargestDivisor(int value, int limit)
    {
        for (int divisor = Math.Min(value, limit); divisor > 1; divisor--)
            if (value % divisor == 0)
                return divisor;
        return 1;
    }
}
