using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>The headers of the kernels that loops call: every target has them.</summary>
internal static class KernelHeader
{
    /// <summary>All kernels on many rows.</summary>
    public static IEnumerable<(string Id, string Summary, IReadOnlyList<string> Parameters)> All(NetworkPlan plan)
    {
        foreach (var part in plan.Parts.Where(part => part.Cell is not null && part.OwnsKernels))
        {
            foreach (var stage in part.Part.Role == Graph.PartRole.Noise ? [] : part.Stages)
            {
                if (stage.Reduced is { } reduced)
                    yield return (reduced.Id, $"{part.Name}: the pre-activations of some rows, from the reduced weights.", Of(reduced));
                foreach (var product in stage.Reduced is null || plan.Spec.Training ? stage.Rows : [])
                    yield return (product.Id, product.Summary, Of(product));
                yield return (stage.Cell.Id + "s", $"{stage.Cell.Summary.TrimEnd('.')}, for some rows.", Of(stage.Cell));
            }

            foreach (var stage in plan.Tape is null ? [] : part.TapedStages)
            {
                foreach (var product in part.NoisyStages is null ? [] : stage.Rows)
                    yield return (product.Id, product.Summary, Of(product));
                var training = stage.Training!;
                yield return (training.Taped.Id, training.Taped.Summary, Of(training.Taped));
                yield return (training.Backward.Id, training.Backward.Summary, Of(training.Backward));
                foreach (var product in training.StepGradients.Concat(training.InputGradients))
                    yield return (product.Product.Id, product.Product.Summary, Of(product.Product));
                foreach (var gradient in training.WeightGradients)
                    yield return (gradient.Id, gradient.Summary, Of(gradient));
            }
        }
    }

    public static IReadOnlyList<string> Of(RowProduct product) =>
        ["ref float weights", .. product.Pointers.Select(Rows), "nint rows"];

    public static IReadOnlyList<string> Of(ReducedProduct product) =>
        ["ref float weights", .. product.Sources.Append(StagePlanner.PreActivations).Select(Rows), "nint rows"];

    public static IReadOnlyList<string> Of(PointwisePlan plan) =>
        [.. plan.Pointers.Select(pointer => Rows(pointer.Name)), .. plan.Masked.Count > 0 ? new[] { "ref byte mask" } : [], "nint rows"];

    /// <summary>A weight gradient is computed block by block, so that threads can share it.</summary>
    public static IReadOnlyList<string> Of(WeightGradientPlan plan) =>
        ["ref float gradients", "ref float dPreRows", Rows(plan.Source.Pointer), "nint rows"];

    private static string Rows(string pointer) => $"ref float {KernelText.Rows(pointer)}";
}
