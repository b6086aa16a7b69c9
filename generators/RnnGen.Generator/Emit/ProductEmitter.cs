using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints matrix products: the register tile is unrolled, blocks, rows and columns are loops.</summary>
internal sealed class ProductEmitter(CodeWriter writer, ProductShape product)
{
    /// <summary>The product over many rows, its sums going to memory.</summary>
    public void Rows(Tile rows, Tile singleRow)
    {
        var sources = product.Segments.Select(segment => segment.Source).Distinct();
        var parameters = sources.Append(product.Output).Select(source => $"ref float {KernelText.Rows(source)}");
        writer.Gap().Line(KernelText.Summary(product.Summary)).Line(KernelText.Optimized);
        using (writer.Method($"private static void {product.Id}", ["ref float weights", .. parameters, "nint rows"]))
        using (Blocks())
        {
            writer.Line("nint row = 0;");
            writer.Line($"// {N(rows.Rows)} rows at a time, then those that are left.");
            using (writer.Block($"for (; row + {N(rows.Rows - 1)} < rows; row += {N(rows.Rows)})"))
                RowTile(rows);
            using (writer.Block("for (; row < rows; row++)"))
                RowTile(singleRow);
        }
    }

    private CodeWriter.Scope Blocks() => writer.BlockIf(
        product.Blocking.Blocks == 1 ? null : $"for (nint block = 0; block < {N(product.Blocking.Blocks)}; block++)");

    private string? UnitLoop(Tile tile) => tile.Units == product.Blocking.BlockUnits
        ? null
        : $"for (nint lane = 0; lane < {N(product.Blocking.BlockUnits)}; lane += {N(tile.Units)})";

    private void RowTile(Tile tile)
    {
        foreach (var segment in product.Segments.GroupBy(segment => segment.Source).Select(group => group.First()))
            writer.Line(KernelText.RowOf(segment.Source, segment.RowStride));
        writer.Line(KernelText.RowOf(product.Output, product.OutputRowStride));
        using (writer.BlockIf(UnitLoop(tile)))
        {
            Sums(tile);
            foreach (var (accumulator, place) in product.Accumulators.Select((accumulator, place) => (accumulator, place)))
                for (int row = 0; row < tile.Rows; row++)
                    for (int vector = 0; vector < tile.Vectors; vector++)
                    {
                        string offset = OutputOffset(tile, place, row, vector);
                        writer.Line(KernelText.Store(Sum(tile, accumulator, row, vector), KernelText.Row(product.Output), offset));
                    }
        }
    }

    /// <summary>Everything from the biases to the last column.</summary>
    private void Sums(Tile tile)
    {
        string vector = VectorType.Of(tile.Lanes);
        string offset = KernelText.Sum(Block(product.BlockStride), tile.Units == product.Blocking.BlockUnits ? "0" : "lane");
        writer.Line($"ref float w = {KernelText.At("weights", offset)};");
        foreach (var (accumulator, place) in product.Accumulators.Select((accumulator, place) => (accumulator, place)))
            for (int lane = 0; lane < tile.Vectors; lane++)
                for (int row = 0; row < tile.Rows; row++)
                    writer.Line($"var {Sum(tile, accumulator, row, lane)} = {Initial(tile, vector, accumulator, place, row, lane)};");
        int position = 0;
        foreach (var segment in product.Segments)
        {
            if (segment.Offset != position)
                writer.Line($"w = {KernelText.At("w", N(segment.Offset - position))};");
            Columns(tile, vector, segment);
            position = segment.Offset + (segment.Groups * segment.Columns * segment.Feeds.Count * product.Blocking.BlockUnits);
        }
    }

    private string Initial(Tile tile, string vector, string accumulator, int place, int row, int lane)
    {
        if (product.Accumulate)
            return KernelText.Load(vector, KernelText.Row(product.Output), OutputOffset(tile, place, row, lane));
        if (row > 0)
            return Sum(tile, accumulator, 0, lane);
        var biases =
            from bias in product.Biases
            let slot = bias.Feeds.ToList().IndexOf(place)
            where slot >= 0
            select KernelText.Load(vector, "w", N(bias.Offset + (slot * product.Blocking.BlockUnits) + (lane * tile.Lanes)));
        return biases.Any() ? string.Join(" + ", biases) : $"{vector}<float>.Zero";
    }

