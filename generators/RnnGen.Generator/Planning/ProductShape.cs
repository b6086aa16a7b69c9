namespace RnnGen.Generator.Planning;

/// <summary>
/// A matrix product over rows (sequences, or steps × sequences), target-independent: out[row, accumulator, unit] = biases + Σ over segments and their columns
/// of source[row, column] · weight[column, accumulator, unit]. Forward products, and the transposed ones that carry gradients back, are of this shape.
/// </summary>
/// <param name="Id">The method's name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
/// <param name="Accumulators">Their names.</param>
/// <param name="Blocking">How units are cut.</param>
/// <param name="BlockStride">Floats of weights a block.</param>
/// <param name="Biases">What the accumulators start from.</param>
/// <param name="Segments">The products, in order of summation.</param>
/// <param name="Output">The pointer that receives the sums.</param>
/// <param name="OutputRowStride">Floats a row of it.</param>
/// <param name="OutputAccumulatorStride">Floats an accumulator of it.</param>
/// <param name="Accumulate">Whether the sums are added to what the output holds.</param>
internal sealed record ProductShape(
    string Id,
    string Summary,
    IReadOnlyList<string> Accumulators,
    Blocking Blocking,
    int BlockStride,
    IReadOnlyList<BiasSlot> Biases,
    IReadOnlyList<Segment> Segments,
    string Output,
    int OutputRowStride,
    int OutputAccumulatorStride,
    bool Accumulate)
{
    /// <summary>
    /// Sets that the columns of its segments are cut into, evenly and in order. Each is summed by itself, the first of them from the biases on; then the others
    /// are added to the first, one after the other.
    /// </summary>
    public int Sets { get; init; } = 1;

    /// <summary>Sets of a segment: all, or the first alone where its columns cannot be cut.</summary>
    public int SetsOf(Segment segment) => segment.Gather || segment.Columns % Sets != 0 ? 1 : Sets;

    /// <summary>The accumulators that have a sum in a set.</summary>
    public IReadOnlyList<int> AccumulatorsOf(int set) =>
        Enumerable.Range(0, Accumulators.Count)
            .Where(place => set == 0 || Segments.Any(segment => SetsOf(segment) > 1 && segment.Feeds.Contains(place)))
            .ToList();
}

/// <summary>A bias: one value for each unit of the accumulators that it feeds.</summary>
internal sealed record BiasSlot(string Parameter, int Offset, IReadOnlyList<int> Feeds);

/// <summary>Columns of weights that multiply one vector.</summary>
/// <param name="Source">The pointer to the vector of the first row.</param>
/// <param name="SourceOffset">Floats to its first element.</param>
/// <param name="RowStride">Floats from one row's vector to the next.</param>
/// <param name="Columns">Its elements.</param>
/// <param name="ColumnsName">The constant that says so in generated code.</param>
/// <param name="Offset">Of the first column in a block, in floats.</param>
/// <param name="Feeds">The accumulators that the columns feed, in packed order.</param>
/// <param name="Groups">The vector may come in so many parts, each of <paramref name="Columns"/> elements; their weights follow each other.</param>
/// <param name="GroupStride">Floats from one part to the next.</param>
/// <param name="Gather">Whether the source is not a vector but the number of the one column that counts.</param>
internal sealed record Segment(
    string Source, int SourceOffset, int RowStride, int Columns, string ColumnsName, int Offset, IReadOnlyList<int> Feeds, int Groups = 1, int GroupStride = 0,
    bool Gather = false);
