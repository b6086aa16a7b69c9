using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a target's kernels for training: those of the forward pass that keeps a tape, and of back-propagation through time.</summary>
internal sealed class TrainingEmitter(CodeWriter writer, NetworkPlan network, TargetPlan target)
{
    public void Emit()
    {
        foreach (var part in network.Parts.Where(part => part.Cell is not null && part.OwnsKernels))
            foreach (var stage in part.TapedStages)
                Kernels(stage, isOwn: part.NoisyStages is not null);
    }

    /// <summary>A stage's kernels; its products are those that inference has too, unless training's stages are its own.</summary>
    private void Kernels(StagePlan stage, bool isOwn)
    {
        var training = stage.Training!;
        foreach (var product in stage.Rows.Where(_ => isOwn))
            Rows(product);
        new PointwiseEmitter(writer, training.Taped, target.Target).Rows();
        new PointwiseEmitter(writer, training.Backward, target.Target).Rows();
        foreach (var product in training.StepGradients.Concat(training.InputGradients))
            Rows(product.Product);
        foreach (var gradient in training.WeightGradients)
            new WeightGradientEmitter(writer, gradient, target.Rows[gradient.Id]).Emit();
    }

    private void Rows(RowProduct product) => new RowProductEmitter(writer, product, target.Rows[product.Id]).Emit();
}
