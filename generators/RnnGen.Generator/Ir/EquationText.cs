using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Ir;

/// <summary>Writes a cell's equations, one a line.</summary>
internal static class EquationText
{
    /// <summary>The forward equations: pre-activations, then values.</summary>
    public static IEnumerable<string> Forward(CellGraph cell)
    {
        foreach (var stage in cell.Stages)
        {
            foreach (var accumulator in stage.Accumulators)
                yield return $"{accumulator.Name} = {string.Join(" + ", accumulator.Terms.Select(term => Write(cell, term)))}";
            foreach (var equation in stage.Equations)
                yield return ExprText.Write(equation);
        }
    }

    private static string Write(CellGraph cell, Term term)
    {
        var declared = cell.Parameters.First(candidate => candidate.Name == term.Parameter);
        string gate = term.Gate < declared.GateNames.Count ? declared.GateNames[term.Gate] : Names.Number(term.Gate);
        string parameter = declared.Gates > 1 ? $"{term.Parameter}[{gate}]" : term.Parameter;
        return term.Source switch
        {
            null => parameter,
            { Kind: SourceKind.State } source => $"{parameter} · {CellState.PreviousOf(source.Name)}",
            var source => $"{parameter} · {source.Name}",
        };
    }
}
