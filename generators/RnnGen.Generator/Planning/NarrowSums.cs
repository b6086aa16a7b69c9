using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>
/// How a product with few outputs is summed, whose panel is narrower than vectors are: columns side by side share a vector. The partial sums, and the order in
/// which they are added up, depend on the network alone: all instruction sets, and one row as well as many, have the same bits.
/// </summary>
/// <param name="Lanes">Floats in a vector of sums: all lanes of the panel, or as many of them as the target's vectors have.</param>
/// <param name="SharedLanes">Floats in the vector that columns share.</param>
/// <param name="Vectors">Such vectors that are summed at once.</param>
internal sealed record NarrowSums(int Lanes, int SharedLanes, int Vectors)
{
    /// <summary>Lanes of the widest panel that is narrow: two columns share the widest vector.</summary>
    private const int MostLanes = Blocking.Line / 2;

    /// <summary>Floats of partial sums: two of the widest vectors, so that multiply-adds follow each other closely.</summary>
    private const int PartialSums = 2 * Blocking.Line;

    /// <summary>The plan of a product; null where it is not narrow, or of more than a vector: those with several take few columns, or those of a state.</summary>
    public static NarrowSums? For(Target target, ProductShape product)
    {
        int units = product.Blocking.BlockUnits;
        if (units > MostLanes || product.Blocking.Blocks > 1 || product.Accumulators.Count != 1 || product.Segments.Count != 1)
            return null;
        var segment = product.Segments[0];
        if (segment.Gather || segment.Columns % 2 != 0)
            return null;
        int sums = PartialSums / units;
        while (segment.Columns % sums != 0)
            sums /= 2;
        int lanes = Math.Min(units, target.Lanes);
        int shared = lanes < units ? lanes : Math.Min(target.Lanes, sums * units);
        return new NarrowSums(lanes, shared, sums * lanes / shared);
    }
}
