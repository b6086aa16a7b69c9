using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>Prints calls of kernels; <c>place</c> gives the reference for a pointer.</summary>
internal static class KernelCall
{
    public static string Product(ProductShape product, string weights, Func<string, string> place, string rows)
    {
        var arguments = product.Segments.Select(segment => segment.Source).Distinct().Append(product.Output).Select(place);
        return $"{product.Id}({string.Join(", ", arguments.Prepend(weights).Append(rows))});";
    }

    public static string Pointwise(PointwisePlan plan, string id, Func<string, string> place, string mask, string rows)
    {
        var arguments = plan.Pointers.Select(pointer => place(pointer.Name));
        return $"{id}({string.Join(", ", plan.Masked.Count > 0 ? arguments.Append(mask).Append(rows) : arguments.Append(rows))});";
    }

    public static string WeightGradient(StagePlan stage, WeightGradientPlan gradient, Func<string, string> place, string rows)
    {
        var arguments = new List<string> { BindingText.Weights("gradients", stage.WeightsOffset), place(BackwardPlanner.PreActivationGradients) };
        if (gradient.Columns is { } segment)
            arguments.Add(place(segment.Source));
        return $"{gradient.Id}({string.Join(", ", arguments.Append(rows))});";
    }
}
