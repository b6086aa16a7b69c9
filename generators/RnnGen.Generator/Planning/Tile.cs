using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>A register tile of a product: so many vectors of each accumulator for so many rows are summed at once, in registers.</summary>
/// <param name="Lanes">Floats a vector.</param>
/// <param name="Vectors">Vectors of units an accumulator.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Unroll">Columns a turn of the inner loop.</param>
internal sealed record Tile(int Lanes, int Vectors, int Rows, int Unroll)
{
    private const int MostRows = 4;

    /// <summary>Batches are powers of two more often than not: a tile that leaves no row over may do some more loads.</summary>
    private const double EvenRowsAreWorth = 1.1;

    private const int MostSingleRowAccumulators = 12;

    /// <summary>Statements of an unrolled inner loop: past this the loop's own cost is nothing, and the reader's is not.</summary>
    private const int UnrolledStatements = 8;

    /// <summary>The tile for rows that are left over: as that for one row, without the code that unrolling costs.</summary>
    public Tile Rolled => this with { Unroll = 1 };

    /// <summary>Units that the tile covers.</summary>
    public int Units => Lanes * Vectors;

    /// <summary>The tile for one row: as many units as there are registers to keep busy.</summary>
    public static Tile SingleRow(Target target, Blocking blocking, int accumulators)
    {
        int lanes = Math.Min(target.Lanes, blocking.BlockUnits);
        int most = Math.Min(MostSingleRowAccumulators, target.Registers - 4);
        int vectors = Divisors(blocking.BlockUnits / lanes).Where(count => count == 1 || count * accumulators <= most).Max();
        return new Tile(lanes, vectors, 1, Math.Max(1, Math.Min(4, UnrolledStatements / Math.Max(1, accumulators * vectors))));
    }

    /// <summary>The tile for many rows: the one with the most multiply-adds for each load.</summary>
    public static Tile ManyRows(Target target, Blocking blocking, int accumulators)
    {
        int lanes = Math.Min(target.Lanes, blocking.BlockUnits);
        var tiles =
            from vectors in Divisors(blocking.BlockUnits / lanes)
            from rows in Enumerable.Range(2, MostRows - 1)
            let wide = accumulators * vectors
            where (wide * rows) + rows + 1 <= target.Registers
            let evenly = MostRows % rows == 0 ? EvenRowsAreWorth : 1
            orderby evenly * (wide * rows) / (wide + rows) descending, rows descending
            select new Tile(lanes, vectors, rows, 1);
        return tiles.FirstOrDefault() ?? new Tile(lanes, 1, 2, 1);
    }

    public static IEnumerable<int> Divisors(int value) => Enumerable.Range(1, value).Where(divisor => value % divisor == 0);
}

/// <summary>A register tile of a weight gradient: so many vectors of the gradient rows times so many columns are summed over all rows, in registers.</summary>
/// <param name="Lanes">Floats a vector.</param>
/// <param name="Vectors">Vectors of units an accumulator.</param>
/// <param name="Columns">Columns.</param>
/// <param name="TailColumns">Columns of the last tile, where they do not divide.</param>
internal sealed record GradientTile(int Lanes, int Vectors, int Columns, int TailColumns)
{
    private const int MostColumns = 6;

    /// <summary>A tile for left-over columns doubles the code: it must save one part in so many.</summary>
    private const int TailPenalty = 10;

    /// <summary>The tile that moves the fewest operands for all columns together.</summary>
    public static GradientTile For(Target target, Blocking blocking, int accumulators, int columns)
    {
        int lanes = Math.Min(target.Lanes, blocking.BlockUnits);
        int vectorsOfBlock = blocking.BlockUnits / lanes;
        var tiles =
            from vectors in Tile.Divisors(vectorsOfBlock)
            from width in Enumerable.Range(1, Math.Min(MostColumns, columns))
            let wide = accumulators * vectors
            where width == 1 || (wide * width) + width + 1 <= target.Registers
            let cost = (columns / width * Cost(wide, width)) + (columns % width == 0 ? 0 : Cost(wide, columns % width) + (columns / width * Cost(wide, width) / TailPenalty))
            orderby cost * (vectorsOfBlock / vectors), vectors descending
            select new GradientTile(lanes, vectors, width, columns % width);
        return tiles.First();
    }

    /// <summary>Multiply-adds and loads of one row of a tile; few accumulators wait for their own latency.</summary>
    private static int Cost(int wide, int columns) => Math.Max(wide * columns, 8) + wide + columns;
}
