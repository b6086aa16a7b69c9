using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints calls of kernels; <c>place</c> gives the reference for a pointer.</summary>
internal static class KernelCall
{
    public static void Product(CodeWriter writer, RowProduct product, string weights, Func<string, string> place, string rows) =>
        writer.Call(product.Id, [weights, .. product.Pointers.Select(place), rows]);

    /// <summary>Sums the biases of a stage, as rows start from them.</summary>
    public static void Biases(CodeWriter writer, StagePlan stage, string sums)
    {
        var product = stage.Product;
        writer.Line($"Scratch.Clear({sums}, {N(product.Blocking.Blocks * product.BlockWidth)});");
        foreach (var bias in stage.Biases)
        {
            string weights = BindingText.Weights("weights", stage.WeightsOffset + bias.Offset);
            string[] places = [weights, N(product.BlockStride), bias.SumsOffset == 0 ? sums : KernelText.At(sums.Substring("ref ".Length), N(bias.SumsOffset))];
            writer.Call("SequenceRows.AddColumns", [.. places, N(product.BlockWidth), N(bias.Width), N(product.Blocking.Blocks)]);
        }
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
        string[] places = [BindingText.Weights("gradients", stage.WeightsOffset), place(BackwardPlanner.PreActivationGradients), place(gradient.Source.Pointer)];
        writer.Call(gradient.Id, [.. places, rows]);
    }

    public static void BiasGradient(CodeWriter writer, StagePlan stage, BiasGradientPlan gradient, Func<string, string> place, string rows)
    {
        var product = stage.Product;
        string shape = $"new SumShape({N(product.OutputRowStride)}, {N(product.BlockWidth)}, {N(gradient.Width)}, {N(product.Blocking.Blocks)}, {N(product.BlockStride)})";
        string sums = place(BackwardPlanner.PreActivationGradients);
        if (gradient.SumsOffset > 0)
            sums = KernelText.At(sums.Substring("ref ".Length), N(gradient.SumsOffset));
        string offsets = string.Join(", ", gradient.Offsets.Select(offset => N(offset)));
        writer.Call("RowSums.Add", [sums, shape, BindingText.Weights("gradients", stage.WeightsOffset), $"[{offsets}]", rows]);
    }
}
