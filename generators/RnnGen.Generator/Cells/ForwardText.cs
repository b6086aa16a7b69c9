using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>Writes a cell's equations, one per line, as its author wrote them.</summary>
internal static class ForwardText
{
    /// <summary>Pre-activations, then values.</summary>
    public static IEnumerable<string> Write(CellGraph cell)
    {
        foreach (var stage in cell.Stages)
        {
            foreach (var mean in stage.Means)
                yield return $"{mean.Name} = {(mean.IsMaximum ? "max" : "mean")}({mean.Source})";
            foreach (var accumulator in stage.Accumulators)
                yield return $"{accumulator.Name} = {string.Join(" + ", accumulator.Terms.Select(term => Write(cell, term)))}";
            foreach (var equation in stage.Equations)
                yield return ExprText.Write(equation);
        }
    }

    /// <summary>What equations call a vector that a matrix multiplies.</summary>
    public static string Variable(VectorSource source) => source.Kind == SourceKind.State ? CellState.PreviousOf(source.Name) : source.Name;

    private static string Write(CellGraph cell, Term term)
    {
        var declared = cell.Parameters.First(candidate => candidate.Name == term.Parameter);
        string gate = term.Gate < declared.GateNames.Count ? declared.GateNames[term.Gate] : Names.Number(term.Gate);
        string parameter = declared.Gates > 1 ? $"{term.Parameter}[{gate}]" : term.Parameter;
        return term.Source is { } source ? $"{parameter} · {Variable(source)}" : parameter;
    }
}
