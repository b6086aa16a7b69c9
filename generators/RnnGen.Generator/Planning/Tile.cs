namespace RnnGen.Generator.Planning;

/// <summary>How the units of a step are summed: so many vectors of each accumulator at once, in registers.</summary>
/// <param name="Lanes">Floats a vector.</param>
/// <param name="Vectors">Vectors of units an accumulator.</param>
/// <param name="Unroll">Columns a turn of the inner loop.</param>
/// <param name="Alternates">Whether every other step goes through the blocks backwards.</param>
internal sealed record Tile(int Lanes, int Vectors, int Unroll, bool Alternates)
{
    /// <summary>Units that the tile covers.</summary>
    public int Units => Lanes * Vectors;

    public static IEnumerable<int> Divisors(int value) => Enumerable.Range(1, value).Where(divisor => value % divisor == 0);
}
