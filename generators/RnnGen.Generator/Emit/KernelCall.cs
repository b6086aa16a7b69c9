using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints calls of kernels; <c>place</c> gives the reference for a pointer.</summary>
internal static class KernelCall
{
    public static void Product(CodeWriter writer, RowProduct product, string weights, Func<string, string> place, string rows) =>
        writer.Call(LoopsEmitter.Kernels + product.Id, [weights, .. product.Pointers.Select(place), rows]);

    /// <summary>What a stage's product reads in inference: its weights, or the copy of them.</summary>
    public static string Weights(StagePlan stage) => stage.Reduced is { } reduced
        ? BindingText.Weights("reduced", reduced.Offset)
        : BindingText.Weights("weights", stage.WeightsOffset);

    public static void Product(CodeWriter writer, StagePlan stage, ReducedProduct product, Func<string, string> place, string rows) =>
        writer.Call(LoopsEmitter.Kernels + product.Id, [Weights(stage), .. product.Sources.Append(StagePlanner.PreActivations).Select(place), rows]);

    /// <summary>Sums the biases of a stage, as rows start from them.</summary>
    public static void Biases(CodeWriter writer, StagePlan stage, string sums)
    {
        var product = stage.Product;
        writer.Line($"Scratch.Clear({sums}, {N(product.Blocking.Blocks * product.BlockWidth)});");
        foreach (var bias in stage.Biases)
        {
            string weights = BindingText.Weights("weights", stage.WeightsOffset + bias.Offset);
            string[] places = [weights, N(product.BlockStride), Further(sums, N(bias.SumsOffset))];
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
        writer.Call(LoopsEmitter.Kernels + id, plan.Masked.Count > 0 ? [.. arguments, mask, rows] : [.. arguments, rows]);
    }

    /// <summary>A weight gradient, block by block: those that a thread takes.</summary>
    public static void WeightGradient(CodeWriter writer, StagePlan stage, WeightGradientPlan gradient, Func<string, string> place, string rows)
    {
        var panel = gradient.Panel;
        string[] blocks = panel.Blocks == 1 ? ["0", "0"] : [KernelText.Times("block", panel.BlockStride), KernelText.Times("block", panel.SumsBlockStride)];
        string sums = place(BackwardPlanner.PreActivationGradients);
        using (writer.BlockIf(panel.Blocks == 1 ? null : $"for (nint block = 0; block < {N(panel.Blocks)}; block++)"))
        using (writer.Block("if (share.Takes())"))
            writer.Call(LoopsEmitter.Kernels + gradient.Id,
            [
                KernelText.At("gradients", KernelText.Sum(N(stage.WeightsOffset), blocks[0])), Further(sums, blocks[1]), place(gradient.Source.Pointer), rows,
            ]);
    }

    /// <summary>A reference some floats further on.</summary>
    private static string Further(string reference, string offset) => offset == "0" ? reference : KernelText.At(reference.Substring("ref ".Length), offset);

    public static void BiasGradient(CodeWriter writer, StagePlan stage, BiasGradientPlan gradient, Func<string, string> place, string rows)
    {
        var product = stage.Product;
        int[] sizes = [product.OutputRowStride, product.BlockWidth, gradient.Width, product.Blocking.Blocks, product.BlockStride];
        string shape = $"new SumShape({string.Join(", ", sizes.Select(size => N(size)))})";
        string sums = Further(place(BackwardPlanner.PreActivationGradients), N(gradient.SumsOffset));
        string offsets = string.Join(", ", gradient.Offsets.Select(offset => N(offset)));
        writer.Call("RowSums.Add", [sums, shape, BindingText.Weights("gradients", stage.WeightsOffset), $"[{offsets}]", rows]);
    }
}
