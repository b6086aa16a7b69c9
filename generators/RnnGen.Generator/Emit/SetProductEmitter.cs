using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints the product over many rows where a step sums its columns in several sets. Rows cover the latency of each other's sums, so here the sets go one after
/// the other, through the output; what counts is that the order of summation, and so every bit, is that of a step.
/// </summary>
internal sealed class SetProductEmitter(CodeWriter writer, ProductShape product)
{
    public void Rows(Tile rows, Tile singleRow)
    {
        var sources = product.Segments.Select(segment => segment.Source).Distinct();
        var parameters = sources.Append(product.Output).Select(source => $"ref float {KernelText.Rows(source)}");
        writer.Gap().Line(KernelText.Summary(product.Summary)).Line(KernelText.Optimized);
        using (writer.Method($"private static void {product.Id}", ["ref float weights", .. parameters, "nint rows"]))
        using (writer.BlockIf(product.Blocking.Blocks == 1 ? null : $"for (nint block = 0; block < {N(product.Blocking.Blocks)}; block++)"))
        {
            writer.Line("nint row = 0;");
            writer.Line($"// {N(rows.Rows)} rows at a time, then those that are left.");
            using (writer.Block($"for (; row + {N(rows.Rows - 1)} < rows; row += {N(rows.Rows)})"))
                RowTile(rows);
            using (writer.Block("for (; row < rows; row++)"))
                RowTile(singleRow);
        }
    }

    private void RowTile(Tile tile)
    {
        foreach (var segment in product.Segments.GroupBy(segment => segment.Source).Select(group => group.First()))
            writer.Line(KernelText.RowOf(segment.Source, segment.RowStride));
        writer.Line(KernelText.RowOf(product.Output, product.OutputRowStride));
        bool whole = tile.Units == product.Blocking.BlockUnits;
        using (writer.BlockIf(whole ? null : $"for (nint lane = 0; lane < {N(product.Blocking.BlockUnits)}; lane += {N(tile.Units)})"))
        {
            writer.Line($"ref float w = {KernelText.At("weights", KernelText.Sum(Block(product.BlockStride), Lane(tile)))};");
            writer.Line($"// {N(product.Sets)} sets of columns, each summed by itself.");
            using (writer.Block($"for (nint set = 0; set < {N(product.Sets)}; set++)"))
                Set(tile);
        }
    }

    private void Set(Tile tile)
    {
        string output = KernelText.Row(product.Output), zero = $"{VectorType.Of(tile.Lanes)}<float>.Zero";
        foreach (var (place, row, lane) in Sums(tile, 0))
            writer.Line($"var {Sum(tile, place, row, lane)} = {(row > 0 ? Sum(tile, place, 0, lane) : $"set == 0 ? {Biases(tile, place, lane)} : {zero}")};");
        foreach (var segment in product.Segments)
            using (writer.BlockIf(product.SetsOf(segment) > 1 ? null : "if (set == 0)"))
                Columns(tile, segment, product.SetsOf(segment) > 1 ? "set" : "0");
        using (writer.Block("if (set > 0)"))
            foreach (var (place, row, lane) in Sums(tile, 1))
                writer.Line($"{Sum(tile, place, row, lane)} += {KernelText.Load(VectorType.Of(tile.Lanes), output, OutputOffset(tile, place, row, lane))};");
        foreach (var (place, row, lane) in Sums(tile, 1))
            writer.Line(KernelText.Store(Sum(tile, place, row, lane), output, OutputOffset(tile, place, row, lane)));
        var complete = Sums(tile, 0).Except(Sums(tile, 1)).ToList();
        using (writer.BlockIf(complete.Count == 0 ? null : "if (set == 0)"))
            foreach (var (place, row, lane) in complete)
                writer.Line(KernelText.Store(Sum(tile, place, row, lane), output, OutputOffset(tile, place, row, lane)));
    }

