using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Functions that equations apply to sums and to nothing else, as LSTM does to all its gates: applied to the vectors of sums, whichever gates these hold, they
/// need fewer vectors than gate by gate. The equations are left with the rest.
/// </summary>
/// <param name="Functions">Of each accumulator; null where equations use the sum itself.</param>
/// <param name="Rest">The other equations, from gates.</param>
internal sealed record GateFunctions(IReadOnlyList<Function?> Functions, PointwisePlan Rest)
{
    private const string RestTail = "OfGates";

    /// <summary>What the equations use of each accumulator: the value of its function, or the sum.</summary>
    public IReadOnlyList<string> Values => Rest.Loads.Take(Functions.Count).Select(load => load.Variable).ToList();

    /// <summary>The functions of a stage; null if there are none.</summary>
    public static GateFunctions? Of(StagePlan stage)
    {
        var (cell, accumulators) = (stage.Cell, stage.Product.Accumulators);
        var gates = accumulators.Select(accumulator => Gate(cell, accumulator)).ToList();
        if (gates.All(gate => gate is null))
            return null;
        var names = accumulators.Zip(gates, (accumulator, gate) => (accumulator, Name: gate?.Name ?? accumulator)).ToDictionary(pair => pair.accumulator, pair => pair.Name);
        var sums = accumulators.Select(accumulator => cell.Loads.First(load => load.Variable == accumulator));
        return new GateFunctions(gates.Select(gate => (gate?.Value as Apply)?.Function).ToList(), cell with
        {
            Id = cell.Id + RestTail,
            Summary = cell.Summary.Replace("pre-activations", "gates"),
            Loads = [.. sums.Select(load => load with { Variable = names[load.Variable] }), .. cell.Loads.Where(load => !names.ContainsKey(load.Variable))],
            Equations = cell.Equations.Where(equation => !gates.Contains(equation)).ToList(),
        });
    }

    /// <summary>The equation that applies a function to an accumulator's sum, if it is the only one to use the sum.</summary>
    private static Equation? Gate(PointwisePlan cell, string accumulator)
    {
        var users = cell.Equations.Where(equation => equation.Value.Variables.Contains(accumulator)).ToList();
        return users.Count == 1 && users[0].Value is Apply { Argument: Variable } && !cell.Stores.Any(store => store.Value.Variables.Contains(accumulator))
            ? users[0]
            : null;
    }
}
