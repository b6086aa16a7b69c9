using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>
/// The pre-activations of a stage, target-independent: pre[accumulator, unit] = biases + Σ over segments and their columns of source[column] · weight[column,
/// accumulator, unit].
/// </summary>
/// <param name="Accumulators">Their names.</param>
/// <param name="Blocking">How units are cut.</param>
/// <param name="Sizes">The same, and how weights and pre-activations lie in consequence: block by block.</param>
/// <param name="Biases">What the accumulators start from.</param>
/// <param name="Segments">The products, in order of summation.</param>
internal sealed record ProductShape(
    IReadOnlyList<string> Accumulators,
    Blocking Blocking,
    StageSizes Sizes,
    IReadOnlyList<BiasSlot> Biases,
    IReadOnlyList<Segment> Segments)
{
    /// <summary>Floats of weights per block.</summary>
    public Size BlockStride => Sizes.BlockStride;

    /// <summary>Floats a row of pre-activations, which lie block by block as their weights do.</summary>
    public Size OutputRowStride => Sizes.RowStride;

    /// <summary>Floats of a row's pre-activations a block.</summary>
    public Size BlockWidth => Sizes.PanelWidth;

    /// <summary>Sets of a segment: all, or one where its columns cannot be cut.</summary>
    public static int SetsOf(Segment segment, int sets) => segment.Gather || segment.Columns % sets != 0 ? 1 : sets;
}

/// <summary>A bias: one value for each unit of the accumulators that it feeds.</summary>
internal sealed record BiasSlot(string Parameter, Size Offset, IReadOnlyList<int> Feeds);

/// <summary>Columns of weights that multiply one vector.</summary>
/// <param name="Source">The pointer to the vector of the first row.</param>
/// <param name="RowStride">Floats from one row's vector to the next.</param>
/// <param name="Columns">Its elements.</param>
/// <param name="ColumnStride">Floats from one column's weights to the next.</param>
/// <param name="Offset">Of the first column in a block, in floats.</param>
/// <param name="Feeds">The accumulators that the columns feed, in packed order.</param>
/// <param name="Gather">Whether the source is not a vector but the number of the one column that counts.</param>
internal sealed record Segment(string Source, Size RowStride, Size Columns, Size ColumnStride, int Offset, IReadOnlyList<int> Feeds, bool Gather = false);