    private void Columns(Tile tile, string vector, Segment segment)
    {
        string source = KernelText.Row(segment.Source);
        if (segment.Gather)
        {
            Gather(tile, vector, segment, source);
            return;
        }

        writer.Line($"// The columns that multiply {segment.Source}.");
        if (segment.Groups == 1)
        {
            Columns(tile, vector, segment, source, segment.SourceOffset);
            return;
        }

        using (writer.Block($"for (nint gate = 0; gate < {N(segment.Groups)}; gate++)"))
        {
            string gate = KernelText.Sum(N(segment.SourceOffset), KernelText.Times("gate", segment.GroupStride));
            writer.Line($"ref float gateRow = {KernelText.At(source, gate)};");
            Columns(tile, vector, segment, "gateRow", 0);
        }
    }

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather(Tile tile, string vector, Segment segment, string source)
    {
        int stride = segment.Feeds.Count * product.Blocking.BlockUnits;
        writer.Line($"// The column of the class in {segment.Source}.");
        for (int row = 0; row < tile.Rows; row++)
        {
            string index = row == 0 ? source : $"Unsafe.Add(ref {source}, {N(row * segment.RowStride)})";
            string column = tile.Rows == 1 ? "chosen" : "chosen" + N(row);
            writer.Line($"ref float {column} = {KernelText.At("w", KernelText.Times($"(nint){index}", stride))};");
            for (int slot = 0; slot < segment.Feeds.Count; slot++)
                for (int lane = 0; lane < tile.Vectors; lane++)
                {
                    string sum = Sum(tile, product.Accumulators[segment.Feeds[slot]], row, lane);
                    writer.Line($"{sum} += {KernelText.Load(vector, column, N((slot * product.Blocking.BlockUnits) + (lane * tile.Lanes)))};");
                }
        }

        writer.Line($"w = {KernelText.At("w", $"{segment.ColumnsName} * {N(stride)}")};");
    }

    private void Columns(Tile tile, string vector, Segment segment, string source, int sourceOffset)
    {
        int unroll = segment.Columns >= 2 * tile.Unroll ? tile.Unroll : 1;
        int tail = segment.Columns % unroll;
        int stride = segment.Feeds.Count * product.Blocking.BlockUnits;
        var column = new ColumnPlace(source, "column", sourceOffset, 0);
        string end = segment.ColumnsName + (tail == 0 ? "" : " - " + N(tail));
        using (writer.Block($"for (nint column = 0; column < {end}; {(unroll == 1 ? "column++" : "column += " + N(unroll))})"))
        {
            if (unroll == 1)
                Column(tile, vector, segment, column);
            for (int turn = 0; turn < unroll && unroll > 1; turn++)
                using (writer.Scoped())
                    Column(tile, vector, segment, column with { SourceOffset = sourceOffset + turn, Weight = turn * stride });
            writer.Line($"w = {KernelText.At("w", N(unroll * stride))};");
        }

        for (int turn = 0; turn < tail; turn++)
            using (writer.Scoped())
                Column(tile, vector, segment, new ColumnPlace(source, "0", sourceOffset + segment.Columns - tail + turn, turn * stride));
        if (tail > 0)
            writer.Line($"w = {KernelText.At("w", N(tail * stride))};");
    }

    /// <summary>One column: an element of each row stays in a register, weights come by one at a time.</summary>
    private void Column(Tile tile, string vector, Segment segment, ColumnPlace place)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            string element = KernelText.Sum(place.Column, N(place.SourceOffset + (row * segment.RowStride)));
            writer.Line($"var {Broadcast(tile, row)} = {vector}.Create(Unsafe.Add(ref {place.Source}, {element}));");
        }

        for (int slot = 0; slot < segment.Feeds.Count; slot++)
            for (int lane = 0; lane < tile.Vectors; lane++)
                Weight(tile, vector, segment, slot, lane, place.Weight);
    }

    private void Weight(Tile tile, string vector, Segment segment, int slot, int lane, int offset)
    {
        string weight = KernelText.Load(vector, "w", N(offset + (slot * product.Blocking.BlockUnits) + (lane * tile.Lanes)));
        if (tile.Rows > 1)
            writer.Line($"{(slot + lane == 0 ? "var " : "")}weight = {weight};");
        for (int row = 0; row < tile.Rows; row++)
        {
            string sum = Sum(tile, product.Accumulators[segment.Feeds[slot]], row, lane);
            writer.Line($"{sum} = {vector}.MultiplyAddEstimate({Broadcast(tile, row)}, {(tile.Rows > 1 ? "weight" : weight)}, {sum});");
        }
    }

    private static string Broadcast(Tile tile, int row) => tile.Rows == 1 ? "value" : "value" + N(row);

    /// <summary>The register of a sum: <c>iPre</c>, with the row and the vector where a tile has several.</summary>
    private static string Sum(Tile tile, string accumulator, int row, int vector) =>
        accumulator + (tile.Rows > 1 ? N(row) : "") + (tile.Vectors > 1 ? "_" + N(vector) : "");

    private string OutputOffset(Tile tile, int accumulator, int row, int vector)
    {
        int offset = (accumulator * product.OutputAccumulatorStride) + (row * product.OutputRowStride) + (vector * tile.Lanes);
        return Unsigned(KernelText.Sum(Block(product.Blocking.BlockUnits), UnitVariable(tile), N(offset)));
    }

    private string UnitVariable(Tile tile) => tile.Units == product.Blocking.BlockUnits ? "0" : "lane";

    private string Block(int stride) => product.Blocking.Blocks == 1 ? "0" : KernelText.Times("block", stride);

    /// <summary>Where a column's element and weights are: the reference and the variable of its index, and constants to add to both.</summary>
    private readonly record struct ColumnPlace(string Source, string Column, int SourceOffset, int Weight);

    private static string Unsigned(string offset) => offset.All(char.IsDigit) ? offset : $"(nuint)({offset})";
}
