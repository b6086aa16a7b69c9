using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a target's kernels for inference, and how one stream goes step by step.</summary>
internal sealed class InferenceEmitter(CodeWriter writer, NetworkPlan network, TargetPlan target)
{
    public void Emit()
    {
        var lanes = VectorType.Widths(target.Target).Select(VectorType.Lanes);
        writer.Line(KernelText.Summary("Floats per vector."))
            .List("private const int", lanes.Select(width => $"{width.Text} = {N(width)}").ToList())
            .Line().Lines(KernelText.Words);
        if (target.Stream is { } stream)
        {
            OffsetText.EmitStream(
                writer, "Offsets of a stream's states, and after them of the current step's values.", Routine.Buffers([stream], Memory.State), network.StateBuffers);
            RoutineEmitter.Emit(writer, stream);
        }

        foreach (var kernels in network.Kernels.Where(kernels => !kernels.ForTraining))
        {
            if (kernels.Stage.Reduced is { } reduced)
                Reduced(kernels.Stage, reduced).Sums();
            Step(kernels.Stage);
            Cells(kernels.Stage);
            KernelEmitter.Emit(writer, kernels, target);
        }

        QuantizedVector.Types(writer, network.Parts.SelectMany(part => part.Stages));
    }

    private void Step(StagePlan stage)
    {
        if (target.StepOf(stage) is not { } step)
            return;
        writer.Gap().Line(KernelText.Summary(step.Summary)).Line(KernelText.Optimized);
        var tile = target.Steps[stage.Id];
        string[] parameters =
        [
            "ref float weights", .. step.Pointers.Select(pointer => $"ref float {KernelText.Row(pointer)}"), .. tile.Alternates ? new[] { "nint backwards" } : [],
        ];
        var (plan, values) = tile.Gates is { } gates ? (gates.Rest, gates.Values) : (stage.Cell, stage.Product.Accumulators);
        var cell = new PointwiseEmitter(writer, plan, target.Target);
        using (writer.Method($"private static void {step.Id}", parameters))
        {
            if (stage.Reduced is { } reduced)
                Reduced(stage, reduced).Emit(Epilogue);
            else
                new StepProductEmitter(writer, stage.Product, tile, target.Target.Arithmetic).Emit(Epilogue);
        }

        void Epilogue(string unit, IReadOnlyList<string> sums) => cell.CellCall(values, sums, unit);
    }

    /// <summary>The equations that the kernels of a stage call, for vectors of each width that they have.</summary>
    private void Cells(StagePlan stage)
    {
        var tile = target.Steps[stage.Id];
        int whole = stage.Cell.Blocking.Lanes(target.Target.Lanes);
        IEnumerable<int> ofStep = target.StepOf(stage) is null || stage.Reduced is not null ? [] : tile.AllLanes;
        foreach (int lanes in tile.Gates is null ? ofStep.Append(whole).Distinct() : [whole])
            new PointwiseEmitter(writer, stage.Cell, target.Target, lanes).Cell(stage.Product.Accumulators);
        if (tile.Gates is { } gates)
            foreach (int lanes in ofStep)
                new PointwiseEmitter(writer, gates.Rest, target.Target, lanes).Cell(gates.Values);
    }

    private ReducedProductEmitter Reduced(StagePlan stage, ReducedProduct reduced) =>
        new(writer, stage.Id, reduced, target.Reduced[stage.Id], target.Target.Arithmetic);
}
