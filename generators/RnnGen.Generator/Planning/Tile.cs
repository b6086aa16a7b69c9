namespace RnnGen.Generator.Planning;

/// <summary>How the units of a step are summed: some vectors of each accumulator at once, in registers.</summary>
/// <param name="Lanes">Floats a vector of units, as the equations take them.</param>
/// <param name="Groups">
/// Vectors of units that are summed at once, group by group, until a block is done: as often as it takes where there is one group, else each once.
/// </param>
/// <param name="Covered">Units of a block that are summed: a block's padding is left out as far as whole vectors, or halves of the widest, allow.</param>
/// <param name="Unroll">Columns a turn of the inner loop.</param>
/// <param name="Alternates">Whether every other step goes through the blocks backwards.</param>
internal sealed record Tile(int Lanes, IReadOnlyList<int> Groups, int Covered, int Unroll, bool Alternates)
{
    /// <summary>
    /// Sets that the columns of a segment are cut into, evenly and in order. Each is summed by itself, the first of them from what the sums are before the
    /// segment; then the others are added to the first, one after the other.
    /// </summary>
    public int Sets { get; init; } = 1;

    /// <summary>Whether sums run on from one accumulator into the next, whose units end in half a vector.</summary>
    public bool Joined { get; init; }

    /// <summary>The functions that joined sums go through before the equations take halves of them; null where the equations take sums, from memory.</summary>
    public GateFunctions? Gates { get; init; }

    /// <summary>
    /// Whether the sums of a block go to memory, from where a loop takes them to the equations: where these would be written out too often in one method.
    /// </summary>
    public bool StoresSums { get; init; }

    /// <summary>How the sums are computed where several columns share a vector; null where each column has its own.</summary>
    public NarrowSums? Narrow { get; init; }

    /// <summary>Vectors of units in the largest group.</summary>
    public int Vectors => Groups.Max();

    /// <summary>Units that the largest group covers.</summary>
    public int Units => Lanes * Vectors;

    /// <summary>Whether one group is done again and again until the block is.</summary>
    public bool Repeats => Groups.Count == 1 && Units < Covered;

    /// <summary>Whether a block's equations are all evaluated after all its sums.</summary>
    public bool IsWhole => StoresSums || (Groups.Count == 1 && !Repeats);

    /// <summary>Floats of the vector of units that begins with some unit of a block.</summary>
    public int LanesAt(int unit) => Math.Min(Lanes, Covered - unit);

    /// <summary>The different ones.</summary>
    public IEnumerable<int> AllLanes => Enumerable.Range(0, (Covered + Lanes - 1) / Lanes).Select(vector => LanesAt(vector * Lanes)).Distinct();

    /// <summary>Floats a vector of sums.</summary>
    public int SumLanes => Joined && StoresSums ? 2 * Lanes : Lanes;

    public static IEnumerable<int> Divisors(int value) => Enumerable.Range(1, value).Where(divisor => value % divisor == 0);
}
