using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>Plans what an instruction set has for itself: the tiles of its kernels, and its way of one step.</summary>
internal static class TargetPlanner
{
    /// <param name="target">The instruction set.</param>
    /// <param name="kernels">The kernels that it must have.</param>
    /// <param name="parts">The network's parts.</param>
    /// <param name="weights">Floats of its packed weights.</param>
    /// <param name="plan">The way of one step, by the tiles of its stages; null where there is none.</param>
    public static TargetPlan Plan(
        Target target, IReadOnlyList<StageKernels> kernels, IReadOnlyList<PartPlan> parts, int weights, Func<StepTiles, StepPlan?> plan)
    {
        var stages = parts.Where(part => part.OwnsKernels).SelectMany(part => part.Stages).ToList();
        var steps = new StepTiles(
            stages.ToDictionary(stage => stage.Id, stage => StepRegime.Tile(target, stage, stage.Reduced is null ? weights : 0)),
            stages.Where(stage => stage.Reduced is not null).ToDictionary(stage => stage.Id, stage => ReducedTile.For(target, stage.Reduced!)));
        var rows = new Dictionary<string, RowTile>();
        var sources = new Dictionary<string, ProductSource>();
        foreach (var stage in kernels)
            foreach (var kernel in stage.Kernels)
                if (kernel is RowProduct product)
                {
                    rows.Add(product.Id, Narrow(target, stage.Stage, product) is { } narrow
                        ? RowTile.Of(narrow)
                        : RowTile.For(target, TileKind.Product, product.Panel.Width));
                    sources.Add(product.Id, Source(target, stage.Stage, product));
                }
                else if (kernel is WeightGradientPlan gradient)
                    rows.Add(gradient.Id, RowTile.For(target, TileKind.Gradient, gradient.Panel.Width, gradient.Source.Columns));

        return new TargetPlan(target, steps.Steps, rows, steps.Reduced, plan(steps)) { Sources = sources };
    }

    private static NarrowSums? Narrow(Target target, StagePlan stage, RowProduct product) =>
        stage.Rows.Contains(product) ? NarrowSums.For(target, stage.Product) : null;

    /// <summary>What a product multiplies, cut as a step cuts it: many rows have the bits of one.</summary>
    private static ProductSource Source(Target target, StagePlan stage, RowProduct product)
    {
        if (Narrow(target, stage, product) is not null)
            return product.Source;
        var segment = stage.Rows.Contains(product) ? stage.Product.Segments.First(segment => segment.Source == product.Source.Pointer) : null;
        int sets = segment is null ? 1 : ProductShape.SetsOf(segment, StepRegime.Tile(target, stage, networkWeights: 0).Sets);
        return product.Source.Sets(sets).InPieces(product.Panel.Width);
    }
}
