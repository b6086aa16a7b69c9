using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>
/// A register tile: so many vectors of a panel for so many rows of a product, or for so many columns of a weight gradient, are summed at once. The runtime has
/// their code, and that for the rows or columns that are left over.
/// </summary>
/// <param name="Kind">What is summed.</param>
/// <param name="Lanes">Floats per vector.</param>
/// <param name="Vectors">Vectors of a panel.</param>
/// <param name="RowsOrColumns">Rows of the product, or columns of the weight gradient.</param>
internal sealed record RowTile(TileKind Kind, int Lanes, int Vectors, int RowsOrColumns)
{
    /// <summary>
    /// Vectors side by side that a tile may have, the best first. Few shapes serve all kernels: more would be more code and gain little.
    /// </summary>
    private static readonly int[] Widths = [4, 2, 1];

    /// <summary>
    /// Rows or columns of a tile: eight sums keep two fused multiply-adds per cycle busy, whose latency is four cycles. Batches are powers of two more often than
    /// not: a tile should leave no row over.
    /// </summary>
    private const int Several = 4;

    /// <summary>The same of one vector.</summary>
    private const int SeveralOfOne = 8;

    /// <summary>How a product is summed whose columns share vectors; null for any other tile.</summary>
    public NarrowSums? Narrow { get; init; }

    /// <summary>The method's name.</summary>
    public string Id => Narrow is not null ? $"{Kind}{Ir.Names.Number(Narrow.Vectors)}" : $"{Kind}{Ir.Names.Number(Vectors)}x{Ir.Names.Number(RowsOrColumns)}";

    /// <summary>Floats of a panel that the tile covers.</summary>
    public Size Width => VectorType.Lanes(Lanes).Times(Vectors);

    /// <summary>The tile of a product whose columns share vectors: row by row.</summary>
    public static RowTile Of(NarrowSums narrow) => new(TileKind.Product, narrow.Lanes, 1, 1) { Narrow = narrow };

    /// <summary>The widest tile whose sums fit the registers, with what multiplies them all and one vector more.</summary>
    /// <param name="target">Its vectors and registers.</param>
    /// <param name="kind">What is summed.</param>
    /// <param name="width">Floats side by side.</param>
    /// <param name="most">Rows or columns there are.</param>
    public static RowTile For(Target target, TileKind kind, int width, int most = int.MaxValue)
    {
        int lanes = target.Lanes;
        while (width % lanes != 0)
            lanes /= 2;
        int vectors = Widths.First(count => width / lanes % count == 0 && (count == 1 || (count * Several) + Several + 1 <= target.Registers));
        bool several = vectors > 1 || (2 * SeveralOfOne) + 1 > target.Registers || most < SeveralOfOne;
        return new RowTile(kind, lanes, vectors, several ? Several : SeveralOfOne);
    }
}

/// <summary>What a tile sums.</summary>
internal enum TileKind
{
    /// <summary>Rows × a panel of weights, over columns.</summary>
    Product,

    /// <summary>Columns × a panel of gradients, over rows.</summary>
    Gradient,
}
