using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a target's kernels for inference, and how one stream goes step by step.</summary>
internal sealed class InferenceEmitter(CodeWriter writer, NetworkPlan network, TargetPlan target)
{
    public void Emit()
    {
        if (target.Step is { } step)
            RunStream(step);
        foreach (var part in network.Parts.Where(part => part.OwnsKernels && part.Part.Role != PartRole.Noise))
            foreach (var stage in part.Stages)
                Stage(part, stage);
        ReducedProductEmitter.Words(writer, network.Parts.SelectMany(part => part.Stages));
    }

    private void RunStream(StepPlan plan)
    {
        writer.Gap().Line(KernelText.Summary("Runs one stream for some steps, from its state on.")).Line(KernelText.Optimized);
        using (writer.Block($"internal static void Run(ref float weights, {Reduced}ref float state, ref float inputs, ref float outputs, nint steps)"))
        {
            if (network.Parts.Any(part => !part.OncePerSequence))
                EachStep(plan);
            else
                writer.Line($"ref float input = {KernelText.At("inputs", KernelText.Times("(steps - 1)", network.Spec.FrameSize))};");
            if (!network.ManyToOne)
                return;
            foreach (var part in network.Parts.Where(part => part.OncePerSequence))
                StreamPart(plan, part);
            Answer(plan, "ref outputs");
        }
    }

    private void EachStep(StepPlan plan)
    {
        using (writer.Block("for (nint step = 0; step < steps; step++)"))
        {
            writer.Line($"ref float input = {KernelText.At("inputs", KernelText.Times("step", network.Spec.FrameSize))};");
            if (plan.Direction is { } direction)
                writer.Line($"nint backwards = 1 & (Unsafe.As<float, int>({At(direction)}) ^= 1);");
            foreach (var part in network.Parts.Where(part => !part.OncePerSequence))
                StreamPart(plan, part);
            if (!network.ManyToOne)
                Answer(plan, KernelText.At("outputs", KernelText.Times("step", network.OutputSize)));
        }
    }

    private void Answer(StepPlan plan, string output) =>
        writer.Line($"OutputHead.Apply(OutputActivation.{network.OutputActivation}, {At(plan.Logits)}, {output}, {N(network.OutputSize)});");

    private void StreamPart(StepPlan plan, PartPlan part)
    {
        if (part.Part.Role == PartRole.Noise)
            return;
        foreach (var rows in plan.Rows.Where(rows => rows.PartId == part.Id))
        {
            foreach (var copy in rows.Copies)
                Copy(copy);
            if (rows.Window is { } window)
                writer.Call("PastFrames.Step", [.. window.Select(At), .. Taps(part)]);
        }

        foreach (var stage in part.Stages)
        {
            var step = plan.Stages.First(candidate => candidate.PartId == part.Id && candidate.StageId == stage.Id);
            foreach (var (mean, from, to) in step.Means)
                KernelCall.Mean(writer, mean, At(from), At(to), "1");
            var arguments = step.Places.Select(place => At(place.Place)).Prepend(KernelCall.Weights(stage));
            writer.Call(stage.Id + "Step", [.. arguments, .. Direction(target.Steps[stage.Id].Alternates, "backwards")]);
            foreach (var copy in step.CopyBacks)
                Copy(copy);
        }
    }

    private static string[] Direction(bool alternates, string backwards) => alternates ? [backwards] : [];

    private string Reduced => network.IsReduced ? "ref float reduced, " : "";

    private static string[] Taps(PartPlan part) => [N(part.InputSize), N(part.Part.Taps), N(part.Part.Dilation)];

    private void Copy(CopyBack copy) => writer.Line($"Scratch.Copy({At(copy.From)}, {At(copy.To)}, {N(copy.Length)});");

    private static string At(Place place) => KernelText.At(place.Base, N(place.Offset));

    private void Stage(PartPlan part, StagePlan stage)
    {
        var cell = new PointwiseEmitter(writer, stage.Cell, target.Target);
        if (target.Step is { } plan)
        {
            var pointers = plan.Stages.First(candidate => candidate.StageId == stage.Id).Places.Select(place => $"ref float {KernelText.Row(place.Pointer)}");
            writer.Gap().Line(KernelText.Summary($"{part.Name}: one time step of one stream.")).Line(KernelText.Optimized);
            var tile = target.Steps[stage.Id];
            using (writer.Method($"private static void {stage.Id}Step", ["ref float weights", .. pointers, .. Direction(tile.Alternates, "nint backwards")]))
            {
                void Epilogue(string unit, IReadOnlyList<string> sums) => cell.CellCall(stage.Product.Accumulators, sums, unit);
                if (stage.Reduced is { } reduced)
                    new ReducedProductEmitter(writer, reduced, target.Reduced[stage.Id], target.Target.Arithmetic).Emit(Epilogue);
                else
                    new StepProductEmitter(writer, stage.Product, tile, target.Target.Arithmetic).Emit(Epilogue);
            }
        }

        cell.Cell(stage.Product.Accumulators);
        if (stage.Reduced is { } copy)
            new ReducedProductEmitter(writer, copy, target.Reduced[stage.Id], target.Target.Arithmetic).Rows();
        foreach (var product in stage.Rows.Where(product => target.Rows.ContainsKey(product.Id)))
            new RowProductEmitter(writer, product, target.Rows[product.Id]).Emit();
        cell.CellRows(stage.Product.Accumulators);
    }
}
