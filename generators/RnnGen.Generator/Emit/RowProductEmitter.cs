using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Emit;

/// <summary>Prints products over rows: loops around the runtime's register tiles.</summary>
internal sealed class RowProductEmitter(CodeWriter writer, RowProduct product, ProductSource source, RowTile tile, Arithmetic arithmetic)
{
    private readonly Panel _panel = product.Panel;
    private readonly PanelLoops _loops = new(writer, product.Panel, tile);

    private bool InPieces => source.Pieces > 1;

    public void Emit()
    {
        writer.Gap().Line(KernelText.Described).Line(KernelText.Optimized);
        using (writer.Method($"public static void {product.Id}", KernelHeader.Of(product)))
        {
            writer.Lines(KernelText.Constants(source.Constants));
            using (_loops.Block())
                if (source.Gather)
                    Gather();
                else
                    using (_loops.Lane())
                    using (writer.OneStatement(InPieces ? $"for (nint piece = 0; piece < {source.Pieces.Text}; piece++)" : null))
                        Rows();
        }
    }

    private void Rows()
    {
        string piece = InPieces ? KernelText.Times("piece", source.Columns.Times(_panel.ColumnStride)) : "0";
        string sourcePiece = InPieces ? KernelText.Times("piece", source.PieceStride) : "0";
        string weights = KernelText.Strided("weights", KernelText.Sum(_loops.InWeights, piece), _panel.ColumnStride);
        string vectors = KernelText.Strided(KernelText.Rows(source.Pointer), KernelText.Sum(sourcePiece, source.Offset.Term), source.RowStride);
        string sums = KernelText.Strided(KernelText.Rows(product.Output), _loops.InSums, product.OutputRowStride);
        if (tile.Narrow is { } narrow)
        {
            writer.Call(
                $"{arithmetic.NarrowTiles(narrow.SharedLanes, narrow.Lanes)}.{tile.Id}",
                [weights, vectors, source.Columns.Text, Start(sums), sums, "rows"]);
            return;
        }

        string[] arguments =
        [
            weights,
            vectors,
            source.Columns.Text,
            .. product.Start == SumsStart.Sums && !source.InSets ? Array.Empty<string>() : [Start(sums)],
            sums,
            "rows",
            .. source.InSets ? ["add: piece > 0"] : Array.Empty<string>(),
        ];
        writer.Call($"{arithmetic.Tiles(tile.Lanes)}.{tile.Id}", arguments);
    }

    /// <summary>What the sums start from: pieces after the first go on from where the last one ended, or are summed by themselves.</summary>
    private string Start(string sums)
    {
        string start = product.Start switch
        {
            SumsStart.Sums => sums,
            SumsStart.Biases => KernelText.Strided(KernelText.Rows(StagePlanner.Biases), _loops.InSums, Size.Of(0)), // All rows start from the same values.
            _ => "Strided.Zeros",
        };
        string next = source.InSets ? "Strided.Zeros" : sums;
        return !InPieces || start == next ? start : $"piece == 0 ? {start} : {next}";
    }

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather()
    {
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            string column = KernelText.Times(_loops.ClassOf(source), _panel.ColumnStride);
            writer.Line($"ref float chosen = {KernelText.At("weights", KernelText.Sum(_loops.BlockInWeights, column))};");
            string sums = KernelText.Sum(KernelText.Times("row", product.OutputRowStride), _loops.BlockInSums);
            writer.Line($"ref float sums = {KernelText.At(KernelText.Rows(product.Output), sums)};");
            string vector = VectorType.Of(tile.Lanes);
            bool biased = product.Start == SumsStart.Biases;
            if (biased)
                writer.Line($"ref float biases = {KernelText.At(KernelText.Rows(StagePlanner.Biases), _loops.BlockInSums)};");
            string value = KernelText.Load(vector, "chosen", "lane");
            using (writer.Block($"for (nuint lane = 0; lane < {_panel.Width.Text}; lane += {VectorType.Lanes(tile.Lanes).Text})"))
                writer.Line(KernelText.Store(vector, biased ? $"{KernelText.Load(vector, "biases", "lane")} + {value}" : value, "sums", "lane"));
        }
    }
}
