using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.Cells;

/// <summary>Everything that the graph of a cell holds, as text: two graphs with the same text are the same.</summary>
internal static class GraphText
{
    public static string Write(CellGraph cell) => string.Join("\n",
    [
        FormattableString.Invariant($"{cell.Kind}: {cell.Output} [{cell.OutputSize}], aligned {string.Join(", ", cell.Aligned)}"),
        .. cell.States.Select(state => state.ToString()),
        .. cell.Parameters.Select(Parameter),
        .. cell.Stages.SelectMany(Stage),
        "as shown",
        .. ForwardText.Write(cell),
    ]);

    private static string Parameter(CellParameter parameter)
    {
        var initial = parameter.InitialValues.Any(value => value is not null) ? parameter.InitialValues : [];
        return $"{parameter with { GateNames = [], InitialValues = [] }} {string.Join(", ", parameter.GateNames)} {string.Join(", ", initial.Select(value => value?.ToString() ?? "drawn"))}";
    }

    private static IEnumerable<string> Stage(Stage stage) =>
    [
        FormattableString.Invariant($"stage of {stage.Units}"),
        .. stage.Means.Select(mean => mean.ToString()),
        .. stage.Diagonals.Select(diagonal => diagonal.ToString()),
        .. stage.Accumulators.Select(accumulator => $"{accumulator.Name} = {string.Join(" + ", accumulator.Terms.Select(term => term.ToString()))}"),
        .. stage.Equations.Select(equation => ExprText.Write(equation)),
    ];
}
