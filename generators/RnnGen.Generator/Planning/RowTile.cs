using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>
/// A register tile: so many vectors of a panel for so many rows of a product, or for so many columns of a weight gradient, are summed at once. Kernels of equal tiles
/// share its code.
/// </summary>
/// <param name="Kind">What is summed.</param>
/// <param name="Lanes">Floats a vector.</param>
/// <param name="Vectors">Vectors of a panel.</param>
/// <param name="Others">Rows, or columns.</param>
/// <param name="FullLanes">Whether the target has no wider vectors.</param>
internal sealed record RowTile(TileKind Kind, int Lanes, int Vectors, int Others, bool FullLanes)
{
    /// <summary>Sums that keep two fused multiply-adds a cycle busy, whose latency is four cycles.</summary>
    private const int BusySums = 8;

    /// <summary>Rows or columns a tile may have. Batches are powers of two more often than not: a tile should leave no row over.</summary>
    private static readonly int[] Sizes = [1, 2, 4, 8];

    /// <summary>Vectors side by side that a tile may have. Few shapes are shared by many kernels, and more would gain little.</summary>
    private static readonly int[] Widths = [4, 2, 3, 1];

    /// <summary>The method's name.</summary>
    public string Id => $"{Kind}{Ir.Names.Number(Vectors)}x{Ir.Names.Number(Others)}{(FullLanes ? "" : "Of" + Ir.Names.Number(Lanes))}";

    /// <summary>Floats of a panel that the tile covers.</summary>
    public int Width => Lanes * Vectors;

    /// <summary>The same tile for the pieces that are added.</summary>
    public RowTile Added => this with { Kind = TileKind.AddedProduct };

    /// <summary>The tile for what is left over.</summary>
    public RowTile Single => this with { Others = 1 };

    /// <summary>The tile with the most multiply-adds for each load whose sums fit the registers: the sums, what multiplies them all, and one vector more.</summary>
    /// <param name="target">Its vectors and registers.</param>
    /// <param name="kind">What is summed.</param>
    /// <param name="width">Floats side by side.</param>
    /// <param name="most">Rows or columns there are.</param>
    public static RowTile For(Target target, TileKind kind, int width, int most = int.MaxValue)
    {
        int lanes = target.Lanes;
        while (width % lanes != 0)
            lanes /= 2;
        int vectors = Widths.First(count => width / lanes % count == 0 && (count * Sizes[1]) + Sizes[1] + 1 <= target.Registers);
        var tiles =
            from others in Sizes
            where others <= most && (others == 1 || (kind == TileKind.Product ? others > 2 : true))
            let sums = vectors * others
            where sums + Math.Max(others, 2) + 1 <= target.Registers
            orderby Math.Min(sums, BusySums) * sums / (double)(vectors + others) descending, others descending
            select new RowTile(kind, lanes, vectors, others, lanes == target.Lanes);
        return tiles.First();
    }
}

/// <summary>What a tile sums.</summary>
internal enum TileKind
{
    /// <summary>Rows × a panel of weights, over columns, from what the sums start from.</summary>
    Product,

    /// <summary>The same from 0, added to what the sums are.</summary>
    AddedProduct,

    /// <summary>Columns × a panel of gradients, over rows.</summary>
    Gradient,
}
