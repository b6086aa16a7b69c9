using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints what is done with the columns of one word of reduced weights, as methods to be inlined: the panels of a stage whose columns feed the same sums share
/// them.
/// </summary>
internal sealed class ReducedColumnEmitter(CodeWriter writer, string stage, ReducedProduct product, ReducedTile tile, Arithmetic arithmetic)
{
    private readonly string _vector = VectorType.Of(tile.Lanes);
    private readonly string _floats = VectorType.Floats(tile.Lanes);

    /// <summary>All methods that the panels need.</summary>
    public void Emit()
    {
        foreach (var panel in Distinct(panel => panel.Format == WeightFormat.Int8))
            Word(panel);
        foreach (var panel in Distinct(HasPairs))
            Pair(panel);
        foreach (var panel in Distinct(HasSingles))
            Single(panel);
    }

    /// <summary>A call for four columns, which are the bytes of one word.</summary>
    public void CallWord(ReducedPanel panel, string word, string weights, Size place, IEnumerable<string> sums) =>
        Call("Word", panel, "ref " + QuantizedVector.Words(panel.Segment.Source), word, weights, place, sums);

    /// <summary>A call for two columns, which are the halves of one word, and perhaps sums of their own for each.</summary>
    public void CallPair(ReducedPanel panel, string column, string weights, Size place, IEnumerable<string> sums) =>
        Call("Pair", panel, "ref " + KernelText.Row(panel.Segment.Source), column, weights, place, sums);

    /// <summary>A call for a column of floats.</summary>
    public void CallSingle(ReducedPanel panel, string column, string weights, Size place, IEnumerable<string> sums) =>
        Call("Column", panel, "ref " + KernelText.Row(panel.Segment.Source), column, weights, place, sums);

    private void Word(ReducedPanel panel)
    {
        using (Method("Word", "four columns, the bytes of one word.", panel, "ref int words, nint word", _vector + "<int>", [""]))
        {
            writer.Local(_vector + "<int>", "first", $"{_vector}.Create(Unsafe.Add(ref words, 2 * word))")
                .Local(_vector + "<int>", "second", $"{_vector}.Create(Unsafe.Add(ref words, (2 * word) + 1))");
            foreach (var (sum, place) in Fed(panel))
                writer.Line($"{sum} = Int8Math.MultiplyAdd(first, second, {Weights(place)}, {sum});");
        }
    }

    /// <summary>The upper half of a word is a float as it is, the lower one shifted up.</summary>
    private void Pair(ReducedPanel panel)
    {
        string lowerSum = tile.Sums > 1 ? "B" : "";
        using (Method("Pair", "two columns, the halves of one word.", panel, "ref float row, nint column", _floats, tile.Sums > 1 ? ["", lowerSum] : [""]))
        {
            writer.Local(_floats, "upper", $"{_vector}.Create(Unsafe.Add(ref row, column))")
                .Local(_floats, "lower", $"{_vector}.Create(Unsafe.Add(ref row, column + 1))");
            foreach (var (sum, place) in Fed(panel))
            {
                string both = LocalName.Beside(sum, "Weights"), other = Beside(sum, lowerSum), shifted = $"{_vector}.AsSingle({_vector}.AsInt32({both}) << 16)";
                writer.Local(_floats, both, Weights(place))
                    .Line($"{sum} = {arithmetic.MultiplyAdd(_vector, $"upper, {both}", sum)};")
                    .Line($"{other} = {arithmetic.MultiplyAdd(_vector, $"lower, {shifted}", other)};");
            }
        }
    }

    private void Single(ReducedPanel panel)
    {
        using (Method("Column", "one column.", panel, "ref float row, nint column", _floats, [""]))
        {
            writer.Local(_floats, "value", $"{_vector}.Create(Unsafe.Add(ref row, column))");
            foreach (var (sum, place) in Fed(panel))
                writer.Line($"{sum} = {arithmetic.MultiplyAdd(_vector, $"value, {Weights(place)}", sum)};");
        }
    }

    private CodeWriter.Scope Method(string name, string what, ReducedPanel panel, string source, string type, IReadOnlyList<string> suffixes)
    {
        writer.Gap().Line(KernelText.Summary("Adds to the sums of a tile what it gets from " + what)).Line(KernelText.Inlined);
        var sums = from fed in Fed(panel) from suffix in suffixes select $"ref {type} {Beside(fed.Sum, suffix)}";
        return writer.Method("private static void " + Name(name, panel), [source, "ref float w, nuint start", .. sums]);
    }

    private void Call(string name, ReducedPanel panel, string source, string column, string weights, Size place, IEnumerable<string> sums) =>
        writer.Call(Name(name, panel), [source, column, "ref " + weights, place.Text, .. sums.Select(sum => "ref " + sum)]);

    /// <summary>The method of the first panel whose columns feed the same sums: its vector is named where not all panels of the stage do.</summary>
    private string Name(string name, ReducedPanel panel)
    {
        var first = product.Panels.First(other => other.Segment.Feeds.SequenceEqual(panel.Segment.Feeds));
        bool alike = product.Panels.All(other => other.Segment.Feeds.SequenceEqual(panel.Segment.Feeds));
        return $"{stage}Reduced{name}{(alike ? "" : "Of" + Ir.Names.Pascal(first.Segment.Source))}";
    }

    private static string Beside(string sum, string suffix) => suffix.Length == 0 ? sum : LocalName.Beside(sum, suffix);

    private IEnumerable<ReducedPanel> Distinct(Func<ReducedPanel, bool> has) =>
        product.Panels.Where(panel => !panel.Segment.Gather && has(panel)).GroupBy(panel => Name("", panel)).Select(group => group.First());

    private static bool HasPairs(ReducedPanel panel) => panel.Format == WeightFormat.BFloat16 && panel.Segment.Columns > 1;

    private static bool HasSingles(ReducedPanel panel) =>
        panel.Format == WeightFormat.Float32 || (panel.Format == WeightFormat.BFloat16 && panel.Segment.Columns % 2 == 1);

    private string Weights(Size place) => KernelText.Load(_vector, "w", place == 0 ? "start" : $"start + {place.Term}");

    /// <summary>The sums that a panel feeds, and where in a column their weights are.</summary>
    private IEnumerable<(string Sum, Size Place)> Fed(ReducedPanel panel) =>
        from slot in Enumerable.Range(0, panel.Segment.Feeds.Count)
        from vector in Enumerable.Range(0, tile.Vectors)
        select (ReducedProductEmitter.Sum(tile, product.Product.Accumulators[panel.Segment.Feeds[slot]], vector), product.Sizes.BlockUnits.Times(slot).Plus(tile.Place(product, vector)));
}
