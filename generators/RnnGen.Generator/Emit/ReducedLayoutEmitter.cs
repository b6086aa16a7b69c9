using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints where reduced weights come from and go, as data for the runtime.</summary>
internal static class ReducedLayoutEmitter
{
    /// <summary>The properties of the network's layout that say it.</summary>
    public static void Properties(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line($"    ReducedLength = {N(plan.Sizes.ReducedWeights)},").Line("    Reduced =").Line("    [");
        foreach (var stage in plan.Parts.SelectMany(part => part.Stages).Where(stage => stage.Reduced is not null))
            Product(writer, stage, stage.Reduced!);
        writer.Line("    ],");
    }

    private static void Product(CodeWriter writer, StagePlan stage, ReducedProduct reduced)
    {
        var (from, to) = (stage.Product, reduced);
        writer.Line("        new(")
            .Line($"            Units: {N(from.Blocking.PaddedUnits)},")
            .Line($"            Source: {N(stage.Weights.All.Offset)}, SourceBlockUnits: {N(from.Blocking.BlockUnits)}, SourceBlockStride: {N(from.BlockStride)},")
            .Line($"            Target: {N(to.Offset)}, BlockUnits: {N(to.Blocking.BlockUnits)}, BlockStride: {N(to.BlockStride)},")
            .Line($"            Biases: [{string.Join(", ", reduced.Biased.Select(accumulator => Bias(from, accumulator)))}],")
            .Line("            Panels:").Line("            [");
        foreach (var panel in reduced.Panels)
            writer.Line($"                {Panel(panel)},");
        writer.Line("            ]),");
    }

    private static string Bias(ProductShape product, int accumulator)
    {
        var offsets = product.Biases.Where(bias => bias.Feeds.Contains(accumulator))
            .Select(bias => N(bias.Offset + (bias.Feeds.ToList().IndexOf(accumulator) * product.Blocking.BlockUnits)));
        return $"[{string.Join(", ", offsets)}]";
    }

    private static string Panel(ReducedPanel panel) =>
        $"new(global::RnnGen.Precision.{panel.Format}, Source: {N(panel.Segment.Offset)}, Target: {N(panel.Offset)}, " +
        $"Columns: {N(panel.Segment.Columns)}, Feeds: {N(panel.Segment.Feeds.Count)})";
}
