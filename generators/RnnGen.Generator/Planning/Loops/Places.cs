using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning.Loops;

/// <summary>Places that all loops know.</summary>
internal static class Places
{
    /// <summary>The memory of all gradients.</summary>
    public static readonly Reference AllGradients = new(new RowBuffer("", Memory.Gradients, 0, 0), 0);

    /// <summary>The biases of a stage side by side, summed as rows start from them.</summary>
    public static IEnumerable<Operation> SumBiases(StagePlan stage, Reference sums)
    {
        var product = stage.Product;
        yield return new Clear(sums, product.Sizes.AllPanels);
        foreach (var bias in stage.Biases)
            yield return new MoveColumns(
                stage.Weights.All.At(0, bias.Offset), product.BlockStride, sums.Further(bias.SumsOffset), product.BlockWidth, bias.Width,
                product.Sizes.Blocks, Add: true);
    }

    /// <summary>A kernel with its parameters bound.</summary>
    public static CallKernel Call(Kernel kernel, Func<KernelParameter, Reference> place, Integer rows) =>
        new(kernel, kernel.Parameters.Select(place).ToList(), rows);
}
