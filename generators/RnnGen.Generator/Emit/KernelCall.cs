using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints calls of kernels; <c>place</c> gives the reference for a pointer.</summary>
internal static class KernelCall
{
    public static void Product(CodeWriter writer, ProductShape product, string weights, Func<string, string> place, string rows)
    {
        var arguments = product.Segments.Select(segment => segment.Source).Distinct().Append(product.Output).Select(place);
        writer.Call(product.Id, [weights, .. arguments, rows]);
    }

    public static void Means(CodeWriter writer, IEnumerable<MeanPlan> means, Func<string, string> place, string rows)
    {
        foreach (var mean in means)
            Mean(writer, mean, place(mean.From), place(mean.To), rows);
    }

    public static void Mean(CodeWriter writer, MeanPlan mean, string from, string to, string rows) => writer.Call(
        mean.Accumulate ? "RowMeans.Add" : "RowMeans.Fill",
        [from, KernelText.N(mean.FromStride), to, KernelText.N(mean.ToStride), KernelText.N(mean.Units), rows]);

    public static void Pointwise(CodeWriter writer, PointwisePlan plan, string id, Func<string, string> place, string mask, string rows)
    {
        var arguments = plan.Pointers.Select(pointer => place(pointer.Name));
        writer.Call(id, plan.Masked.Count > 0 ? [.. arguments, mask, rows] : [.. arguments, rows]);
    }

    public static void WeightGradient(CodeWriter writer, StagePlan stage, WeightGradientPlan gradient, Func<string, string> place, string rows)
    {
        string[] places = [BindingText.Weights("gradients", stage.WeightsOffset), place(BackwardPlanner.PreActivationGradients), place(gradient.Columns.Source)];
        writer.Call(gradient.Id, [.. places, rows]);
    }

    public static void BiasGradient(CodeWriter writer, StagePlan stage, BiasGradientPlan gradient, Func<string, string> place, string rows)
    {
        var product = stage.Product;
        string shape = $"new SumShape({N(product.OutputRowStride)}, {N(product.OutputAccumulatorStride)}, " +
            $"{N(product.Blocking.Blocks)}, {N(product.Blocking.BlockUnits)}, {N(product.BlockStride)})";
        string feeds = string.Join(", ", gradient.Feeds.Select(feed => N(feed)));
        string offsets = string.Join(", ", gradient.Biases.Select(bias => N(bias.Offset)));
        string gradients = BindingText.Weights("gradients", stage.WeightsOffset);
        writer.Call("RowSums.Add", [place(BackwardPlanner.PreActivationGradients), shape, $"[{feeds}]", $"[{offsets}]", gradients, rows]);
    }
}
