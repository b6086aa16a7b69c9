using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the product of one time step of one stream, whose sums stay in registers for the equations that follow.</summary>
internal sealed class StepProductEmitter(CodeWriter writer, ProductShape product, Tile tile, Arithmetic arithmetic)
{
    private readonly string _vector = VectorType.Of(tile.Lanes);
    private readonly string _floats = VectorType.Floats(tile.Lanes);
    private readonly HashSet<string> _declared = [];

    private readonly Size _lanes = VectorType.Lanes(tile.Lanes);

    private StageSizes Sizes => product.Sizes;

    private bool WholeBlock => tile.Units == product.Blocking.BlockUnits;

    private string Lane => WholeBlock ? "0" : "lane";

    /// <summary><paramref name="epilogue"/> takes the sums: the first unit of a vector, then the vectors of that unit's accumulators.</summary>
    public void Emit(Action<string, IReadOnlyList<string>> epilogue)
    {
        using (Blocks())
        using (writer.BlockIf(WholeBlock ? null : $"for (nint lane = 0; lane < {Sizes.BlockUnits.Text}; lane += {_lanes.Times(tile.Vectors).Text})"))
        {
            Sums();
            for (int vector = 0; vector < tile.Vectors; vector++)
            {
                int place = vector;
                epilogue(Unit(vector), product.Accumulators.Select(accumulator => Sum(accumulator, place)).ToList());
            }
        }
    }

    private CodeWriter.Scope Blocks()
    {
        if (!tile.Alternates)
            return writer.BlockIf(Sizes.Blocks == 1 ? null : $"for (nint block = 0; block < {Sizes.Blocks.Text}; block++)");
        writer.Line("// Every other step backwards: it meets first the weights that the last one left in the cache.");
        return writer.Block($"for (nint block = {KernelText.Times("backwards", Sizes.Blocks.Minus(Size.Of(1)))}; unchecked((nuint)block) < {Sizes.Blocks.Text}; block += 1 - 2 * backwards)");
    }

    /// <summary>Everything from the biases to the last column.</summary>
    private void Sums()
    {
        writer.Line($"ref float w = {KernelText.At("weights", KernelText.Sum(Block(Sizes.BlockStride), Lane))};");
        for (int place = 0; place < product.Accumulators.Count; place++)
            for (int lane = 0; lane < tile.Vectors; lane++)
                writer.Local(_floats, Sum(product.Accumulators[place], lane), Biases(place, lane));
        if (Sizes.ColumnsStart > 0)
            writer.Line($"w = {KernelText.At("w", Sizes.ColumnsStart.Text)};");
        foreach (var segment in product.Segments)
            if (segment.Gather)
                Gather(segment);
            else
                Columns(segment);
    }

    private string Biases(int place, int lane)
    {
        var biases =
            from bias in product.Biases
            let slot = bias.Feeds.ToList().IndexOf(place)
            where slot >= 0
            select KernelText.Load(_vector, "w", bias.Offset.Plus(Offset(slot, lane)).Text);
        return biases.Any() ? string.Join(" + ", biases) : _floats + ".Zero";
    }

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather(Segment segment)
    {
        writer.Line($"// The column of the class in {Ir.Names.Plain(segment.Source)}.");
        writer.Line($"ref float chosen = {KernelText.At("w", KernelText.Times($"(nint){KernelText.Row(segment.Source)}", segment.ColumnStride))};");
        for (int slot = 0; slot < segment.Feeds.Count; slot++)
            for (int lane = 0; lane < tile.Vectors; lane++)
                writer.Line($"{Sum(product.Accumulators[segment.Feeds[slot]], lane)} += {KernelText.Load(_vector, "chosen", Offset(slot, lane).Text)};");
        writer.Line($"w = {KernelText.At("w", segment.Columns.Times(segment.ColumnStride).Text)};");
    }

