using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints products over rows: loops around a register tile.</summary>
internal sealed class RowProductEmitter(CodeWriter writer, RowProduct product, RowTile tile)
{
    private readonly ProductSource _source = product.Source;
    private readonly Panel _panel = product.Panel;
    private readonly PanelLoops _loops = new(writer, product.Panel, tile);

    public void Emit()
    {
        writer.Gap().Line(KernelText.Described).Line(KernelText.Optimized);
        using (writer.Method($"public static void {product.Id}", KernelHeader.Of(product)))
        using (_loops.Block())
        {
            if (_source.Gather)
                Gather();
            else
                using (_loops.Lane())
                using (writer.BlockIf(_source.Pieces == 1 ? null : $"for (nint piece = 0; piece < {N(_source.Pieces)}; piece++)"))
                    Rows();
        }
    }

    private void Rows()
    {
        string piece = _source.Pieces == 1 ? "0" : KernelText.Times("piece", _source.Columns * _panel.ColumnStride);
        writer.Line($"ref float w = {KernelText.At("weights", KernelText.Sum(_loops.InWeights, piece))};");
        if (tile.Others == 1)
        {
            using (writer.Block("for (nint row = 0; row < rows; row++)"))
                Tile(tile);
            return;
        }

        writer.Line("nint row = 0;");
        using (writer.Block($"for (; row + {N(tile.Others - 1)} < rows; row += {N(tile.Others)})"))
            Tile(tile);
        using (writer.Block("for (; row < rows; row++)"))
            Tile(tile.Single);
    }

    private void Tile(RowTile rows)
    {
        string piece = _source.Pieces == 1 ? "0" : KernelText.Times("piece", _source.PieceStride);
        string source = KernelText.At(KernelText.Rows(_source.Pointer), KernelText.Sum(KernelText.Times("row", _source.RowStride), piece, N(_source.Offset)));
        string place = KernelText.Sum(KernelText.Times("row", product.OutputRowStride), _loops.InSums);
        writer.Line($"ref float sums = {KernelText.At(KernelText.Rows(product.Output), place)};");
        var (start, stride) = Start();
        string[] sums = ["ref sums", N(product.OutputRowStride)];
        if (_source.Pieces > 1 && (_source.InSets || product.Start != SumsStart.Sums))
        {
            writer.Line($"ref float start = ref (piece == 0 ? {start} : {(_source.InSets ? "ref Scratch.Zeros" : "ref sums")});");
            (start, stride) = ("ref start", _source.InSets && stride == "0" ? "0" : $"piece == 0 ? {stride}u : {(_source.InSets ? "0" : sums[1])}u");
        }

        RowTileEmitter.CallProduct(writer, rows, _source, _panel, "ref w", source, [start, stride], sums, _source.InSets ? "piece > 0" : "false");
    }

    private (string Place, string Stride) Start() => product.Start switch
    {
        SumsStart.Sums => ("ref sums", N(product.OutputRowStride)),
        SumsStart.Biases => (KernelText.At(KernelText.Rows(StagePlanner.Biases), _loops.InSums), "0"), // All rows start from the same values.
        _ => ("ref Scratch.Zeros", "0"),
    };

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather()
    {
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            string column = KernelText.Times(_loops.ClassOf(_source), _panel.ColumnStride);
            writer.Line($"ref float chosen = {KernelText.At("weights", KernelText.Sum(_loops.BlockInWeights, column))};");
            string sums = KernelText.Sum(KernelText.Times("row", product.OutputRowStride), _loops.BlockInSums);
            writer.Line($"ref float sums = {KernelText.At(KernelText.Rows(product.Output), sums)};");
            string vector = VectorType.Of(tile.Lanes);
            bool biased = product.Start == SumsStart.Biases;
            if (biased)
                writer.Line($"ref float biases = {KernelText.At(KernelText.Rows(StagePlanner.Biases), _loops.BlockInSums)};");
            string value = KernelText.Load(vector, "chosen", "lane");
            using (writer.Block($"for (nuint lane = 0; lane < {N(_panel.Width)}; lane += {N(tile.Lanes)})"))
                writer.Line(KernelText.Store(vector, biased ? $"{KernelText.Load(vector, "biases", "lane")} + {value}" : value, "sums", "lane"));
        }
    }
}
