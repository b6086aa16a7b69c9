using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the gradients of weights: sums of outer products over rows, in the layout of the weights.</summary>
internal sealed class WeightGradientEmitter(CodeWriter writer, WeightGradientPlan plan, RowTile tile)
{
    private readonly ProductSource _source = plan.Source;
    private readonly Panel _panel = plan.Panel;
    private readonly PanelLoops _loops = new(writer, plan.Panel with { Blocks = 1 }, tile); // A call treats one block.

    public void Emit()
    {
        writer.Gap().Line(KernelText.Described).Line(KernelText.Optimized);
        using (writer.Method($"public static void {plan.Id}", KernelHeader.Of(plan)))
        {
            if (_source.Gather)
                Scatter();
            else
                using (_loops.Lane())
                    Columns();
        }
    }

    private void Columns()
    {
        int whole = _source.Columns / tile.Others * tile.Others;
        writer.Line($"ref float dPre = {KernelText.At("dPreRows", _loops.InSums)};");
        writer.Line($"ref float gradient = {KernelText.At("gradients", _loops.InWeights)};");
        string end = whole == _source.Columns ? _source.ColumnsName : N(whole);
        using (writer.Block($"for (nint column = 0; column < {end}; {(tile.Others == 1 ? "column++" : "column += " + N(tile.Others))})"))
            Tile(tile);
        if (whole < _source.Columns)
            using (writer.Block($"for (nint column = {end}; column < {_source.ColumnsName}; column++)"))
                Tile(tile.Single);
    }

    private void Tile(RowTile columns) => RowTileEmitter.CallGradient(
        writer, columns, plan,
        KernelText.At("gradient", KernelText.Times("column", _panel.ColumnStride)),
        "ref dPre",
        KernelText.At(KernelText.Rows(_source.Pointer), KernelText.Sum("column", N(_source.Offset))));

    /// <summary>Only the columns of the classes that came have a gradient.</summary>
    private void Scatter()
    {
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            writer.Line($"ref float dPre = {KernelText.At("dPreRows", KernelText.Sum(KernelText.Times("row", plan.RowStride), _loops.BlockInSums))};");
            string column = KernelText.Times(_loops.ClassOf(_source), _panel.ColumnStride);
            writer.Line($"ref float gradient = {KernelText.At("gradients", KernelText.Sum(_loops.BlockInWeights, column))};");
            string vector = VectorType.Of(tile.Lanes);
            using (writer.Block($"for (nuint lane = 0; lane < {N(_panel.Width)}; lane += {N(tile.Lanes)})"))
                writer.Line(KernelText.Store(vector, $"{KernelText.Load(vector, "gradient", "lane")} + {KernelText.Load(vector, "dPre", "lane")}", "gradient", "lane"));
        }
    }
}
