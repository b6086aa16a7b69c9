using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the gradients of weights: sums of outer products over rows, in the layout of the weights.</summary>
internal sealed class WeightGradientEmitter(CodeWriter writer, WeightGradientPlan plan, RowTile tile, Arithmetic arithmetic)
{
    private readonly ProductSource _source = plan.Source;
    private readonly Panel _panel = plan.Panel;
    private readonly PanelLoops _loops = new(writer, plan.Panel with { Blocks = Size.Of(1) }, tile); // A call processes one block.

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

    private void Columns() => writer.Call($"{arithmetic.Tiles(tile.Lanes)}.{tile.Id}",
    [
        KernelText.Strided("gradients", _loops.InWeights, _panel.ColumnStride),
        KernelText.Strided(KernelText.Rows(BackwardPlanner.PreActivationGradients), _loops.InSums, plan.RowStride),
        KernelText.Strided(KernelText.Rows(_source.Pointer), _source.Offset.Term, _source.RowStride),
        _source.Columns.Text,
        "rows",
    ]);

    /// <summary>Only the columns of the classes that came have a gradient.</summary>
    private void Scatter()
    {
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            writer.Line($"ref float dPre = {KernelText.At(KernelText.Rows(BackwardPlanner.PreActivationGradients), KernelText.Sum(KernelText.Times("row", plan.RowStride), _loops.BlockInSums))};");
            string column = KernelText.Times(_loops.ClassOf(_source), _panel.ColumnStride);
            writer.Line($"ref float gradient = {KernelText.At("gradients", KernelText.Sum(_loops.BlockInWeights, column))};");
            string vector = VectorType.Of(tile.Lanes);
            using (writer.Block($"for (nuint lane = 0; lane < {_panel.Width.Text}; lane += {VectorType.Lanes(tile.Lanes).Text})"))
                writer.Line(KernelText.Store(vector, $"{KernelText.Load(vector, "gradient", "lane")} + {KernelText.Load(vector, "dPre", "lane")}", "gradient", "lane"));
        }
    }
}
