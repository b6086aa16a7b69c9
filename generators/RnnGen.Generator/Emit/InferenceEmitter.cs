using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a target's kernels and loops for inference: one stream step by step, and batches.</summary>
internal sealed class InferenceEmitter(CodeWriter writer, NetworkPlan network, TargetPlan target)
{
    public void Emit()
    {
        if (target.Step is { } step)
            RunStream(step);
        RunBatch();
        foreach (var part in network.Parts.Where(part => part.OwnsKernels && part.Part.Role != PartRole.Noise))
            foreach (var stage in part.Stages)
                Stage(part, stage, target.Stages.First(tiles => tiles.StageId == stage.Id));
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
            var arguments = step.Places.Select(place => At(place.Place)).Prepend(Weights(stage));
            writer.Call(stage.Id + "Step", arguments.ToList());
            foreach (var copy in step.CopyBacks)
                Copy(copy);
        }
    }

    private string Reduced => network.IsReduced ? "ref float reduced, " : "";

    /// <summary>What a stage's product reads: its weights, or the copy of them.</summary>
    private static string Weights(StagePlan stage) =>
        stage.Reduced is { } reduced ? BindingText.Weights("reduced", reduced.Offset) : BindingText.Weights("weights", stage.WeightsOffset);

    private static string[] Taps(PartPlan part) => [N(part.InputSize), N(part.Part.Taps), N(part.Part.Dilation)];

    private void Copy(CopyBack copy) => writer.Line($"Scratch.Copy({At(copy.From)}, {At(copy.To)}, {N(copy.Length)});");

    private static string At(Place place) => KernelText.At(place.Base, N(place.Offset));

    private void RunBatch()
    {
        var run = network.Run;
        writer.Gap()
            .Line(KernelText.Summary("Runs a batch of sequences, a group of rows at a time: from the given states, or from the first ones where there are none."))
            .Line(KernelText.Optimized);
        string[] parameters =
        [
            "ref float weights", .. network.IsReduced ? ["ref float reduced"] : Array.Empty<string>(), "ref float scratch", "ref float inputs", "ref byte masks", "ref float outputs", "ref float states", "nint steps", "nint batch",
        ];
        using (writer.Method("internal static void Run", parameters))
        {
            if (run.SequenceLength > 0)
                writer.Line($"ref float sequences = {KernelText.At("scratch", N(run.ScratchLength))};");
            using (writer.Block($"for (nint first = 0; first < batch; first += {N(run.Rows)})"))
            {
                writer.Line($"nint rows = nint.Min({N(run.Rows)}, batch - first);");
                writer.Line($"Scratch.Clear(ref scratch, {N(run.ScratchLength)});");
                States("Load", learned: true);
                foreach (var pass in run.Passes)
                    Pass(pass);
                States("Store", learned: false);
                foreach (var part in run.Ending)
                    BatchPart(part);
                if (network.ManyToOne)
                    writer.Line($"{Write("first")}, {N(network.OutputSize)}, rows);");
            }
        }
    }

    /// <summary>Copies the states of a group's streams into the buffers that the first step reads, or out of those that the last step wrote.</summary>
    private void States(string direction, bool learned)
    {
        foreach (var (state, binding) in network.States.Zip(network.Run.States, (state, binding) => (state, binding)))
        {
            string offset = learned || binding.Moment == Moment.Fixed
                ? N(binding.Offset)
                : KernelText.Sum(N(binding.Offset), KernelText.Times("(steps & 1)", network.Run.Rows * binding.Stride));
            string buffer = KernelText.At("scratch", offset);
            if (learned && state.Learned is { } first)
                writer.Line($"StreamRows.Fill({KernelText.At("weights", N(first))}, {buffer}, {N(binding.Stride)}, {N(state.Size)}, rows);");
            string stream = KernelText.Sum(KernelText.Times("first", network.Sizes.PackedState), N(state.Offset));
            writer.Line($"StreamRows.{direction}(ref states, {stream}, {N(network.Sizes.PackedState)}, {buffer}, {N(binding.Stride)}, {N(state.Size)}, rows);");
        }
    }

    private void Pass(RunPass pass)
    {
        using (writer.Block(pass.Reverse ? "for (nint turn = 0; turn < steps; turn++)" : "for (nint step = 0; step < steps; step++)"))
        {
            if (pass.Reverse)
                writer.Line("nint step = steps - 1 - turn;");
            writer.Line("nint row = (step * batch) + first;");
            if (pass.Parts.Any(part => Of(part).Recurrent))
                writer.Line($"nint before = {(pass.Reverse ? "turn" : "step")} & 1, after = before ^ 1;");
            writer.Line("ref byte mask = ref Unsafe.Add(ref masks, row);");
            foreach (var part in pass.Parts)
                BatchPart(part);
            if (pass.WritesOutputs)
                writer.Line($"{Write("row")}, ref mask, {N(network.OutputSize)}, rows);");
        }
    }

    private string Write(string row) =>
        $"SequenceRows.Write(OutputActivation.{network.OutputActivation}, {Bound(network.Run.Logits)}, {N(network.Run.Logits.Stride)}, " +
        KernelText.At("outputs", KernelText.Times(row, network.OutputSize));

    /// <summary>A reference to a column of the step's rows. Values that are kept for all steps lie one after the other, each of them step by step.</summary>
    private string Bound(Binding binding, int column = 0) => binding.Place == RunPlanner.Sequences
        ? KernelText.At(
            binding.Place, KernelText.Sum(KernelText.Times("steps", binding.Offset), KernelText.Times("step", network.Run.Rows * binding.Stride), N(column)))
        : BindingText.Of(binding with { Place = binding.Place == "input" ? "inputs" : binding.Place, Offset = binding.Offset + column }, N(network.Run.Rows));

    private PartPlan Of(PartRun run) => network.Parts.First(part => part.Id == run.PartId);

    private void BatchPart(PartRun run)
    {
        var part = Of(run);
        if (part.Cell is null)
            BatchRows(part, run.Stages[0]);
        foreach (var bindings in run.Stages.Where(_ => part.Cell is not null))
        {
            var stage = part.Stages.First(candidate => candidate.Id == bindings.StageId);
            KernelCall.Means(writer, stage.Means, pointer => Bound(bindings.Of(pointer)), "rows");
            if (stage.HasProduct)
                KernelCall.Product(writer, stage.InferenceProduct, Weights(stage), pointer => Bound(bindings.Of(pointer)), "rows");
            KernelCall.Pointwise(writer, stage.Cell, stage.Cell.Id + "s", pointer => Bound(bindings.Of(pointer)), "ref mask", "rows");
        }

        if (run.Keeps is { } keeps)
        {
            string stride = N(keeps.From.Stride);
            writer.Line($"SequenceRows.CopyColumns({Bound(keeps.From)}, {stride}, {Bound(keeps.To)}, {N(keeps.To.Stride)}, {stride}, rows);");
        }
    }

    private void BatchRows(PartPlan part, StageBindings bindings)
    {
        var output = bindings.Of(TapePlanner.Output);
        if (part.Part.Role == PartRole.LastStep)
        {
            var input = bindings.Of("x");
            writer.Call("SequenceRows.Keep", ["ref mask", Bound(input), N(input.Stride), Bound(output), N(output.Stride), N(part.OutputSize), "rows"]);
            return;
        }

        if (part.Part.Role == PartRole.Window)
        {
            var (frames, past) = (bindings.Of("x"), bindings.Of(Part.Past));
            writer.Call("PastFrames.Step",
            [
                "ref mask", Bound(frames), N(frames.Stride), Bound(past), N(past.Stride), Bound(output), N(output.Stride), .. Taps(part),
                part.Part.ResetsMasked ? "true" : "false", "rows",
            ]);
            return;
        }

        foreach (var columns in part.Columns)
        {
            var input = bindings.Of(columns.Name);
            writer.Call("SequenceRows.CopyColumns", [Bound(input), N(input.Stride), Bound(output, columns.Offset), N(output.Stride), N(columns.Size), "rows"]);
        }
    }

    private void Stage(PartPlan part, StagePlan stage, StageTiles tiles)
    {
        var product = new ProductEmitter(writer, stage.Product);
        var cell = new PointwiseEmitter(writer, stage.Cell, target.Target);
        if (target.Step is { } step)
        {
            var pointers = step.Stages.First(candidate => candidate.StageId == stage.Id).Places.Select(place => $"ref float {KernelText.Row(place.Pointer)}");
            writer.Gap().Line(KernelText.Summary($"{part.Name}: one time step of one stream.")).Line(KernelText.Optimized);
            using (writer.Method($"private static void {stage.Id}Step", ["ref float weights", .. pointers]))
            {
                void Epilogue(string unit, IReadOnlyList<string> sums) => cell.CellCall(stage.Product.Accumulators, sums, unit);
                if (stage.Reduced is { } reduced)
                    new ReducedProductEmitter(writer, reduced, tiles.Reduced!).Emit(Epilogue);
                else
                    new StepProductEmitter(writer, stage.Product, tiles.Step).Emit(Epilogue);
            }
        }

        cell.Cell(stage.Product.Accumulators);
        if (stage.Reduced is { } copy)
            new ReducedProductEmitter(writer, copy, tiles.Reduced!).Rows();
        if (stage.HasProduct && (stage.Reduced is null || network.Spec.Training))
            product.Rows(tiles.Rows, tiles.Step.Rolled);
        cell.CellRows(stage.Product.Accumulators);
    }
}
