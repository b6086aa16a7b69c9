using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>The loops over a panel's blocks and over the tiles of a block, and where they are in the weights and in a row of sums.</summary>
internal sealed class PanelLoops(CodeWriter writer, Panel panel, RowTile tile)
{
    private string Here => tile.Width.Value == panel.Width ? "0" : "lane";

    /// <summary>Floats to the current block in the weights.</summary>
    public string BlockInWeights => Block(panel.BlockStride);

    /// <summary>Floats to the current block in a row of sums.</summary>
    public string BlockInSums => KernelText.Sum(Block(panel.SumsBlockStride), panel.SumsOffset.Term);

    /// <summary>Floats to the current tile in the weights.</summary>
    public string InWeights => KernelText.Sum(Block(panel.BlockStride), Here);

    /// <summary>Floats to the current tile in a row of sums.</summary>
    public string InSums => KernelText.Sum(Block(panel.SumsBlockStride), Here, panel.SumsOffset.Term);

    /// <summary>The class that a row of a gathering source names: its column.</summary>
    public string ClassOf(ProductSource source) => $"(nint)Unsafe.Add(ref {KernelText.Rows(source.Pointer)}, {KernelText.Times("row", source.RowStride)})";

    /// <summary>Opens the loop over blocks, if there are several.</summary>
    public CodeWriter.Scope Block() => writer.OneStatement(panel.Blocks == 1 ? null : $"for (nint block = 0; block < {panel.Blocks.Text}; block++)");

    /// <summary>Opens the loop over the tiles of a block, if there are several.</summary>
    public CodeWriter.Scope Lane() =>
        writer.OneStatement(tile.Width.Value == panel.Width ? null : $"for (nint lane = 0; lane < {panel.Width.Text}; lane += {tile.Width.Text})");

    private string Block(Size stride) => panel.Blocks == 1 ? "0" : KernelText.Times("block", stride);
}
