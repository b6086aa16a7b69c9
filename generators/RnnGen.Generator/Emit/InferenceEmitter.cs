using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a target's kernels and loops for inference: one stream step by step, and batches.</summary>
internal sealed class InferenceEmitter(CodeWriter writer, NetworkPlan network, TargetPlan target)
{
    private IEnumerable<LayerPlan> PerStep => network.Layers.Where(layer => !layer.OncePerSequence);

    private IEnumerable<LayerPlan> PerSequence => network.Layers.Where(layer => layer.OncePerSequence && layer.Cell is not null);

    public void Emit()
    {
        RunStream();
        RunBatch();
        foreach (var layer in network.Layers)
            foreach (var stage in layer.Stages)
                Stage(layer, stage, target.Stages.First(tiles => tiles.StageId == stage.Id));
    }

    private void RunStream()
    {
        writer.Gap().Line(KernelText.Summary("Runs one stream for some steps, from its state on.")).Line(KernelText.Optimized);
        using (writer.Block("internal static void Run(ref float weights, ref float state, ref float inputs, ref float outputs, nint steps)"))
        {
            if (PerStep.Any())
                EachStep();
            else
                writer.Line($"ref float input = {KernelText.At("inputs", KernelText.Times("(steps - 1)", network.Spec.InputSize))};");
            if (!network.ManyToOne)
                return;
            foreach (var layer in PerSequence)
                StreamLayer(layer);
            Answer("ref outputs");
        }
    }

    private void EachStep()
    {
        using (writer.Block("for (nint step = 0; step < steps; step++)"))
        {
            writer.Line($"ref float input = {KernelText.At("inputs", KernelText.Times("step", network.Spec.InputSize))};");
            foreach (var layer in PerStep)
                StreamLayer(layer);
            if (!network.ManyToOne)
                Answer(KernelText.At("outputs", KernelText.Times("step", network.OutputSize)));
        }
    }

    private void Answer(string output) =>
        writer.Line($"OutputHead.Apply(OutputActivation.{network.OutputActivation}, {At(target.Step.Logits)}, {output}, {N(network.OutputSize)});");

    private void StreamLayer(LayerPlan layer)
    {
        foreach (var stage in layer.Stages)
        {
            var step = target.Step.Stages.First(candidate => candidate.StageId == stage.Id);
            var arguments = step.Places.Select(place => At(place.Place)).Prepend(BindingText.Weights("weights", stage.WeightsOffset));
            writer.Call(stage.Id + "Step", arguments.ToList());
            foreach (var copy in step.CopyBacks)
                writer.Line($"Scratch.Copy({At(copy.From)}, {At(copy.To)}, {N(copy.Length)});");
        }
    }

    private static string At(Place place) => KernelText.At(place.Base, N(place.Offset));

    private void RunBatch()
    {
        var run = network.Run;
        writer.Gap().Line(KernelText.Summary("Runs a batch of sequences from zero states, a group of rows at a time.")).Line(KernelText.Optimized);
        string[] parameters = ["ref float weights", "ref float scratch", "ref float inputs", "ref byte masks", "ref float outputs", "nint steps", "nint batch"];
        using (writer.Method("internal static void Run", parameters))
        using (writer.Block($"for (nint first = 0; first < batch; first += {N(run.Rows)})"))
        {
            writer.Line($"nint rows = nint.Min({N(run.Rows)}, batch - first);");
            writer.Line($"Scratch.Clear(ref scratch, {N(run.ScratchLength)});");
            using (writer.Block("for (nint step = 0; step < steps; step++)"))
            {
                writer.Line("nint row = (step * batch) + first;");
                if (network.States.Count > 0)
                    writer.Line("nint before = step & 1, after = before ^ 1;");
                writer.Line("ref byte mask = ref Unsafe.Add(ref masks, row);");
                foreach (var layer in network.Layers.Where(layer => !layer.OncePerSequence || layer.Role == LayerRole.LastStep))
                    BatchLayer(layer);
                if (!network.ManyToOne)
                    writer.Line($"{Write("row")}, ref mask, {N(network.OutputSize)}, rows);");
            }

            if (!network.ManyToOne)
                return;
            foreach (var layer in PerSequence)
                BatchLayer(layer);
            writer.Line($"{Write("first")}, {N(network.OutputSize)}, rows);");
        }
    }

    private string Write(string row) =>
        $"SequenceRows.Write(OutputActivation.{network.OutputActivation}, {Bound(network.Run.Logits)}, {N(network.Run.Logits.Stride)}, " +
        KernelText.At("outputs", KernelText.Times(row, network.OutputSize));

    private string Bound(Binding binding) =>
        BindingText.Of(binding with { Place = binding.Place == "input" ? "inputs" : binding.Place }, N(network.Run.Rows));

    private void BatchLayer(LayerPlan layer)
    {
        var run = network.Run.Layers.First(candidate => candidate.LayerId == layer.Id);
        if (layer.Cell is null)
        {
            var bindings = run.Stages[0];
            string[] rows = [Bound(bindings.Of("x")), N(layer.InputStride), Bound(bindings.Of("y")), N(layer.OutputStride)];
            writer.Call("SequenceRows.Keep", ["ref mask", .. rows, N(layer.OutputSize), "rows"]);
            return;
        }

        foreach (var stage in layer.Stages)
        {
            var bindings = run.Stages.First(candidate => candidate.StageId == stage.Id);
            if (stage.HasProduct)
                KernelCall.Product(writer, stage.Product, BindingText.Weights("weights", stage.WeightsOffset), pointer => Bound(bindings.Of(pointer)), "rows");
            KernelCall.Pointwise(writer, stage.Cell, stage.Cell.Id + "s", pointer => Bound(bindings.Of(pointer)), "ref mask", "rows");
        }
    }

    private void Stage(LayerPlan layer, StagePlan stage, StageTiles tiles)
    {
        var product = new ProductEmitter(writer, stage.Product);
        var cell = new PointwiseEmitter(writer, stage.Cell, target.Target);
        var pointers = target.Step.Stages.First(candidate => candidate.StageId == stage.Id).Places.Select(place => $"ref float {KernelText.Row(place.Pointer)}");
        writer.Gap().Line(KernelText.Summary($"{layer.Spec.Name}: one time step of one stream.")).Line(KernelText.Optimized);
        using (writer.Method($"private static void {stage.Id}Step", ["ref float weights", .. pointers]))
            product.SingleRow(tiles.Step, (unit, sums) => cell.CellCall(stage.Product.Accumulators, sums, unit));
        cell.Cell(stage.Product.Accumulators);
        if (stage.HasProduct)
            product.Rows(tiles.Rows, tiles.Step.Rolled);
        cell.CellRows(stage.Product.Accumulators);
    }
}
