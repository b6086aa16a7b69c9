using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>Which kernels on many rows a network has: what loops may call, and what every instruction set has code for.</summary>
internal static class KernelPlanner
{
    /// <summary>All of them, in the order of the parts that own them.</summary>
    public static IReadOnlyList<StageKernels> All(bool training, IReadOnlyList<PartPlan> parts) => (
        from part in parts
        where part.Cell is not null && part.OwnsKernels
        from kernels in OfPart(training, part)
        select kernels).ToList();

    private static IEnumerable<StageKernels> OfPart(bool training, PartPlan part)
    {
        if (part.Part.Role != PartRole.Noise)
            foreach (var stage in part.Stages)
                yield return new StageKernels(part, stage, ForTraining: false, OfInference(training, stage).ToList());
        if (training)
            foreach (var stage in part.TapedStages)
                yield return new StageKernels(part, stage, ForTraining: true, OfTraining(stage, stage.Training!, isOwn: part.NoisyStages is not null).ToList());
    }

    /// <summary>A product on reduced weights stands in place of those that training has on the weights themselves.</summary>
    private static IEnumerable<Kernel> OfInference(bool training, StagePlan stage)
    {
        if (stage.Reduced is not null)
            yield return stage.Reduced;
        foreach (var product in stage.Reduced is null || training ? stage.Rows : [])
            yield return product;
        yield return stage.CellRows;
    }

    /// <summary>
    /// The products are those that inference has too, unless training's stages are its own; so are equations of which the backward pass needs no more than what
    /// inference stores.
    /// </summary>
    private static IEnumerable<Kernel> OfTraining(StagePlan stage, StageTrainingPlan training, bool isOwn) =>
    [
        .. isOwn ? stage.Rows : [],
        .. training.Taped.Id == stage.CellRows.Id ? [] : new[] { training.Taped },
        training.Backward,
        .. training.StepGradients.Concat(training.InputGradients).Select(product => product.Product),
        .. training.WeightGradients,
    ];
}

/// <summary>The kernels of a stage.</summary>
/// <param name="Part">The part that owns them.</param>
/// <param name="Stage">The stage.</param>
/// <param name="ForTraining">Whether training alone calls them.</param>
/// <param name="Kernels">The kernels.</param>
internal sealed record StageKernels(PartPlan Part, StagePlan Stage, bool ForTraining, IReadOnlyList<Kernel> Kernels);

/// <summary>The step of a stage for one row: its product, then its equations, whose pre-activations stay in registers.</summary>
/// <param name="Id">The method's name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Pointers">What its product reads, then what its equations read and write.</param>
internal sealed record StepKernel(string Id, string Summary, StagePlan Stage, IReadOnlyList<string> Pointers) : Kernel(Id, Summary)
{
    /// <inheritdoc/>
    public override IReadOnlyList<KernelParameter> Parameters =>
        [new("weights", ParameterKind.Weights), .. Pointers.Select(pointer => new KernelParameter(pointer))];
}