    private void Columns(Tile tile, Segment segment, string set)
    {
        int stride = segment.Feeds.Count * product.Blocking.BlockUnits;
        if (segment.Gather)
        {
            Gather(tile, segment, stride);
            return;
        }

        int columns = segment.Columns / product.SetsOf(segment);
        using (writer.Scoped())
        {
            string first = KernelText.Times(set, columns);
            writer.Line($"ref float column = {KernelText.At("w", KernelText.Sum(N(segment.Offset), KernelText.Times(set, columns * stride)))};");
            writer.Line($"ref float element = {KernelText.At(KernelText.Row(segment.Source), KernelText.Sum(N(segment.SourceOffset), first))};");
            using (writer.Block($"for (nint left = {N(columns)}; left > 0; left--)"))
            {
                for (int row = 0; row < tile.Rows; row++)
                    writer.Line($"var value{N(row)} = {VectorType.Of(tile.Lanes)}.Create({Element("element", row * segment.RowStride)});");
                Weights(tile, segment);
                writer.Line($"column = {KernelText.At("column", N(stride))};");
                writer.Line("element = ref Unsafe.Add(ref element, 1);");
            }
        }
    }

    private void Weights(Tile tile, Segment segment)
    {
        string vector = VectorType.Of(tile.Lanes);
        for (int slot = 0; slot < segment.Feeds.Count; slot++)
            for (int lane = 0; lane < tile.Vectors; lane++)
            {
                writer.Line($"{(slot + lane == 0 ? "var " : "")}weight = {KernelText.Load(vector, "column", N(Offset(tile, slot, lane)))};");
                for (int row = 0; row < tile.Rows; row++)
                {
                    string sum = Sum(tile, segment.Feeds[slot], row, lane);
                    writer.Line($"{sum} = {vector}.MultiplyAddEstimate(value{N(row)}, weight, {sum});");
                }
            }
    }

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather(Tile tile, Segment segment, int stride)
    {
        writer.Line($"// The column of the class in {segment.Source}.");
        for (int row = 0; row < tile.Rows; row++)
        {
            string index = $"(nint){Element(KernelText.Row(segment.Source), row * segment.RowStride)}";
            writer.Line($"ref float chosen{N(row)} = {KernelText.At("w", KernelText.Sum(N(segment.Offset), KernelText.Times(index, stride)))};");
            for (int slot = 0; slot < segment.Feeds.Count; slot++)
                for (int lane = 0; lane < tile.Vectors; lane++)
                {
                    string column = KernelText.Load(VectorType.Of(tile.Lanes), "chosen" + N(row), N(Offset(tile, slot, lane)));
                    writer.Line($"{Sum(tile, segment.Feeds[slot], row, lane)} += {column};");
                }
        }
    }

    private string Biases(Tile tile, int place, int lane)
    {
        var biases =
            from bias in product.Biases
            let slot = bias.Feeds.ToList().IndexOf(place)
            where slot >= 0
            select KernelText.Load(VectorType.Of(tile.Lanes), "w", N(bias.Offset + Offset(tile, slot, lane)));
        return biases.Any() ? string.Join(" + ", biases) : $"{VectorType.Of(tile.Lanes)}<float>.Zero";
    }

    private IEnumerable<(int Place, int Row, int Lane)> Sums(Tile tile, int set) =>
        from place in product.AccumulatorsOf(set)
        from lane in Enumerable.Range(0, tile.Vectors)
        from row in Enumerable.Range(0, tile.Rows)
        select (place, row, lane);

    private string Sum(Tile tile, int place, int row, int lane) =>
        product.Accumulators[place] + (tile.Rows > 1 ? N(row) : "") + (tile.Vectors > 1 ? "_" + N(lane) : "");

    private static string Element(string row, int offset) => offset == 0 ? row : $"Unsafe.Add(ref {row}, {N(offset)})";

    private int Offset(Tile tile, int slot, int lane) => (slot * product.Blocking.BlockUnits) + (lane * tile.Lanes);

    private string OutputOffset(Tile tile, int place, int row, int lane)
    {
        int offset = (place * product.OutputAccumulatorStride) + (row * product.OutputRowStride) + (lane * tile.Lanes);
        string sum = KernelText.Sum(Block(product.Blocking.BlockUnits), Lane(tile), N(offset));
        return sum.All(char.IsDigit) ? sum : $"(nuint)({sum})";
    }

    private string Lane(Tile tile) => tile.Units == product.Blocking.BlockUnits ? "0" : "lane";

    private string Block(int stride) => product.Blocking.Blocks == 1 ? "0" : KernelText.Times("block", stride);
}
