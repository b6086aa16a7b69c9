using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>
/// A short text that two cells share where they compute the same: it knows equations, sizes and the names of parameters, but not what values are called. A file
/// of weights holds it, so that a cell that was changed refuses the weights of the old one.
/// </summary>
internal static class EquationsFingerprint
{
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    public static string Of(CellGraph cell) => Hash(string.Join("\n", Lines(cell))).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(CellGraph cell)
    {
        var numbers = new Dictionary<string, string>();
        foreach (var state in cell.States)
            yield return $"{Number(state.Previous)} [{Names.Number(state.Size)}]";
        foreach (var stage in cell.Stages)
        {
            foreach (var mean in stage.Means)
                yield return $"{Number(mean.Name)} = mean({Number(mean.Source)}, {Names.Number(mean.First)}, {Names.Number(mean.Count)})";
            foreach (var diagonal in stage.Diagonals)
                yield return $"{Number(diagonal.Variable)} = {diagonal.Parameter}[{Names.Number(diagonal.Gate)}]";
            foreach (var accumulator in stage.Accumulators)
                yield return $"{Number(accumulator.Name)} = {string.Join(" + ", accumulator.Terms.Select(Term))}";
            foreach (var equation in stage.Equations)
                yield return $"{Number(equation.Name)} [{Names.Number(stage.Units)}] = {ExprText.Write(Substitution.Apply(equation.Value, name => new Variable(Number(name))))}";
        }

        foreach (var state in cell.States)
            yield return $"{Number(state.Previous)} <- {Number(state.Name)}";
        yield return Number(cell.Output);

        string Term(Term term) => term.Source is { } source
            ? $"{term.Parameter}[{Names.Number(term.Gate)}] {(source.Kind == SourceKind.Input ? "x" : Number(ForwardText.Variable(source)))}"
            : $"{term.Parameter}[{Names.Number(term.Gate)}]";

        string Number(string name)
        {
            if (!numbers.TryGetValue(name, out string? number))
                numbers.Add(name, number = "v" + Names.Number(numbers.Count));
            return number;
        }
    }

    /// <summary>FNV-1a.</summary>
    private static uint Hash(string text) => text.Aggregate(Basis, (hash, letter) => unchecked((hash ^ letter) * Prime));
}
