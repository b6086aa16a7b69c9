using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the kernels of a stage on many rows, as a target has them.</summary>
internal static class KernelEmitter
{
    public static void Emit(CodeWriter writer, StageKernels kernels, TargetPlan target)
    {
        foreach (var kernel in kernels.Kernels)
            switch (kernel)
            {
                case RowProduct product:
                    new RowProductEmitter(writer, product, target.Sources[product.Id], target.Rows[product.Id], target.Target.Arithmetic).Emit();
                    break;
                case ReducedProduct product:
                    new ReducedProductEmitter(writer, kernels.Stage.Id, product, target.Reduced[kernels.Stage.Id], target.Target.Arithmetic).Rows();
                    break;
                case PointwisePlan cell:
                    new PointwiseEmitter(writer, cell, target.Target).Rows(kernels.Stage.Product.Accumulators);
                    break;
                case WeightGradientPlan gradient:
                    new WeightGradientEmitter(writer, gradient, target.Rows[gradient.Id], target.Target.Arithmetic).Emit();
                    break;
                default:
                    throw new ArgumentException($"no text for {kernel.GetType().Name}");
            }
    }
}
