using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the product of one time step of one stream, whose sums stay in registers for the equations that follow.</summary>
internal sealed class StepProductEmitter(CodeWriter writer, ProductShape product, Tile tile, Arithmetic arithmetic)
{
    private readonly string _vector = VectorType.Of(tile.SumLanes);
    private readonly string _floats = VectorType.Floats(tile.SumLanes);
    private readonly HashSet<string> _declared = [];
    private readonly Size _lanes = VectorType.Lanes(tile.SumLanes);
    private readonly Size _unitLanes = VectorType.Lanes(tile.Lanes);

    /// <summary>The current group: its vectors of units, and those of a block before it.</summary>
    private (int Vectors, int Before) _group;

    private StageSizes Sizes => product.Sizes;

    private bool Repeats => tile.Repeats;

    /// <summary>The units of a block that are summed.</summary>
    private Size Covered => tile.Covered == product.Blocking.BlockUnits ? Sizes.BlockUnits : _unitLanes.Times(tile.Covered / tile.Lanes);

    private string Lane => Repeats ? "lane" : _unitLanes.Times(_group.Before).Term;

    /// <summary><paramref name="epilogue"/> takes the sums: the first unit of a vector, then the vectors of that unit's accumulators.</summary>
    public void Emit(Action<string, IReadOnlyList<string>> epilogue)
    {
        using (Blocks())
        {
            for (int group = 0; group < tile.Groups.Count; group++)
            {
                _group = (tile.Groups[group], tile.Groups.Take(group).Sum());
                using (writer.BlockIf(Repeats ? $"for (nint lane = 0; lane < {Covered.Text}; lane += {_unitLanes.Times(tile.Vectors).Text})" : tile.Groups.Count > 1 ? Units() : null))
                {
                    _declared.Clear();
                    Sums();
                    if (tile.StoresSums)
                        Store();
                    else if (tile.Gates is { } gates)
                        new JoinedGates(writer, product, tile, gates, arithmetic).Emit(epilogue);
                    else
                        for (int vector = 0; vector < _group.Vectors; vector++)
                            epilogue(Unit(vector), product.Accumulators.Select(accumulator => Sum(accumulator, vector)).ToList());
                }
            }

            if (tile.StoresSums)
                Equations(epilogue);
        }
    }

    private string Units() => $"// {(_group.Before == 0 ? "The first" : "The other")} {N(_group.Vectors * tile.Lanes)} units{(Sizes.Blocks == 1 ? "" : " of the block")}.";

    /// <summary>The sums of a group, to memory.</summary>
    private void Store()
    {
        foreach (var register in Registers(AllAccumulators))
        {
            string place = KernelText.Sum(Lane, register.Offset.Term);
            writer.Line(KernelText.Store(_vector, Sum(register), KernelText.Row(StagePlanner.PreActivations), Repeats ? $"(nuint)({place})" : place));
        }
    }

    /// <summary>The equations of a block, from its sums in memory.</summary>
    private void Equations(Action<string, IReadOnlyList<string>> epilogue)
    {
        string vector = VectorType.Of(tile.Lanes), row = KernelText.Row(StagePlanner.PreActivations);
        using (writer.OneStatement($"for (nuint unit = 0; unit < {Covered.Text}; unit += {_unitLanes.Text})"))
            epilogue(
                KernelText.Sum(product.Blocking.Blocks == 1 ? "0" : $"(nuint)block * {Sizes.BlockUnits.Factor}", "unit"),
                product.Accumulators.Select((_, place) => KernelText.Load(vector, row, KernelText.Sum("unit", Sizes.BlockUnits.Times(place).Term))).ToList());
    }

    private CodeWriter.Scope Blocks()
    {
        if (!tile.Alternates)
            return writer.BlockIf(Sizes.Blocks == 1 ? null : $"for (nint block = 0; block < {Sizes.Blocks.Text}; block++)");
        writer.Line("// Every other step goes backwards, so it starts with the weights that the last step left in the cache.");
        return writer.Block($"for (nint block = {KernelText.Times("backwards", Sizes.Blocks.Minus(Size.Of(1)))}; unchecked((nuint)block) < {Sizes.Blocks.Text}; block += 1 - 2 * backwards)");
    }

    /// <summary>Everything from the biases to the last column.</summary>
    private void Sums()
    {
        writer.Line($"ref float w = {KernelText.At("weights", KernelText.Sum(Block(Sizes.BlockStride), Lane))};");
        foreach (var register in Registers(AllAccumulators))
            writer.Local(register.Floats, Sum(register), Biases(register));
        if (Sizes.ColumnsStart > 0)
            writer.Line($"w = {KernelText.At("w", Sizes.ColumnsStart.Text)};");
        foreach (var segment in product.Segments)
            if (segment.Gather)
                Gather(segment);
            else if (tile.Narrow is { } narrow)
                SharedColumns(segment, narrow);
            else
                Columns(segment);
    }

    private IReadOnlyList<int> AllAccumulators => Enumerable.Range(0, product.Accumulators.Count).ToList();

    /// <summary>The registers for the sums that some accumulators feed: the accumulator, which of its vectors, and where its floats are in a column of those.</summary>
    private IEnumerable<Register> Registers(IReadOnlyList<int> feeds) => tile.Joined
        ? Enumerable.Range(0, feeds.Count * product.Blocking.BlockUnits / tile.SumLanes).Select(place => new Register(0, place, _lanes.Times(place), tile.SumLanes))
        : from slot in Enumerable.Range(0, feeds.Count)
          from vector in Enumerable.Range(0, _group.Vectors)
          select new Register(
              feeds[slot], vector, Sizes.BlockUnits.Times(slot).Plus(_lanes.Times(vector)), Repeats ? tile.Lanes : tile.LanesAt((_group.Before + vector) * tile.Lanes));

