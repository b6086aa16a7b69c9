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

    private bool WholeBlock => tile.Units == product.Blocking.BlockUnits;

    private string Lane => WholeBlock ? "0" : "lane";

    /// <summary><paramref name="epilogue"/> takes the sums: the first unit of a vector, then the vectors of that unit's accumulators.</summary>
    public void Emit(Action<string, IReadOnlyList<string>> epilogue)
    {
        using (Blocks())
        using (writer.BlockIf(WholeBlock ? null : $"for (nint lane = 0; lane < {N(product.Blocking.BlockUnits)}; lane += {N(tile.Units)})"))
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
        int blocks = product.Blocking.Blocks;
        if (!tile.Alternates)
            return writer.BlockIf(blocks == 1 ? null : $"for (nint block = 0; block < {N(blocks)}; block++)");
        writer.Line("// Every other step backwards: it meets first the weights that the last one left in the cache.");
        return writer.Block($"for (nint block = {KernelText.Times("backwards", blocks - 1)}; unchecked((nuint)block) < {N(blocks)}; block += 1 - 2 * backwards)");
    }

    /// <summary>Everything from the biases to the last column.</summary>
    private void Sums()
    {
        writer.Line($"ref float w = {KernelText.At("weights", KernelText.Sum(Block(product.BlockStride), Lane))};");
        for (int place = 0; place < product.Accumulators.Count; place++)
            for (int lane = 0; lane < tile.Vectors; lane++)
                writer.Local(_floats, Sum(product.Accumulators[place], lane), Biases(place, lane));
        int position = 0;
        foreach (var segment in product.Segments)
        {
            if (segment.Offset != position)
                writer.Line($"w = {KernelText.At("w", N(segment.Offset - position))};");
            if (segment.Gather)
                Gather(segment);
            else
                Columns(segment);
            position = segment.Offset + (segment.Columns * Stride(segment));
        }
    }

    private string Biases(int place, int lane)
    {
        var biases =
            from bias in product.Biases
            let slot = bias.Feeds.ToList().IndexOf(place)
            where slot >= 0
            select KernelText.Load(_vector, "w", N(bias.Offset + Offset(slot, lane)));
        return biases.Any() ? string.Join(" + ", biases) : _floats + ".Zero";
    }

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather(Segment segment)
    {
        writer.Line($"// The column of the class in {Ir.Names.Plain(segment.Source)}.");
        writer.Line($"ref float chosen = {KernelText.At("w", KernelText.Times($"(nint){KernelText.Row(segment.Source)}", Stride(segment)))};");
        for (int slot = 0; slot < segment.Feeds.Count; slot++)
            for (int lane = 0; lane < tile.Vectors; lane++)
                writer.Line($"{Sum(product.Accumulators[segment.Feeds[slot]], lane)} += {KernelText.Load(_vector, "chosen", N(Offset(slot, lane)))};");
        writer.Line($"w = {KernelText.At("w", $"{segment.ColumnsName} * {N(Stride(segment))}")};");
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
        int stride = Stride(segment);
        string end = sets > 1 ? N(columns - tail) : segment.ColumnsName + (tail == 0 ? "" : " - " + N(tail));
        writer.Line($"// The columns that multiply {Ir.Names.Plain(segment.Source)}{(sets == 1 ? "" : $", in {N(sets)} sums at once")}.");
        using (writer.Block($"for (nint column = 0; column < {end}; {(unroll == 1 ? "column++" : "column += " + N(unroll))})"))
        {
            for (int turn = 0; turn < unroll; turn++)
                Column(segment, "column", columns, turn, turn * stride, set => turn + set == 0 ? "value" : "value_" + N(turn + set));
            writer.Line($"w = {KernelText.At("w", N(unroll * stride))};");
        }

        for (int turn = 0; turn < tail; turn++)
            Column(segment, "0", columns, columns - tail + turn, turn * stride, set => LocalName.Of(segment.Source, "_" + N(columns - tail + turn + (set * columns))));
        foreach (var (first, sum) in OtherSums(segment))
            writer.Line($"{first} += {sum};");
        int rest = (tail + ((sets - 1) * columns)) * stride;
        if (rest > 0 && segment != product.Segments[product.Segments.Count - 1])
            writer.Line($"w = {KernelText.At("w", N(rest))};");
    }

    /// <summary>A column of each set: its element, which has a name of its own, stays in a register; weights come by one at a time.</summary>
    private void Column(Segment segment, string column, int columns, int turn, int weights, Func<int, string> name)
    {
        for (int set = 0; set < product.SetsOf(segment); set++)
        {
            string value = name(set), element = $"Unsafe.Add(ref {KernelText.Row(segment.Source)}, {KernelText.Sum(column, N(turn + (set * columns)))})";
            writer.Local(_floats, value, arithmetic.Factor(_vector, element));
            for (int slot = 0; slot < segment.Feeds.Count; slot++)
                for (int lane = 0; lane < tile.Vectors; lane++)
                {
                    string sum = Sum(product.Accumulators[segment.Feeds[slot]], lane, set);
                    string weight = KernelText.Load(_vector, "w", N(weights + (set * columns * Stride(segment)) + Offset(slot, lane)));
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

    private int Stride(Segment segment) => segment.Feeds.Count * product.Blocking.BlockUnits;

    private int Offset(int slot, int lane) => (slot * product.Blocking.BlockUnits) + (lane * tile.Lanes);

    /// <summary>The register of a sum: <c>iPre</c>, with the vector where a tile has several, and a letter where there are several sets.</summary>
    private string Sum(string accumulator, int vector, int set = 0) =>
        LocalName.Of(accumulator, (tile.Vectors > 1 ? "_" + N(vector) : "") + Letter(set));

    private static string Letter(int set) => set > 0 ? ((char)('A' + set)).ToString() : "";

    private string Unit(int vector)
    {
        string unit = KernelText.Sum(Block(product.Blocking.BlockUnits), Lane, N(vector * tile.Lanes));
        return unit.All(char.IsDigit) ? unit : $"(nuint)({unit})";
    }

    private string Block(int stride) => product.Blocking.Blocks == 1 ? "0" : KernelText.Times("block", stride);
}
