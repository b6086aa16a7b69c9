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

    /// <summary>Functions that one method evaluates in a row: past this the JIT runs out of variables that it keeps in registers.</summary>
    private const int MaxFunctions = 10;

    /// <summary>Registers that are not for sums: the element of a column, and what the JIT wants.</summary>
    private const int OtherRegisters = 4;

    /// <summary>Bytes of weights that a first cache keeps from one step to the next, on small machines as well.</summary>
    private const int FirstCache = 32 * 1024;

    /// <summary>How a step is summed: as many units at once as there are registers for their sums.</summary>
    /// <param name="target">Its vectors and registers.</param>
    /// <param name="stage">What is summed, and the equations that follow.</param>
    /// <param name="networkWeights">Floats of weights that a step goes through.</param>
    public static Tile Tile(Target target, StagePlan stage, int networkWeights)
    {
        var product = stage.Product;
        var blocking = product.Blocking;
        int accumulators = Math.Max(1, product.Accumulators.Count);
        int lanes = blocking.Lanes(target.Lanes);
        bool alternates = blocking.Blocks > 1 && networkWeights * (long)sizeof(float) > FirstCache;
        int most = Math.Min(MaxSums, target.Registers - OtherRegisters);
        if (IsJoined(target, product))
            return new Tile(lanes, [blocking.BlockUnits / lanes], 1, alternates)
            {
                Joined = true,
                StoresSums = true,
                Sets = Sets(target, product, accumulators * blocking.BlockUnits / target.Lanes, accumulators * blocking.BlockUnits / target.Lanes, most),
            };
        int network = target.Deterministic ? Sets(target, product, 1, 1, most) : 1;
        var groups = Groups(blocking.BlockUnits / lanes, Math.Max(1, most / (accumulators * network)));
        int fed = Longest(product)?.Feeds.Count ?? 1;
        int sets = Sets(target, product, fed * groups.Min(), accumulators * groups.Max(), most);
        int unroll = sets > 1 ? 1 : Math.Max(1, Math.Min(MaxColumns, UnrolledStatements / (accumulators * groups.Max())));
        int vectors = groups.Count == 1 ? groups[0] : groups.Sum();
        int functions = stage.Cell.Equations.Sum(equation => equation.Value.Functions) * vectors;
        return new Tile(lanes, groups, unroll, alternates) { Sets = sets, StoresSums = vectors > 1 && functions > MaxFunctions };
    }

    /// <summary>
    /// Sets that the columns of a product's longest segment are cut into. No more than it takes, and than there are registers for: narrow vectors would go over
    /// large weights several times.
    /// </summary>
    /// <param name="target">For whom. Where all instruction sets must have the same bits, the number is the network's, by the lines of a block.</param>
    /// <param name="product">What is summed.</param>
    /// <param name="summed">Sums that the segment's columns go to.</param>
    /// <param name="all">Sums of the tile.</param>
    /// <param name="most">Registers for sums.</param>
    private static int Sets(Target target, ProductShape product, int summed, int all, int most)
    {
        if (Longest(product) is not { } longest)
            return 1;
        if (target.Deterministic)
            (summed, all, most) = (longest.Feeds.Count * Blocking.ToLine(product.Blocking.BlockUnits) / Blocking.Line, 0, int.MaxValue);
        int bytes = Summed(product).Sum(segment => segment.Columns * segment.Feeds.Count) * product.Blocking.PaddedUnits * sizeof(float);
        int wanted = bytes <= MostlyFirstCache ? WantedSums : WantedSumsBeyond;
        int sets = 1;
        while (sets < MaxSets && sets * summed < wanted && longest.Columns % (2 * sets) == 0 && longest.Columns >= 2 * sets * MinColumns
            && all + (((2 * sets) - 1) * summed) <= most)
            sets *= 2;
        return sets;
    }

    /// <summary>
    /// A block that ends in half a line is summed by whole vectors all the same, where these come out even: that its gates do not begin with a vector matters to
    /// no sum.
    /// </summary>
    private static bool IsJoined(Target target, ProductShape product)
    {
        var blocking = product.Blocking;
        int floats = product.Accumulators.Count * blocking.BlockUnits;
        return blocking.BlockUnits > target.Lanes && 2 * blocking.Lanes(target.Lanes) == target.Lanes && floats % target.Lanes == 0
            && floats / target.Lanes <= target.Registers - OtherRegisters
            && product.Segments.Select(segment => segment.Feeds).Concat(product.Biases.Select(bias => bias.Feeds))
                .All(feeds => feeds.SequenceEqual(Enumerable.Range(0, product.Accumulators.Count)));
    }

    /// <summary>Vectors of units cut into groups: alike if that is possible, or two that are not.</summary>
    private static IReadOnlyList<int> Groups(int vectors, int most) => vectors > most && vectors <= 2 * most
        ? vectors % 2 == 0 ? [vectors / 2] : [(vectors + 1) / 2, vectors / 2]
        : [Planning.Tile.Divisors(vectors).Where(count => count <= most).Max()];

    private static IEnumerable<Segment> Summed(ProductShape product) => product.Segments.Where(segment => !segment.Gather);

    private static Segment? Longest(ProductShape product) =>
        Summed(product).OrderByDescending(segment => segment.Columns.Value).ThenByDescending(segment => segment.Offset).FirstOrDefault();
}