    private string Biases(Register register)
    {
        var biases =
            from bias in product.Biases
            from fed in Registers(bias.Feeds)
            where (fed.Accumulator, fed.Vector) == (register.Accumulator, register.Vector)
            select KernelText.Load(register.Vectors, "w", bias.Offset.Plus(fed.Offset).Text);
        return biases.Any() ? string.Join(" + ", biases) : register.Floats + ".Zero";
    }

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather(Segment segment)
    {
        writer.Line($"// The column of the class in {Ir.Names.Plain(segment.Source)}.");
        writer.Line($"ref float chosen = {KernelText.At("w", KernelText.Times($"(nint){KernelText.Row(segment.Source)}", segment.ColumnStride))};");
        foreach (var register in Registers(segment.Feeds))
            writer.Line($"{Sum(register)} += {KernelText.Load(register.Vectors, "chosen", register.Offset.Text)};");
        writer.Line($"w = {KernelText.At("w", segment.Columns.Times(segment.ColumnStride).Text)};");
    }

    /// <summary>Columns that share vectors: the runtime has their code.</summary>
    private void SharedColumns(Segment segment, NarrowSums narrow)
    {
        int shared = narrow.SharedLanes / narrow.Lanes;
        writer.Line($"// The columns that multiply {Ir.Names.Plain(segment.Source)}{(shared == 1 ? "" : $", {N(shared)} to a vector")}.");
        foreach (var register in Registers(segment.Feeds))
        {
            string weights = KernelText.Strided("w", register.Offset.Term, segment.ColumnStride);
            string method = $"{arithmetic.NarrowTiles(narrow.SharedLanes, narrow.Lanes)}.Sum{N(narrow.Vectors)}";
            writer.Line($"{Sum(register)} += {method}({weights}, ref {KernelText.Row(segment.Source)}, {segment.Columns.Text});");
        }
    }

    private void Columns(Segment segment)
    {
        int sets = SetsOf(segment);
        int columns = segment.Columns / sets;
        foreach (var (register, sum) in OtherSums(segment))
        {
            if (_declared.Add(sum))
                writer.Local(register.Floats, sum, register.Floats + ".Zero");
            else
                writer.Line($"{sum} = {register.Floats}.Zero;");
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

        foreach (var (register, sum) in OtherSums(segment))
            writer.Line($"{Sum(register)} += {sum};");
        var rest = segment.ColumnStride.Times(tail).Plus(ofSet.Times(sets - 1).Times(segment.ColumnStride));
        if (rest > 0 && segment != product.Segments[product.Segments.Count - 1])
            writer.Line($"w = {KernelText.At("w", rest.Text)};");
    }

    /// <summary>A column of each set: its element, which has a name of its own, stays in a register; weights come by one at a time.</summary>
    private void Column(Segment segment, Func<int, string> column, Size columns, int turn, Func<int, string> name)
    {
        for (int set = 0; set < SetsOf(segment); set++)
        {
            var first = segment.ColumnStride.Times(turn).Plus(columns.Times(set).Times(segment.ColumnStride));
            string value = name(set), element = $"Unsafe.Add(ref {KernelText.Row(segment.Source)}, {column(set)})";
            writer.Local(_floats, value, arithmetic.Factor(_vector, element));
            foreach (var register in Registers(segment.Feeds))
            {
                string sum = Sum(register, set), weight = KernelText.Load(register.Vectors, "w", first.Plus(register.Offset).Text);
                string factor = register.Lanes < tile.SumLanes ? $"{_vector}.GetLower({value})" : value;
                writer.Line($"{sum} = {arithmetic.MultiplyAddFactor(register.Vectors, factor, weight, sum)};");
            }
        }
    }

    private int SetsOf(Segment segment) => ProductShape.SetsOf(segment, tile.Sets);

    /// <summary>The registers of a segment's sets after the first, and to which of the first each is added.</summary>
    private IEnumerable<(Register First, string Other)> OtherSums(Segment segment) =>
        from set in Enumerable.Range(1, SetsOf(segment) - 1)
        from register in Registers(segment.Feeds)
        select (register, Sum(register, set));

    /// <summary>The local of a sum: <c>iPre</c>, with the vector where a group has several, and a letter where there are several sets.</summary>
    private string Sum(Register register, int set = 0) =>
        tile.Joined ? LocalName.Of("sum", "_" + N(register.Vector) + Letter(set)) : Sum(product.Accumulators[register.Accumulator], register.Vector, set);

    private string Sum(string accumulator, int vector, int set = 0) => LocalName.Of(accumulator, (_group.Vectors > 1 ? "_" + N(vector) : "") + Letter(set));

    private static string Letter(int set) => set > 0 ? ((char)('A' + set)).ToString() : "";

    private string Unit(int vector)
    {
        string unit = KernelText.Sum(Block(Sizes.BlockUnits), Lane, _unitLanes.Times(vector).Term);
        return Sizes.Blocks == 1 && !Repeats ? unit : $"(nuint)({unit})";
    }

    private string Block(Size stride) => product.Blocking.Blocks == 1 ? "0" : KernelText.Times("block", stride);

    /// <summary>A register of sums.</summary>
    private readonly record struct Register(int Accumulator, int Vector, Size Offset, int Lanes)
    {
        public string Vectors => VectorType.Of(Lanes);

        public string Floats => VectorType.Floats(Lanes);
    }
}
