using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>Writes a plan for people: for the reviewer of a change to the planner, and for whoever wonders why a network's code is as it is.</summary>
internal static class PlanText
{
    public static string Write(NetworkPlan plan) => string.Join("\n",
    [
        $"{plan.Spec.ClassName}: {N(plan.Spec.InputSize)} → {N(plan.OutputSize)} a {(plan.ManyToOne ? "sequence" : "step")}, {plan.OutputActivation}",
        $"{N(plan.Sizes.Parameters)} parameters in {N(plan.Sizes.PackedWeights)} floats, state {N(plan.Sizes.State)} in {N(plan.Sizes.PackedState)}, " +
            $"{N(plan.Sizes.MultiplyAdds)} multiply-adds a step",
        .. Section("parts", plan.Parts.Select(Describe)),
        .. Section("weights: block by block, a value for each accumulator fed; [columns]", plan.Parts.SelectMany(part => part.Stages).Select(Weights)),
        .. Section(
            "reduced weights: block by block, biases, then [columns], those of integers after first values and scales",
            plan.Parts.SelectMany(part => part.Stages).Where(stage => stage.Reduced is not null).Select(stage => Reduced(stage.Id, stage.Reduced!))),
        .. Section("parameters: the offsets of their gates", plan.Parameters.Select(Parameter)),
        .. Section("states", plan.States.Select(state => $"{state.FullName}: {N(state.Size)} of {N(state.Padded)} at {N(state.Offset)}")),
        .. Section("tape: floats a row", plan.Tape is null ? [] : plan.Tape.Regions.GroupBy(region => region.Rows).Select(Regions)),
        .. Section(
            "tiles: vectors × rows, of weight gradients vectors × columns",
            plan.Targets.SelectMany(target => target.Stages.Select(stage => Tiles(target, stage)))),
        .. Section("kernels", Kernels(plan)),
    ]);

    private static IEnumerable<string> Section(string title, IEnumerable<string> lines) =>
        lines.Any() ? lines.Select(line => "  " + line).Prepend(title).Prepend("") : [];

    private static string Describe(PartPlan part)
    {
        string rows = part.OncePerSequence ? "once a sequence" : "each step";
        string states = part.Recurrent ? $", carries {string.Join(", ", part.Cell!.States.Select(state => state.Name))}" : "";
        string direction = part.Part.Reverse ? ", in reverse" : "";
        string inputs = string.Join(", ", part.Part.Inputs.Select(input => input.Source));
        return $"{part.Name} of {inputs}: {N(part.InputSize)} → {N(part.OutputSize)}, {rows}{direction}{states}";
    }

    private static string Weights(StagePlan stage)
    {
        var product = stage.Product;
        var parts = product.Biases.Select(bias => $"{bias.Parameter} × {N(bias.Feeds.Count)} at {N(bias.Offset)}")
            .Concat(product.Segments.Select(segment => $"{segment.Source}[{N(segment.Columns)}] × {N(segment.Feeds.Count)} at {N(segment.Offset)}"));
        string blocks = $"{N(product.Blocking.Blocks)} × {N(product.Blocking.BlockUnits)} units, {N(product.BlockStride)} floats each";
        return $"{stage.Id} at {N(stage.WeightsOffset)}, {blocks}: {string.Join(", ", parts)}";
    }

    private static string Reduced(string stage, ReducedProduct reduced)
    {
        var panels = reduced.Panels.Select(panel =>
            $"{panel.Segment.Source}[{N(panel.Segment.Columns)}] × {N(panel.Segment.Feeds.Count)} {panel.Format} at {N(panel.Offset)}");
        string blocks = $"{N(reduced.Blocking.Blocks)} × {N(reduced.Blocking.BlockUnits)} units, {N(reduced.BlockStride)} words each";
        return $"{stage} at {N(reduced.Offset)}, {blocks}: {string.Join(", ", panels.Prepend($"biases × {N(reduced.Biased.Count)} at 0"))}";
    }

    private static string Parameter(ParameterPlan parameter) =>
        $"{parameter.Name} [{string.Join(", ", parameter.Shape.Select(size => N(size)))}]: {string.Join(" ", parameter.Gates.Select(gate => N(gate.Offset)))}";

    private static string Regions(IGrouping<string, RegionPlan> regions) =>
        $"{regions.Key}: {string.Join(", ", regions.Select(region => $"{region.Name} {N(region.Stride)}"))}";

    private static string Tiles(TargetPlan target, StageTiles stage)
    {
        var parts = new List<string> { $"step {Size(stage.Step)}", $"rows {Size(stage.Rows)}" };
        if (stage.Reduced is { } reduced)
            parts.Add($"reduced {N(reduced.Vectors)}×1 with {N(reduced.Sums)} sums");
        parts.AddRange(stage.Transposed.Select(product => $"{Short(stage, product.Key)} {Size(product.Value.Rows)}"));
        parts.AddRange(stage.Gradients.Select(gradient => $"{Short(stage, gradient.Key)} {N(gradient.Value.Vectors)}×{N(gradient.Value.Columns)}"));
        return $"{target.Target.Name} {stage.StageId}, {N(stage.Step.Lanes)} lanes: {string.Join(", ", parts)}";
    }

    private static string Short(StageTiles stage, string kernel) =>
        kernel.StartsWith(stage.StageId, StringComparison.Ordinal) ? kernel.Substring(stage.StageId.Length) : kernel;

    private static string Size(Tile tile) => $"{N(tile.Vectors)}×{N(tile.Rows)}";

    private static IEnumerable<string> Kernels(NetworkPlan plan)
    {
        yield return plan.Steppable
            ? "step: " + string.Join(", ", plan.Parts.SelectMany(part => part.Stages).Select(stage => stage.Id + "Step"))
            : "step: none";
        foreach (var pass in plan.Run.Passes)
            yield return $"run, {(pass.Reverse ? "from the last step" : "from the first step")}: {string.Join(", ", pass.Parts.Select(part => part.PartId))}";
        if (plan.Tape is null)
            yield break;
        foreach (var part in plan.Parts.Where(part => part.Cell is not null))
            yield return $"{part.Id}Forward: " + string.Join(", ", part.Stages.SelectMany(Forward));
        foreach (var part in plan.Parts.Where(part => part.Cell is not null).Reverse())
        {
            string after = string.Join(", ", part.Stages.Reverse().SelectMany(AfterAllSteps));
            yield return $"{part.Id}Backward: {string.Join(", ", part.Stages.Reverse().SelectMany(Backward))}; then {after}";
        }
    }

    private static IEnumerable<string> Forward(StagePlan stage) => stage.HasProduct ? [stage.Product.Id, stage.Training!.Taped.Id] : [stage.Training!.Taped.Id];

    private static IEnumerable<string> Backward(StagePlan stage) =>
        stage.Training!.StepGradients.Select(product => product.Product.Id).Prepend(stage.Training.Backward.Id);

    private static IEnumerable<string> AfterAllSteps(StagePlan stage)
    {
        if (stage.Training!.InputGradient is { } product)
            yield return product.Product.Id;
        foreach (var gradient in stage.Training.BiasGradients)
            yield return $"sums of {string.Join(", ", gradient.Biases.Select(bias => bias.Parameter))}";
        foreach (var gradient in stage.Training.WeightGradients)
            yield return gradient.Id;
    }

    private static string N(long value) => Names.Number(value);
}
