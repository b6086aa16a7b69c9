using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>
/// A stage's product on a reduced copy of its weights, target-independent. The copy has an order of its own: a block holds the biases, summed, one value for
/// each accumulator that has any, and then its panels.
/// </summary>
/// <param name="Id">The method's name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
/// <param name="Product">The same on the weights themselves.</param>
/// <param name="Blocking">How units are cut.</param>
/// <param name="Sizes">The same by the constants of generated code, in words of 32 bits as everything here.</param>
/// <param name="Offset">Where the copy begins.</param>
/// <param name="Biased">The accumulators that have a bias.</param>
/// <param name="Panels">The matrices, in order of summation.</param>
internal sealed record ReducedProduct(
    string Id, string Summary, ProductShape Product, Blocking Blocking, ReducedSizes Sizes, int Offset, IReadOnlyList<int> Biased,
    IReadOnlyList<ReducedPanel> Panels) : Kernel(Id, Summary)
{
    /// <summary>The vectors that are multiplied.</summary>
    public IEnumerable<string> Sources => Product.Segments.Select(segment => segment.Source).Distinct();

    /// <summary>What the copy is called: parts that share the kernel have copies of their own.</summary>
    public string WeightsName { get; init; } = Id;

    /// <summary>Where the copy lies.</summary>
    public RowBuffer Weights => new(WeightsName, Memory.Reduced, Offset, 0);

    /// <summary>Words a block.</summary>
    public Size BlockStride => Sizes.BlockStride;

    public int Length => BlockStride * Blocking.Blocks;

    /// <inheritdoc/>
    public override IReadOnlyList<KernelParameter> Parameters =>
        [new("weights", ParameterKind.Weights), .. Sources.Append(StagePlanner.PreActivations).Select(pointer => new KernelParameter(pointer))];

    /// <summary>Whether a vector is read before the first unit is computed, and not after: the integers that are multiplied are a copy.</summary>
    public bool Copies(string source) => Panels.All(panel => panel.Segment.Source != source || panel.Format == WeightFormat.Int8);
}

/// <summary>How a reduced copy is cut.</summary>
/// <param name="Blocks">Blocks of units.</param>
/// <param name="BlockUnits">Units a block.</param>
/// <param name="BlockStride">Words a block.</param>
internal sealed record ReducedSizes(Size Blocks, Size BlockUnits, Size BlockStride);

/// <summary>A segment's columns in a reduced copy.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Format">How they are stored.</param>
/// <param name="Offset">Of the panel in a block.</param>
/// <param name="Words">Words a unit and accumulator.</param>
/// <param name="WordStride">Words from those of some columns to those of the next.</param>
internal sealed record ReducedPanel(Segment Segment, WeightFormat Format, Size Offset, Size Words, Size WordStride)
{
    /// <summary>Words before the weights, a unit and accumulator: the scale of its integers.</summary>
    public int Head => Format == WeightFormat.Int8 ? 1 : 0;

    /// <summary>Words of the vector's 16-bit integers that a word of weights multiplies.</summary>
    public const int ValueWords = 2;
}

/// <summary>A register tile of a reduced product: so many vectors of each accumulator, of one block or of several.</summary>
/// <param name="Lanes">Units a vector.</param>
/// <param name="Vectors">Vectors an accumulator.</param>
/// <param name="Sums">Sums of floats of one accumulator that take turns, where one alone would wait for its last addition. Integers take one cycle to add: one sum does.</param>
internal sealed record ReducedTile(int Lanes, int Vectors, int Sums)
{
    /// <summary>Registers that hold the operands.</summary>
    private const int OperandRegisters = 4;

    /// <summary>Multiply-adds in flight at once that keep two units busy for the four cycles that each takes.</summary>
    private const int SumsInFlight = 8;

    /// <summary>Sums that take turns; more would only make the code longer.</summary>
    private const int MaxSums = 4;

    /// <summary>Sums that take turns where all targets must add in one order: as many as the one with the fewest registers has room for.</summary>
    private const int DeterministicSums = 2;

    /// <summary>Words that the first cache surely holds: such a block may be gone through several times.</summary>
    private const int CachedWords = 8 * 1024;

    public int Units => Lanes * Vectors;

    /// <summary>Where a vector's units lie, from those of the first: perhaps in a later block.</summary>
    public Size Place(ReducedProduct product, int vector)
    {
        int unit = vector * Lanes, block = product.Blocking.BlockUnits;
        return product.BlockStride.Times(unit / block).Plus(VectorType.Lanes(Lanes).Times(unit % block / Lanes));
    }

    /// <summary>The tile of a target. Where registers are few, a tile has fewer vectors, so that there is room for operands and for sums that take turns.</summary>
    public static ReducedTile For(Target target, ReducedProduct product)
    {
        int lanes = product.Blocking.Lanes(target.Lanes);
        int wide = Math.Max(1, product.Panels.Max(panel => panel.Segment.Feeds.Count));
        bool integers = product.Panels.Any(panel => panel.Format == WeightFormat.Int8);
        bool few = target.Registers < 2 * Blocking.Line && (integers || product.BlockStride <= CachedWords);
        int vectors = Tile.Divisors(product.Blocking.PaddedUnits / lanes)
            .Where(count => count == 1 || (wide * count <= (few ? SumsInFlight / 2 : SumsInFlight) && Fits(product.Blocking.BlockUnits, count * lanes)))
            .Max();
        if (target.Deterministic && product.Panels.Any(panel => panel.Format == WeightFormat.BFloat16))
            return new ReducedTile(lanes, vectors, DeterministicSums);
        int sums = (target.Registers - OperandRegisters) / (product.Product.Accumulators.Count * vectors);
        return new ReducedTile(lanes, vectors, Math.Max(1, Math.Min(sums, MaxSums)));
    }

    private static bool Fits(int block, int units) => block % units == 0 || units % block == 0;
}
