using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>How the units of a step are summed: so many vectors of each accumulator at once, in registers.</summary>
/// <param name="Lanes">Floats a vector.</param>
/// <param name="Vectors">Vectors of units an accumulator.</param>
/// <param name="Unroll">Columns a turn of the inner loop.</param>
internal sealed record Tile(int Lanes, int Vectors, int Unroll)
{
    private const int MostSingleRowAccumulators = 12;

    /// <summary>Statements of an unrolled inner loop: past this the loop's own cost is nothing, and the reader's is not.</summary>
    private const int UnrolledStatements = 8;

    /// <summary>Units that the tile covers.</summary>
    public int Units => Lanes * Vectors;

    /// <summary>The tile for one row: as many units as there are registers to keep busy.</summary>
    public static Tile SingleRow(Target target, Blocking blocking, int accumulators)
    {
        int lanes = Math.Min(target.Lanes, blocking.BlockUnits);
        int most = Math.Min(MostSingleRowAccumulators, target.Registers - 4);
        int vectors = Divisors(blocking.BlockUnits / lanes).Where(count => count == 1 || count * accumulators <= most).Max();
        return new Tile(lanes, vectors, Math.Max(1, Math.Min(4, UnrolledStatements / Math.Max(1, accumulators * vectors))));
    }

    public static IEnumerable<int> Divisors(int value) => Enumerable.Range(1, value).Where(divisor => value % divisor == 0);
}
