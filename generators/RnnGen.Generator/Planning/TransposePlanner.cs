using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>Plans the products that carry gradients of pre-activations back through transposed weights.</summary>
internal sealed class TransposePlanner(LayerContext layer, IReadOnlyList<StageLayout> layouts)
{
    /// <summary>The products of a segment's accumulators that lie side by side.</summary>
    /// <param name="index">Which stage.</param>
    /// <param name="words">What they are called.</param>
    /// <param name="segment">The weights.</param>
    /// <param name="output">Where the gradient goes.</param>
    /// <param name="stride">Floats a row of it.</param>
    /// <param name="accumulate">Whether it is added to what is there.</param>
    public IEnumerable<TransposedProduct> Of(int index, IReadOnlyList<string> words, Segment segment, string output, Size stride, bool accumulate)
    {
        var layout = layouts[index];
        var blocking = Blocking.For(segment.Columns, 1);
        int part = 0;
        foreach (var run in FeedRun.Of(segment.Feeds))
        {
            var source = Gradients(layout, run);
            var sizes = layout.Sizes;
            var pieces = source.Constants.Count > 0 ? Size.Of(source.Pieces) : source.Pieces;
            var rows = source.Pieces == 1 ? source.Columns : pieces.Times(source.Columns);
            bool inBlocks = sizes.Blocks > 1;
            string id = layer.Methods.Of((layer.StageId(index), "Gradient", segment.Source, part), [.. words, part == 0 ? "" : Names.Number(part + 1)]);
            var product = new RowProduct(
                id,
                $"{layer.Name}: carries the gradients of pre-activations back to {Names.Plain(segment.Source)}, through the transposed weights.",
                source,
                Panel(id, blocking, rows),
                output, stride, accumulate || part > 0 ? SumsStart.Sums : SumsStart.Zero);
            part++;
            yield return new TransposedProduct(segment.Source, product, new TransposeShape(
                Size.Of(run.Count), sizes.Units, segment.Columns, sizes.BlockUnits, sizes.BlockStride, segment.ColumnStride, product.Panel.Width,
                inBlocks ? sizes.BlockUnits : sizes.Units, sizes.Width(run.Count), rows), layout.Panel(segment, run).Offset, Region: -1);
        }
    }

    /// <summary>
    /// The gradients of some accumulators as a vector to multiply: in one piece where they are a whole row, else accumulator by accumulator where there is one
    /// block, or block by block.
    /// </summary>
    private static ProductSource Gradients(StageLayout layout, FeedRun run)
    {
        const string gates = "gates";
        var sizes = layout.Sizes;
        var (offset, columns) = (sizes.BlockUnits.Times(run.Accumulator), sizes.Width(run.Count));
        if (sizes.Blocks == 1 && sizes.Units < sizes.BlockUnits)
            return run.Count == 1
                ? new ProductSource(BackwardPlanner.PreActivationGradients, offset, sizes.RowStride, sizes.Units)
                : new ProductSource(BackwardPlanner.PreActivationGradients, offset, sizes.RowStride, sizes.Units, new Size(run.Count, gates), sizes.BlockUnits)
                {
                    Constants = [new(gates, Size.Of(run.Count))],
                };
        return sizes.Blocks == 1 || columns.Value == sizes.PanelWidth
            ? new ProductSource(BackwardPlanner.PreActivationGradients, offset, sizes.RowStride, sizes.Blocks == 1 ? columns : sizes.AllPanels)
            : new ProductSource(BackwardPlanner.PreActivationGradients, offset, sizes.RowStride, columns, sizes.Blocks, sizes.PanelWidth);
    }

    /// <summary>The transposed weights of a product, whose lanes are columns of the weights themselves.</summary>
    private Panel Panel(string id, Blocking blocking, Size rows)
    {
        var lanes = layer.Sizes.Of(blocking.BlockUnits, $"{layer.Name}: width of a block of transposed weights, in floats.", id, "Lanes");
        return new Panel(
            layer.Sizes.Of(blocking.Blocks, $"{layer.Name}: blocks of transposed weights.", id, "Blocks"), lanes, Size.Of(0),
            layer.Sizes.Of(rows.Times(lanes), $"{layer.Name}: floats from one block of transposed weights to the next.", id, "BlockStride"),
            lanes, Size.Of(0), lanes);
    }
}
