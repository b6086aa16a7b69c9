using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Planning;

/// <summary>Plans a part's parameters: their shapes in files, and where their gates lie.</summary>
internal static class ParameterPlanner
{
    /// <param name="part">The part.</param>
    /// <param name="context">What its stages share.</param>
    /// <param name="place">Where a gate of a parameter lies.</param>
    public static IEnumerable<ParameterPlan> Of(PartPlan part, LayerContext context, Func<string, int, GatePlan> place)
    {
        foreach (var parameter in part.Cell!.Parameters)
        {
            var gates = Enumerable.Range(0, parameter.Gates)
                .Select(gate => place(parameter.Name, gate) with { InitialValue = parameter.InitialValues.ElementAtOrDefault(gate) })
                .ToList();
            int columns = parameter.Columns == CellGraphBuilder.InputColumns ? part.InputSize : parameter.Columns;
            int fanIn = parameter.FanIn == CellGraphBuilder.InputColumns ? part.InputSize : parameter.FanIn;
            yield return new ParameterPlan(
                $"{part.Part.Layer.Name}.{parameter.Name}{part.Part.Suffix}",
                Shape(parameter, columns),
                parameter.Units,
                Math.Max(1, columns),
                context.BlockingFor(parameter.Units).BlockUnits,
                gates,
                fanIn == 0 ? 0 : (float)(1 / Math.Sqrt(fanIn)))
            {
                Transposed = parameter.Transposed,
                Taps = parameter.Taps,
                Trained = parameter.Trained,
            };
        }
    }

    private static IReadOnlyList<int> Shape(CellParameter parameter, int columns)
    {
        int rows = parameter.Gates * parameter.Units;
        if (columns == 0)
            return [rows];
        if (parameter.Transposed)
            return [columns, rows];
        return parameter.Taps > 0 ? [rows, columns / parameter.Taps, parameter.Taps] : [rows, columns];
    }
}
