using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>Replaces sigmoid and tanh by their shorter formulas in the equations of inference. Training keeps its own.</summary>
internal static class FastActivationPlanner
{
    /// <summary>What the methods of such equations are called, after the name that training has for its own.</summary>
    private const string Tail = "Fast";

    /// <summary>The same parts, whose stages infer by shorter formulas.</summary>
    public static IReadOnlyList<PartPlan> Shorten(IReadOnlyList<PartPlan> parts) =>
        parts.Select(part => part with { Stages = part.Stages.Select(Shorten).ToList() }).ToList();

    private static StagePlan Shorten(StagePlan stage)
    {
        var equations = stage.Cell.Equations.Select(equation => equation with { Value = Shorten(equation.Value) }).ToList();
        if (equations.SequenceEqual(stage.Cell.Equations))
            return stage;
        // Training that needs no more than inference stores would have its kernel: it has one of its own now, with the equations as they were.
        bool shares = stage.Training?.Taped.Id == stage.CellRows.Id;
        return stage with
        {
            Cell = stage.Cell with { Id = stage.Cell.Id + (shares ? Tail : ""), Equations = equations },
            Training = shares ? stage.Training! with { Taped = stage.Training.Taped with { Calls = null } } : stage.Training,
        };
    }

    private static Expr Shorten(Expr value)
    {
        var shortened = value.Map(Shorten);
        return shortened is Apply apply && (apply.Function.Name == Function.Sigmoid.Name || apply.Function.Name == Function.Tanh.Name)
            ? new Apply(apply.Function.Name == Function.Sigmoid.Name ? Function.FastSigmoid : Function.FastTanh, apply.Argument)
            : shortened;
    }
}
