using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>
/// What bounds the latency of a single step, and the remedy. Few sums are bound by the latency of their own multiply-adds: they are split into several sets.
/// Weights that do not stay in the first cache are loaded from the next one: every other step goes through them backwards, and so begins with those that
/// the last one left there.
/// </summary>
internal static class StepRegime
{
    /// <summary>Vectors of a line that should be in flight at once: two fused multiply-adds per cycle with a latency of four.</summary>
    private const int WantedSums = 8;

    /// <summary>The same where weights come from the second cache, at one vector per cycle.</summary>
    private const int WantedSumsBeyond = 4;

    /// <summary>Bytes of a product's weights of which a first cache still gives the greater part, when every other step goes backwards.</summary>
    private const int MostlyFirstCache = 64 * 1024;

    /// <summary>More sets cost more to add up than they save.</summary>
    private const int MaxSets = 4;

    /// <summary>Columns that each set should have.</summary>
    private const int MinColumns = 2;

    /// <summary>Sums past this cover no more latency, and leave the equations that follow without registers.</summary>
    private const int MaxSums = 16;

    /// <summary>Columns per iteration of the inner loop.</summary>
    private const int MaxColumns = 4;

    /// <summary>Statements of an unrolled inner loop: past this the loop's own cost is nothing, and the reader's is not.</summary>
    private const int UnrolledStatements = 8;

    /// <summary>Functions that one method evaluates in a row: past this the JIT runs out of variables that it keeps in registers.</summary>
    private const int MaxFunctions = 10;

    /// <summary>The same where vectors of sums are given to functions as they are, one after the other.</summary>
    private const int MaxFunctionsOfGates = 14;

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
        if (NarrowSums.For(target, product) is { } narrow)
            return new Tile(lanes, [blocking.BlockUnits / lanes], blocking.BlockUnits, 1, alternates) { Narrow = narrow };
        if (IsJoined(target, product))
            return Joined(target, stage) with { Alternates = alternates };

        int units = blocking.Blocks > 1 ? blocking.BlockUnits : product.Sizes.Units;
        var groups = Groups((units + lanes - 1) / lanes, Math.Max(1, MostSums(target) / (accumulators * (target.Deterministic ? NetworkSets(product) : 1))));
        int fed = Longest(product)?.Feeds.Count ?? 1;
        int sets = Sets(target, product, fed * groups.Min(), accumulators * groups.Max());
        int unroll = sets > 1 ? 1 : Math.Max(1, Math.Min(MaxColumns, UnrolledStatements / (accumulators * groups.Max())));
        int vectors = groups.Count == 1 ? groups[0] : groups.Sum();
        int functions = stage.Cell.Equations.Sum(equation => equation.Value.Functions) * vectors;
        bool storesSums = vectors > 1 && functions > MaxFunctions;
        bool mayBeHalf = vectors * lanes >= units && !storesSums && product.Accumulators.Count > 0;
        int last = mayBeHalf ? Math.Min(lanes, Blocking.Line / 2) : lanes;
        return new Tile(lanes, groups, (units + last - 1) / last * last, unroll, alternates) { Sets = sets, StoresSums = storesSums };
    }

    /// <summary>The tile of joined sums: their functions keep them in registers for the equations, unless these are too many.</summary>
    private static Tile Joined(Target target, StagePlan stage)
    {
        var product = stage.Product;
        int units = product.Blocking.BlockUnits, sums = product.Accumulators.Count * units / target.Lanes;
        int vectors = (units + target.Lanes - 1) / target.Lanes;
        var gates = stage.Reduced is null ? GateFunctions.Of(stage) : null;
        int functions = sums + (vectors * (gates?.Rest.Equations.Sum(equation => equation.Value.Functions) ?? 0));
        var tile = gates is not null && functions <= MaxFunctionsOfGates
            ? new Tile(target.Lanes, [vectors], units, 1, false) { Joined = true, Gates = gates }
            : new Tile(target.Lanes / 2, [2 * units / target.Lanes], units, 1, false) { Joined = true, StoresSums = true };
        return tile with { Sets = Sets(target, product, sums, sums) };
    }

    /// <summary>Sums that registers hold at once.</summary>
    private static int MostSums(Target target) => Math.Min(MaxSums, target.Registers - OtherRegisters);

    /// <summary>The sets of a product: the first has the registers of all sums, each other one those of the sums that the longest segment feeds.</summary>
    private static int Sets(Target target, ProductShape product, int summed, int all) =>
        target.Deterministic ? NetworkSets(product) : SetsOf(product, summed, Math.Min(MaxSets, ((MostSums(target) - all) / summed) + 1));

    /// <summary>Sets where all instruction sets must have the same bits: by the lines of a block, whichever vectors sum them.</summary>
    private static int NetworkSets(ProductShape product) =>
        SetsOf(product, (Longest(product)?.Feeds.Count ?? 1) * Blocking.ToLine(product.Blocking.BlockUnits) / Blocking.Line, MaxSets);

    /// <summary>Sets that the columns of a product's longest segment are split into: no more than it takes, since each is one more sum to add up.</summary>
    /// <param name="product">What is summed.</param>
    /// <param name="summed">Sums that the segment's columns go to.</param>
    /// <param name="limit">As many as there are registers for.</param>
    private static int SetsOf(ProductShape product, int summed, int limit)
    {
        if (Longest(product) is not { } longest)
            return 1;
        int bytes = Summed(product).Sum(segment => segment.Columns * segment.Feeds.Count) * product.Blocking.PaddedUnits * sizeof(float);
        int wanted = bytes <= MostlyFirstCache ? WantedSums : WantedSumsBeyond;
        int sets = 1;
        while (2 * sets <= limit && sets * summed < wanted && longest.Columns % (2 * sets) == 0 && longest.Columns >= 2 * sets * MinColumns)
            sets *= 2;
        return sets;
    }

    /// <summary>
    /// Whether a block whose gates end in half a line is summed by the widest vectors all the same: a sum does not care where a gate begins, as long as the vectors
    /// cover all gates exactly.
    /// </summary>
    private static bool IsJoined(Target target, ProductShape product)
    {
        var blocking = product.Blocking;
        int floats = product.Accumulators.Count * blocking.BlockUnits;
        return floats > 0 && blocking.BlockUnits > target.Lanes && 2 * blocking.Lanes(target.Lanes) == target.Lanes && floats % target.Lanes == 0
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
