using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints the product of one row with reduced weights: a method that leaves a tile's sums in registers, which is inlined into those that go over tiles, and
/// methods for the columns of a word, which are inlined into that.
/// </summary>
internal sealed class ReducedProductEmitter(CodeWriter writer, string stage, ReducedProduct product, ReducedTile tile, Arithmetic arithmetic)
{
    private const int Unroll = 2;

    private readonly string _vector = VectorType.Of(tile.Lanes);
    private readonly string _floats = VectorType.Floats(tile.Lanes);
    private readonly HashSet<string> _started = [];
    private readonly ReducedColumnEmitter _columns = new(writer, stage, product, tile, arithmetic);

    private readonly Size _lanes = VectorType.Lanes(tile.Lanes);

    private ReducedSizes Sizes => product.Sizes;

    private bool WholeBlock => tile.Units >= product.Blocking.BlockUnits;

    private int Tiles => WholeBlock ? product.Blocking.PaddedUnits / tile.Units : product.Blocking.Blocks;

    private string Lane => WholeBlock ? "0" : "lane";

    /// <summary>A loop over rows that leaves the sums in memory.</summary>
    public void Rows()
    {
        var shape = product.Product;
        writer.Gap().Line(KernelText.Described).Line(KernelText.Optimized);
        using (writer.Method($"public static void {product.Id}", KernelHeader.Of(product)))
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            foreach (string source in product.Sources)
                writer.Line(KernelText.RowOf(source, shape.Segments.First(segment => segment.Source == source).RowStride));
            writer.Line(KernelText.RowOf(StagePlanner.PreActivations, shape.OutputRowStride));
            Emit((unit, sums) =>
            {
                for (int accumulator = 0; accumulator < sums.Count; accumulator++)
                {
                    string place = KernelText.Sum(InPanels(unit), shape.Sizes.BlockUnits.Times(accumulator).Term);
                    writer.Line(KernelText.Store(_vector, sums[accumulator], KernelText.Row(StagePlanner.PreActivations), place));
                }
            });
        }
    }

    /// <summary>Where a unit's pre-activations lie in their row: block by block, as the weights do that are not reduced.</summary>
    private string InPanels(string unit)
    {
        var whole = product.Product.Sizes;
        return whole.Blocks == 1 ? unit : $"({unit} / {whole.BlockUnits.Factor} * {whole.PanelWidth.Factor}) + ({unit} % {whole.BlockUnits.Factor})";
    }

    /// <summary><paramref name="epilogue"/> takes the sums: the first unit of a vector, then the vectors of that unit's accumulators.</summary>
    public void Emit(Action<string, IReadOnlyList<string>> epilogue)
    {
        foreach (var panel in product.Panels.Where(panel => panel.Format == WeightFormat.Int8))
            QuantizedVector.Fill(writer, panel);
        int blocks = product.Blocking.Blocks;
        using (writer.BlockIf(Tiles == 1 ? null : $"for (nint block = 0; block < {Sizes.Blocks.Text}; {Advance("block", blocks / Tiles)})"))
        using (writer.BlockIf(WholeBlock ? null : $"for (nint lane = 0; lane < {Sizes.BlockUnits.Text}; lane += {_lanes.Times(tile.Vectors).Text})"))
        {
            writer.Call(SumsName, [
                KernelText.At("weights", KernelText.Sum(Block(Sizes.BlockStride), Lane)),
                .. product.Panels.SelectMany(panel => Multiplied(panel, declared: false)).Distinct(),
                .. AllSums().Select(sum => "out var " + sum.Sum),
            ]);
            for (int vector = 0; vector < tile.Vectors; vector++)
                epilogue(Unit(vector), product.Product.Accumulators.Select(accumulator => Sum(accumulator, vector)).ToList());
        }
    }

    private string SumsName => stage + "ReducedSums";

    /// <summary>The method that sums a tile, and those of its columns.</summary>
    public void Sums()
    {
        _columns.Emit();
        writer.Gap().Line(KernelText.Summary("The sums of a tile of units, which stay in registers.")).Line(KernelText.Inlined);
        string[] parameters =
        [
            "ref float w",
            .. product.Panels.SelectMany(panel => Multiplied(panel, declared: true)).Distinct(),
            .. AllSums().Select(sum => $"out {_floats} {sum.Sum}"),
        ];
        using (writer.Method($"private static void {SumsName}", parameters))
        {

            // Integers first: sums of floats that take turns would occupy their registers.
            foreach (var panel in product.Panels.OrderBy(panel => panel.Format != WeightFormat.Int8))
                Panel(panel);
            foreach (var (sum, start) in AllSums())
            {
                if (!_started.Contains(sum))
                    writer.Line($"{sum} = {start};");
                for (int turn = 1; turn < tile.Sums && _started.Contains(Turn(sum, turn)); turn++)
                    writer.Line($"{sum} += {Turn(sum, turn)};");
            }
        }
    }

    /// <summary>What a panel's columns multiply.</summary>
    private static IEnumerable<string> Multiplied(ReducedPanel panel, bool declared) => panel.Format == WeightFormat.Int8
        ? QuantizedVector.Arguments(panel.Segment.Source, declared)
        : [$"ref {(declared ? "float " : "")}{KernelText.Row(panel.Segment.Source)}"];

    private void Panel(ReducedPanel panel)
    {
        writer.Line($"// The columns that multiply {Ir.Names.Plain(panel.Segment.Source)}{(panel.Format == WeightFormat.Float32 ? "" : $", {panel.Format}")}.");
        if (panel.Segment.Gather)
            Gather(panel);
        else if (panel.Format == WeightFormat.Int8)
            Integers(panel);
        else
            Floats(panel);
    }

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather(ReducedPanel panel)
    {
        string place = KernelText.Sum(panel.Offset.Text, KernelText.Times($"(nint){KernelText.Row(panel.Segment.Source)}", panel.WordStride));
        writer.Line($"ref float chosen = {KernelText.At("w", place)};");
        foreach (var (sum, start, weights) in Fed(panel))
            Add(sum, start, $"{KernelText.Load(_vector, "chosen", weights.Text)}", (value, addend) => $"{addend} + {value}");
    }

    private void Integers(ReducedPanel panel)
    {
        string source = panel.Segment.Source, words = LocalName.Of(source, "Weights");
        foreach (var (sum, _, _) in Fed(panel))
            writer.Local(_vector + "<int>", Integer(panel, sum), $"{_vector}.Create({QuantizedVector.Start(source)})");
        writer.Line($"ref float {words} = {KernelText.At("w", panel.Offset.Plus(panel.WordStride.Times(panel.Head)).Text)};");
        Loop(panel, new Turns("word", panel.Words, panel.Words, 1, Unroll, words, More: false), (word, place, _) =>
            _columns.CallWord(panel, word, words, place, Fed(panel).Select(fed => Integer(panel, fed.Sum))));
        string scales = LocalName.Of(source, "Scales");
        writer.Local(_floats, scales, $"{_vector}.Create({QuantizedVector.Scale(source)})");
        foreach (var (sum, start, weights) in Fed(panel))
        {
            string scale = $"{scales} * {KernelText.Load(_vector, "w", panel.Offset.Plus(weights).Text)}";
            Add(sum, start, $"{_vector}.ConvertToSingle({Integer(panel, sum)}), {scale}", (factors, addend) => arithmetic.MultiplyAdd(_vector, factors, addend));
        }
    }

    private void Floats(ReducedPanel panel)
    {
        string source = panel.Segment.Source, words = LocalName.Of(source, "Weights");
        foreach (var (sum, start, _) in Fed(panel))
            if (_started.Add(sum))
                writer.Line($"{sum} = {start};");
        writer.Line($"ref float {words} = {KernelText.At("w", panel.Offset.Text)};");
        int pairs = panel.Format == WeightFormat.BFloat16 ? panel.Segment.Columns / 2 : 0, left = panel.Segment.Columns - (2 * pairs);
        if (pairs > 0)
            Pairs(panel, words, pairs, more: left > 0);
        if (pairs == 0)
            Loop(panel, new Turns("column", left, panel.Segment.Columns, 1, Unroll, words, More: false), (column, place, _) => Single(column, place));
        else if (left > 0)
            Single(panel.Segment.Columns.Minus(Size.Of(left)).Text, Size.Of(0));

        void Single(string column, Size place) => _columns.CallSingle(panel, column, words, place, Fed(panel).Select(fed => fed.Sum));
    }

    /// <summary>Two columns a word: the upper half as it is, the lower one shifted up. Sums that take turns become one again at the end.</summary>
    private void Pairs(ReducedPanel panel, string words, int pairs, bool more)
    {
        foreach (var (sum, _, _) in Fed(panel))
            for (int turn = 1; turn < tile.Sums; turn++)
                if (_started.Add(Turn(sum, turn)))
                    writer.Local(_floats, Turn(sum, turn), _floats + ".Zero");
        Loop(panel, new Turns("column", pairs, panel.Segment.Columns.Minus(Size.Of(panel.Segment.Columns % 2)), 2, Math.Max(Unroll, tile.Sums), words, more), (column, place, turn) =>
            _columns.CallPair(panel, column, words, place, Fed(panel).SelectMany(fed => new[] { 2 * turn, (2 * turn) + 1 }
                .Select(half => Turn(fed.Sum, half % tile.Sums)).Distinct())));
    }

    private static string Turn(string sum, int turn) => turn == 0 ? sum : LocalName.Beside(sum, "Turn" + N(turn));

    /// <summary>
    /// A loop over words that moves the reference to them along. Each turn takes the first column of the word (or the word's number), the word's place from the
    /// reference, and the number of the turn.
    /// </summary>
    private void Loop(ReducedPanel panel, Turns turns, Action<string, Size, int> turn)
    {
        int unroll = turns.Count >= 2 * turns.Most ? turns.Most : 1, tail = turns.Count == 1 ? 1 : turns.Count % unroll;
        int whole = turns.Count - tail;
        if (whole > 0)
            using (writer.Block($"for (nint {turns.Index} = 0; {turns.Index} < {Before(tail)}; {Advance(turns.Index, unroll * turns.Step)})"))
            {
                for (int place = 0; place < unroll; place++)
                    turn(KernelText.Sum(turns.Index, N(place * turns.Step)), panel.WordStride.Times(place), place);
                writer.Line($"{turns.Words} = {KernelText.At(turns.Words, panel.WordStride.Times(unroll).Text)};");
            }

        for (int place = 0; place < tail; place++)
            turn(Before(tail - place), panel.WordStride.Times(place), place);
        if (tail > 0 && turns.More)
            writer.Line($"{turns.Words} = {KernelText.At(turns.Words, panel.WordStride.Times(tail).Text)};");

        string Before(int count) => turns.End.Minus(Size.Of(count * turns.Step)).Text;
    }

    /// <summary>How a loop goes over words.</summary>
    /// <param name="Index">What counts.</param>
    /// <param name="Count">Words.</param>
    /// <param name="End">Where the index ends.</param>
    /// <param name="Step">What the index grows by for each.</param>
    /// <param name="Most">The most words that a turn of the loop is unrolled to.</param>
    /// <param name="Words">The reference to the words.</param>
    /// <param name="More">Whether others follow.</param>
    private sealed record Turns(string Index, int Count, Size End, int Step, int Most, string Words, bool More);

    private static string Advance(string index, int by) => by == 1 ? index + "++" : $"{index} += {N(by)}";

    /// <summary>The first use of a sum starts from the bias.</summary>
    private void Add(string sum, string start, string value, Func<string, string, string> add)
    {
        writer.Line($"{sum} = {add(value, _started.Add(sum) ? start : sum)};");
    }

    /// <summary>The sums that a panel feeds: their registers, what they start from, and where in a column their weights are.</summary>
    private IEnumerable<(string Sum, string Start, Size Weights)> Fed(ReducedPanel panel) =>
        from slot in Enumerable.Range(0, panel.Segment.Feeds.Count)
        from vector in Enumerable.Range(0, tile.Vectors)
        let accumulator = panel.Segment.Feeds[slot]
        select (Sum(product.Product.Accumulators[accumulator], vector), Start(accumulator, vector), Sizes.BlockUnits.Times(slot).Plus(Place(vector)));

    private IEnumerable<(string Sum, string Start)> AllSums() =>
        from accumulator in Enumerable.Range(0, product.Product.Accumulators.Count)
        from vector in Enumerable.Range(0, tile.Vectors)
        select (Sum(product.Product.Accumulators[accumulator], vector), Start(accumulator, vector));

    private string Start(int accumulator, int vector)
    {
        int bias = product.Biased.ToList().IndexOf(accumulator);
        return bias < 0 ? _floats + ".Zero" : KernelText.Load(_vector, "w", Sizes.BlockUnits.Times(bias).Plus(Place(vector)).Text);
    }

    private Size Place(int vector) => tile.Place(product, vector);

    private static string Integer(ReducedPanel panel, string sum) => LocalName.Of(panel.Segment.Source, "Sum", sum);

    private string Sum(string accumulator, int vector) => Sum(tile, accumulator, vector);

    /// <summary>The register of a sum: <c>iPre</c>, with the vector where the tile has several.</summary>
    public static string Sum(ReducedTile tile, string accumulator, int vector) => LocalName.Of(accumulator, tile.Vectors > 1 ? "_" + N(vector) : "");

    private string Unit(int vector)
    {
        string unit = KernelText.Sum(Block(Sizes.BlockUnits), Lane, _lanes.Times(vector).Term);
        return Tiles == 1 && WholeBlock ? unit : $"(nuint)({unit})";
    }

    private string Block(Size stride) => Tiles == 1 ? "0" : KernelText.Times("block", stride);
}
