using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>
/// What bounds the latency of a single step, and the remedy. Few sums are bound by the latency of their own multiply-adds: they are split into several sets.
/// Weights that do not stay in the first cache are loaded from the next one: every other step goes through them backwards, and meets first what the last one
/// left.
/// </summary>
internal static class StepRegime
{
    /// <summary>Vectors of a line that should be in flight at once: two fused multiply-adds a cycle with a latency of four.</summary>
    private const int WantedSums = 8;

    /// <summary>The same where weights come from the second cache, at one vector a cycle.</summary>
    private const int WantedSumsBeyond = 4;

    /// <summary>Bytes of a product's weights of which a first cache still gives the greater part, when every other step goes backwards.</summary>
    private const int MostlyFirstCache = 64 * 1024;

    /// <summary>More sets cost more to add up than they save.</summary>
    private const int MaxSets = 4;

    /// <summary>Columns that each set should have.</summary>
    private const int MinColumns = 2;

    /// <summary>Sums past this cover no more latency, and leave the equations that follow without registers.</summary>
    private const int MaxSums = 16;

    /// <summary>Columns a turn of the inner loop.</summary>
    private const int MaxColumns = 4;

    /// <summary>Statements of an unrolled inner loop: past this the loop's own cost is nothing, and the reader's is not.</summary>
    private const int UnrolledStatements = 8;

    /// <summary>Registers that are not for sums: the element of a column, and what the JIT wants.</summary>
    private const int OtherRegisters = 4;

    /// <summary>Bytes of weights that a first cache keeps from one step to the next, on small machines as well.</summary>
    private const int FirstCache = 32 * 1024;

    /// <summary>
    /// Sets that the columns of a product's longest segment are cut into. The same for all targets, and for products of many rows: the order of summation is
    /// the network's, not the instruction set's. No more than it takes: narrow vectors have no registers for many, and would go over large weights several
    /// times.
    /// </summary>
    public static int Sets(Blocking blocking, IReadOnlyList<Segment> segments)
    {
        var summed = segments.Where(segment => !segment.Gather).ToList();
        if (summed.Count == 0)
            return 1;
        var longest = summed.OrderByDescending(segment => segment.Columns.Value).ThenByDescending(segment => segment.Offset).First();
        int vectors = longest.Feeds.Count * Blocking.ToLine(blocking.BlockUnits) / Blocking.Line;
        int bytes = summed.Sum(segment => segment.Columns * segment.Feeds.Count) * blocking.PaddedUnits * sizeof(float);
        int wanted = bytes <= MostlyFirstCache ? WantedSums : WantedSumsBeyond;
        int sets = 1;
        while (sets < MaxSets && sets * vectors < wanted && longest.Columns % (2 * sets) == 0 && longest.Columns >= 2 * sets * MinColumns)
            sets *= 2;
        return sets;
    }

    /// <summary>How a step is summed: as many units at once as there are registers for their sums.</summary>
    /// <param name="target">Its vectors and registers.</param>
    /// <param name="product">What is summed.</param>
    /// <param name="networkWeights">Floats of weights that a step goes through.</param>
    public static Tile Tile(Target target, ProductShape product, int networkWeights)
    {
        var blocking = product.Blocking;
        int accumulators = product.Accumulators.Count;
        int lanes = Math.Min(target.Lanes, blocking.BlockUnits);
        int most = Math.Min(MaxSums, target.Registers - OtherRegisters);
        int vectors = Planning.Tile.Divisors(blocking.BlockUnits / lanes).Where(count => count == 1 || count * accumulators * product.Sets <= most).Max();
        int unroll = product.Sets > 1 ? 1 : Math.Max(1, Math.Min(MaxColumns, UnrolledStatements / Math.Max(1, accumulators * vectors)));
        return new Tile(lanes, vectors, unroll, blocking.Blocks > 1 && networkWeights * (long)sizeof(float) > FirstCache);
    }
}
