using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>Prints calls of kernels; <c>place</c> gives the reference for a pointer.</summary>
internal static class KernelCall
{
    public static void Product(CodeWriter writer, ProductShape product, string weights, Func<string, string> place, string rows)
    {
        var arguments = product.Segments.Select(segment => segment.Source).Distinct().Append(product.Output).Select(place);
        writer.Call(product.Id, [weights, .. arguments, rows]);
    }

    public static void Pointwise(CodeWriter writer, PointwisePlan plan, string id, Func<string, string> place, string mask, string rows)
    {
        var arguments = plan.Pointers.Select(pointer => place(pointer.Name));
        writer.Call(id, plan.Masked.Count > 0 ? [.. arguments, mask, rows] : [.. arguments, rows]);
    }

    public static void WeightGradient(CodeWriter writer, StagePlan stage, WeightGradientPlan gradient, Func<string, string> place, string rows)
    {
        IEnumerable<string> source = gradient.Columns is { } segment ? [place(segment.Source)] : [];
        writer.Call(gradient.Id, [BindingText.Weights("gradients", stage.WeightsOffset), place(BackwardPlanner.PreActivationGradients), .. source, rows]);
    }
}
