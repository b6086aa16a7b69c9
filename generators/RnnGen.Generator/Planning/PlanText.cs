using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>Writes a plan as text: for the reviewer of a change to the planner, and for whoever wonders why a network's code is as it is.</summary>
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
            "reduced weights: block by block, biases, then [columns], those of integers after scales",
            plan.Parts.SelectMany(part => part.Stages).Where(stage => stage.Reduced is not null).Select(stage => Reduced(stage.Id, stage.Reduced!))),
        .. Section("parameters: the offsets of their gates", plan.Parameters.Select(Parameter)),
        .. Section("states", plan.States.Select(state => $"{state.FullName}: {N(state.Size)} of {N(state.Padded)} at {N(state.Offset)}")),
        .. Section("tape: floats a row", plan.Tape is null ? [] : plan.Tape.Regions.GroupBy(region => region.Rows).Select(Regions)),
        .. Section(
            "tiles: vectors of so many lanes; of kernels on rows vectors × rows, of weight gradients vectors × columns",
            plan.Targets.SelectMany(Tiles)),
        .. Section("kernels on rows", plan.Kernels.SelectMany(kernels => kernels.Kernels).Select(Kernel)),
        .. plan.Targets.SelectMany(Steps),
        .. Section("loops", plan.Program.Routines.SelectMany(ProgramText.Write)),
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
            .Concat(product.Segments.Select(segment => $"{Names.Plain(segment.Source)}[{N(segment.Columns)}] × {N(segment.Feeds.Count)} at {N(segment.Offset)}"));
        string blocks = $"{N(product.Blocking.Blocks)} × {N(product.Blocking.BlockUnits)} units, {N(product.BlockStride)} floats each";
        return $"{stage.Id} at {N(stage.Weights.All.Offset)}, {blocks}: {string.Join(", ", parts)}";
    }

    private static string Reduced(string stage, ReducedProduct reduced)
    {
        var panels = reduced.Panels.Select(panel =>
            $"{Names.Plain(panel.Segment.Source)}[{N(panel.Segment.Columns)}] × {N(panel.Segment.Feeds.Count)} {panel.Format} at {N(panel.Offset)}");
        string blocks = $"{N(reduced.Blocking.Blocks)} × {N(reduced.Blocking.BlockUnits)} units, {N(reduced.BlockStride)} words each";
        return $"{stage} at {N(reduced.Offset)}, {blocks}: {string.Join(", ", panels.Prepend($"biases × {N(reduced.Biased.Count)} at 0"))}";
    }

    private static string Parameter(ParameterPlan parameter) =>
        $"{parameter.Name} [{string.Join(", ", parameter.Shape.Select(size => N(size)))}]: {string.Join(" ", parameter.Gates.Select(gate => N(gate.Offset)))}";

    private static string Regions(IGrouping<string, RegionPlan> regions) =>
        $"{regions.Key}: {string.Join(", ", regions.Select(region => $"{region.Name} {N(region.Stride)}"))}";

    private static IEnumerable<string> Tiles(TargetPlan target)
    {
        yield return $"{target.Target.Name}, step: " + string.Join(", ", target.Steps.Select(step =>
            $"{step.Key} {string.Join(" + ", step.Value.Groups.Select(count => N(count)))} of {N(step.Value.Lanes)}{(step.Value.Joined ? " joined" : "")}" +
            $"{(step.Value.Gates is null ? "" : " with gates")}{(step.Value.Covered % step.Value.Lanes == 0 ? "" : ", the last half")}{Narrow(step.Value.Narrow)}" +
            $"{(step.Value.Sets > 1 ? $" in {N(step.Value.Sets)} sets" : "")}{(step.Value.Alternates ? " back and forth" : "")}"));
        yield return $"{target.Target.Name}, rows: " + string.Join(", ", target.Rows.Select(row => $"{row.Key} {row.Value.Id} of {N(row.Value.Lanes)}{Narrow(row.Value.Narrow)}"));
        if (target.Reduced.Count > 0)
            yield return $"{target.Target.Name}, reduced: " +
                string.Join(", ", target.Reduced.Select(stage =>
                    $"{stage.Key} {N(stage.Value.Vectors)} of {N(stage.Value.Lanes)} with {N(stage.Value.Sums)} sums"));
    }

    private static string Narrow(NarrowSums? narrow) =>
        narrow is null ? "" : $" in {N(narrow.Vectors)} × {N(narrow.SharedLanes / narrow.Lanes)} columns";

    private static IEnumerable<string> Steps(TargetPlan target) =>
        target.Stream is null ? [] : Section($"step, {target.Target.Name}", ProgramText.Write(target.Stream));

    private static string Kernel(Kernel kernel) => $"{kernel.Id}({string.Join(", ", kernel.Parameters.Select(parameter => Names.Plain(parameter.Name)))})";

    private static string N(long value) => Names.Number(value);
}
