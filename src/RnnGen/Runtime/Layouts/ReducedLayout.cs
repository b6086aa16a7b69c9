using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>
/// Where the weights of one product lie in the packed weights, and where their reduced copy goes, in words of 32 bits. Both are cut into blocks of units. A
/// block of the copy holds the biases, one value for each accumulator that has any, and then its panels, whatever the order of the original.
/// </summary>
/// <param name="Units">Units, padding included.</param>
/// <param name="Source">The original's first block.</param>
/// <param name="SourceBlockUnits">Units per block of it.</param>
/// <param name="SourceBlockStride">From one block of it to the next.</param>
/// <param name="Target">The copy's first block.</param>
/// <param name="BlockUnits">Units per block of it.</param>
/// <param name="BlockStride">From one block of it to the next.</param>
/// <param name="Biases">For each bias of the copy, where in a block of the original those lie that it is the sum of.</param>
/// <param name="Panels">The matrices.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ReducedLayout(
    int Units,
    int Source,
    int SourceBlockUnits,
    int SourceBlockStride,
    int Target,
    int BlockUnits,
    int BlockStride,
    IReadOnlyList<IReadOnlyList<int>> Biases,
    IReadOnlyList<ReducedPanel> Panels)
{
    /// <summary>The place of a unit's value in the original, from that of the first unit.</summary>
    internal int SourceOf(int unit) => Source + (unit / SourceBlockUnits * SourceBlockStride) + (unit % SourceBlockUnits);

    /// <summary>The place of a unit's word in the copy, from that of the first unit.</summary>
    internal int TargetOf(int unit) => Target + (unit / BlockUnits * BlockStride) + (unit % BlockUnits);
}

/// <summary>
/// A matrix in a reduced copy. In the original, a column is one value for each accumulator that it feeds and for each unit of the block. In the copy a word
/// takes the place of a value, and may hold several columns. 8-bit weights come after the scales, one for each accumulator and unit.
/// </summary>
/// <param name="Format">How the weights are stored.</param>
/// <param name="Source">Where it begins in a block of the original.</param>
/// <param name="Target">Where it begins in a block of the copy.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Feeds">Accumulators that it feeds.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ReducedPanel(Precision Format, int Source, int Target, int Columns, int Feeds);