    private void Columns(Segment segment)
    {
        int sets = product.SetsOf(segment);
        int columns = segment.Columns / sets;
        foreach (var (_, sum) in OtherSums(segment))
        {
            if (_declared.Add(sum))
                writer.Local(_floats, sum, _floats + ".Zero");
            else
                writer.Line($"{sum} = {_floats}.Zero;");
        }

        int unroll = columns >= 2 * tile.Unroll ? tile.Unroll : 1;
        int tail = columns % unroll;
        var ofSet = sets == 1 ? segment.Columns : new Size(columns, LocalName.Of(segment.Source, "Columns"));
        writer.Line($"// The columns that multiply {Ir.Names.Plain(segment.Source)}{(sets == 1 ? "" : $", in {N(sets)} sums at once")}.");
        if (sets > 1)
            writer.Line($"const int {ofSet.Text} = {segment.Columns.Factor} / {N(sets)};");
        var end = ofSet.Minus(Size.Of(tail));
        using (writer.Block($"for (nint column = 0; column < {end.Text}; {(unroll == 1 ? "column++" : "column += " + N(unroll))})"))
        {
            for (int turn = 0; turn < unroll; turn++)
                Column(segment, set => KernelText.Sum("column", ofSet.Times(set).Plus(Size.Of(turn)).Term), ofSet, turn, set => turn + set == 0 ? "value" : "value_" + N(turn + set));
            writer.Line($"w = {KernelText.At("w", segment.ColumnStride.Times(unroll).Text)};");
        }

        for (int turn = 0; turn < tail; turn++)
        {
            var column = ofSet.Minus(Size.Of(tail - turn));
            Column(segment, set => column.Plus(ofSet.Times(set)).Text, ofSet, turn, set => LocalName.Of(segment.Source, "_" + N(column + (set * columns))));
        }

        foreach (var (first, sum) in OtherSums(segment))
            writer.Line($"{first} += {sum};");
        var rest = segment.ColumnStride.Times(tail).Plus(ofSet.Times(sets - 1).Times(segment.ColumnStride));
        if (rest > 0 && segment != product.Segments[product.Segments.Count - 1])
            writer.Line($"w = {KernelText.At("w", rest.Text)};");
    }

    /// <summary>A column of each set: its element, which has a name of its own, stays in a register; weights come by one at a time.</summary>
    private void Column(Segment segment, Func<int, string> column, Size columns, int turn, Func<int, string> name)
    {
        for (int set = 0; set < product.SetsOf(segment); set++)
        {
            var first = segment.ColumnStride.Times(turn).Plus(columns.Times(set).Times(segment.ColumnStride));
            string value = name(set), element = $"Unsafe.Add(ref {KernelText.Row(segment.Source)}, {column(set)})";
            writer.Local(_floats, value, arithmetic.Factor(_vector, element));
            for (int slot = 0; slot < segment.Feeds.Count; slot++)
                for (int lane = 0; lane < tile.Vectors; lane++)
                {
                    string sum = Sum(product.Accumulators[segment.Feeds[slot]], lane, set);
                    string weight = KernelText.Load(_vector, "w", first.Plus(Offset(slot, lane)).Text);
                    writer.Line($"{sum} = {arithmetic.MultiplyAddFactor(_vector, value, weight, sum)};");
                }
        }
    }

    /// <summary>The registers of a segment's sets after the first, and to which of the first each is added.</summary>
    private IEnumerable<(string First, string Other)> OtherSums(Segment segment) =>
        from set in Enumerable.Range(1, product.SetsOf(segment) - 1)
        from feed in segment.Feeds
        from lane in Enumerable.Range(0, tile.Vectors)
        select (Sum(product.Accumulators[feed], lane), Sum(product.Accumulators[feed], lane, set));

    private Size Offset(int slot, int lane) => Sizes.BlockUnits.Times(slot).Plus(_lanes.Times(lane));

    /// <summary>The register of a sum: <c>iPre</c>, with the vector where a tile has several, and a letter where there are several sets.</summary>
    private string Sum(string accumulator, int vector, int set = 0) =>
        LocalName.Of(accumulator, (tile.Vectors > 1 ? "_" + N(vector) : "") + Letter(set));

    private static string Letter(int set) => set > 0 ? ((char)('A' + set)).ToString() : "";

    private string Unit(int vector)
    {
        string unit = KernelText.Sum(Block(Sizes.BlockUnits), Lane, _lanes.Times(vector).Term);
        return Sizes.Blocks == 1 && WholeBlock ? unit : $"(nuint)({unit})";
    }

    private string Block(Size stride) => product.Blocking.Blocks == 1 ? "0" : KernelText.Times("block", stride);
}
