using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the gradients of weights: sums of outer products over rows, in the layout of the weights.</summary>
internal sealed class WeightGradientEmitter(CodeWriter writer, StagePlan stage, WeightGradientPlan gradient, GradientTile tile)
{
    private readonly ProductShape _product = stage.Product;

    private string Vector => VectorType.Of(tile.Lanes);

    private bool WholeBlock => tile.Lanes * tile.Vectors == _product.Blocking.BlockUnits;

    public void Rows()
    {
        string what = gradient.Columns is null
            ? string.Join(" and ", gradient.Biases.Select(bias => bias.Parameter))
            : $"the weights of {gradient.Columns.Source}";
        IEnumerable<string> source = gradient.Columns is null ? [] : [$"ref float {KernelText.Rows(gradient.Columns.Source)}"];
        writer.Gap().Line(KernelText.Summary($"{Names.Camel(stage.Id)}: adds to the gradient of {what}, summed over rows.")).Line(KernelText.Optimized);
        using (writer.Method($"private static void {gradient.Id}", ["ref float gradients", "ref float dPreRows", .. source, "nint rows"]))
        using (writer.BlockIf(_product.Blocking.Blocks == 1 ? null : $"for (nint block = 0; block < {N(_product.Blocking.Blocks)}; block++)"))
        using (writer.BlockIf(WholeBlock ? null : $"for (nint lane = 0; lane < {N(_product.Blocking.BlockUnits)}; lane += {N(tile.Lanes * tile.Vectors)})"))
        {
            if (gradient.Columns is null)
                Tile(1, "0");
            else if (gradient.Columns.Gather)
                Scatter(gradient.Columns);
            else
                ColumnTiles(gradient.Columns);
        }
    }

    private void ColumnTiles(Segment segment)
    {
        int whole = segment.Columns - tile.TailColumns;
        string end = segment.ColumnsName + (tile.TailColumns == 0 ? "" : " - " + N(tile.TailColumns));
        using (writer.Block($"for (nint column = 0; column < {end}; column += {N(tile.Columns)})"))
            Tile(tile.Columns, "column");
        if (tile.TailColumns > 0)
            using (writer.Block("// The columns that are left."))
                Tile(tile.TailColumns, N(whole));
    }

    /// <summary>Only the columns of the classes that came have a gradient.</summary>
    private void Scatter(Segment segment)
    {
        int stride = gradient.Feeds.Count * _product.Blocking.BlockUnits;
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            PreGradientRow();
            string column = KernelText.Times($"(nint)Unsafe.Add(ref {KernelText.Rows(segment.Source)}, {KernelText.Times("row", segment.RowStride)})", stride);
            writer.Line($"ref float gradient = {KernelText.At("gradients", KernelText.Sum(Block(_product.BlockStride), column, Lane, N(segment.Offset)))};");
            for (int slot = 0; slot < gradient.Feeds.Count; slot++)
                for (int vector = 0; vector < tile.Vectors; vector++)
                {
                    string place = N((slot * _product.Blocking.BlockUnits) + (vector * tile.Lanes));
                    writer.Line(KernelText.Store($"({KernelText.Load(Vector, "gradient", place)} + {PreGradient(slot, vector)})", "gradient", place));
                }
        }
    }

    private void PreGradientRow()
    {
        string offset = KernelText.Sum(KernelText.Times("row", _product.OutputRowStride), Block(_product.Blocking.BlockUnits), Lane);
        writer.Line($"ref float dPreRow = {KernelText.At("dPreRows", offset)};");
    }

    private void Tile(int columns, string first)
    {
        var sums = (
            from column in Enumerable.Range(0, columns)
            from slot in Enumerable.Range(0, gradient.Feeds.Count)
            from vector in Enumerable.Range(0, tile.Vectors)
            select (Column: column, Slot: slot, Vector: vector, Name: Sum(columns, column, slot, vector))).ToList();
        foreach (var sum in sums)
            writer.Line($"var {sum.Name} = {Vector}<float>.Zero;");
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            PreGradientRow();
            if (gradient.Columns is { } segment)
            {
                string source = KernelText.At(KernelText.Rows(segment.Source), KernelText.Sum(KernelText.Times("row", segment.RowStride), first));
                writer.Line($"ref float {KernelText.Row(segment.Source)} = {source};");
            }

            Accumulate(columns, sums);
        }

        foreach (int start in gradient.Offsets)
            Add(sums, first, start);
    }

    private void Add(IReadOnlyList<(int Column, int Slot, int Vector, string Name)> sums, string first, int start)
    {
        string place = KernelText.Sum(Block(_product.BlockStride), KernelText.Times(first, gradient.Feeds.Count * _product.Blocking.BlockUnits), Lane);
        if (gradient.Offsets.First() == start)
            writer.Line($"ref float gradient = {KernelText.At("gradients", place)};");
        foreach (var sum in sums)
        {
            string offset = N(start + (((sum.Column * gradient.Feeds.Count) + sum.Slot) * _product.Blocking.BlockUnits) + (sum.Vector * tile.Lanes));
            writer.Line(KernelText.Store($"({KernelText.Load(Vector, "gradient", offset)} + {sum.Name})", "gradient", offset));
        }
    }

    private void Accumulate(int columns, IReadOnlyList<(int Column, int Slot, int Vector, string Name)> sums)
    {
        if (gradient.Columns is not { } segment)
        {
            foreach (var sum in sums)
                writer.Line($"{sum.Name} += {PreGradient(sum.Slot, sum.Vector)};");
            return;
        }

        for (int column = 0; column < columns; column++)
        {
            string value = column == 0 ? KernelText.Row(segment.Source) : $"Unsafe.Add(ref {KernelText.Row(segment.Source)}, {N(column)})";
            writer.Line($"var value{N(column)} = {Vector}.Create({value});");
        }

        foreach (var slot in sums.GroupBy(sum => (sum.Slot, sum.Vector)))
        {
            writer.Line($"{(slot.Key == (0, 0) ? "var " : "")}dPre = {PreGradient(slot.Key.Slot, slot.Key.Vector)};");
            foreach (var sum in slot)
                writer.Line($"{sum.Name} = {Vector}.MultiplyAddEstimate(value{N(sum.Column)}, dPre, {sum.Name});");
        }
    }

    private string PreGradient(int slot, int vector) =>
        KernelText.Load(Vector, "dPreRow", N((gradient.Feeds[slot] * _product.OutputAccumulatorStride) + (vector * tile.Lanes)));

    private string Sum(int columns, int column, int slot, int vector) =>
        Names.Gradient(_product.Accumulators[gradient.Feeds[slot]]) + (columns > 1 ? N(column) : "") + (tile.Vectors > 1 ? "_" + N(vector) : "");

    private string Block(int stride) => _product.Blocking.Blocks == 1 ? "0" : KernelText.Times("block", stride);

    private string Lane => WholeBlock ? "0" : "lane";
}
