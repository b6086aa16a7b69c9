using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints how a batch of sequences is run: groups of sequences, and of each group some steps at once, so that what waits for no earlier step (the products of
/// inputs, layers without state) is computed for all of those together.
/// </summary>
internal sealed class BatchLoopEmitter(CodeWriter writer, NetworkPlan network)
{
    private readonly RunPlan _run = network.Run;

    public void Emit()
    {
        writer.Gap()
            .Line(KernelText.Summary("Runs a batch of sequences, from the given states, or from the first ones where there are none."))
            .Line(KernelText.Optimized);
        string[] parameters = network.IsReduced ? ["ref float weights", "ref float reduced", "BatchRows batch"] : ["ref float weights", "BatchRows batch"];
        using (writer.Method("internal static void Run<TKernels>", parameters, LoopsEmitter.Constraint))
        {
            writer.Line("ref float scratch = ref batch.Scratch;");
            writer.Line("nint steps = batch.Steps;");
            if (_run.SequenceLength > 0)
                writer.Line($"ref float sequences = {KernelText.At("scratch", N(_run.ScratchLength))};");
            Biases();
            writer.Line($"// {N(_run.Rows)} rows at a time: so many sequences, or several steps of fewer.");
            writer.Line($"nint most = batch.StepsAtOnce({N(_run.Rows)});");
            using (writer.Block($"for (nint first = batch.First; first < batch.End; first += {N(_run.Rows)})"))
            {
                writer.Line($"nint rows = nint.Min({N(_run.Rows)}, batch.End - first);");
                if (_run.SequenceLength > 0)
                    writer.Line("nint kept = steps * rows; // So many rows of each value that a later pass reads.");
                for (int index = 0; index < _run.Passes.Count; index++)
                    Pass(_run.Passes[index], several: _run.Passes.Count > 1);
                if (network.ManyToOne)
                    Answer();
            }
        }
    }

    /// <summary>Once a sequence, and not before its end: where it is run in pieces, only the last of them is asked.</summary>
    private void Answer()
    {
        using (writer.Block("if (!Unsafe.IsNullRef(ref batch.Outputs))"))
        {
            foreach (var part in _run.Ending)
                Part(part, "rows", reverse: false);
            writer.Line($"{Write("first")}, {N(network.OutputSize)}, rows);");
        }
    }

    private void Biases()
    {
        foreach (var run in _run.Passes.SelectMany(pass => pass.Parts).Concat(_run.Ending).Where(run => Of(run).Cell is not null))
            foreach (var bindings in run.Stages)
                if (Of(run).Stages.First(stage => stage.Id == bindings.StageId) is { Biases.Count: > 0, Reduced: null } stage)
                    KernelCall.Biases(writer, stage, At(bindings.Of(StagePlanner.Biases), Rows.All));
    }

    /// <summary>Copies the states of a group's streams into the rows that the first step reads, or out of those that the last step wrote.</summary>
    private void States(RunPass pass, string direction)
    {
        foreach (var (state, binding) in network.States.Zip(_run.States, (state, binding) => (state, binding)))
        {
            if (pass.Parts.All(part => part.PartId != state.Part))
                continue;
            string rows = binding.Moment == Moment.Fixed ? "0" : KernelText.Times("last", binding.Stride);
            string buffer = KernelText.At("scratch", KernelText.Sum(N(binding.Offset), rows));
            if (direction == "Load")
                writer.Line(state.Learned is { } first
                    ? $"StreamRows.Fill({KernelText.At("weights", N(first))}, {buffer}, {N(binding.Stride)}, {N(state.Size)}, rows);"
                    : $"StreamRows.Clear({buffer}, {N(binding.Stride)}, rows);");
            string stream = KernelText.Sum(KernelText.Times("first", network.Sizes.PackedState), N(state.Offset));
            writer.Call(
                "StreamRows." + direction, ["ref batch.States", stream, N(network.Sizes.PackedState), buffer, N(binding.Stride), N(state.Size), "rows"]);
        }
    }

    private void Pass(RunPass pass, bool several)
    {
        bool recurrent = pass.Parts.Any(part => Of(part).Recurrent);
        using (several ? writer.Scoped() : writer.BlockIf(null))
        {
            if (recurrent)
                writer.Line($"nint half = 0, last = {N(_run.Rows)}; // Where in the rows of states the steps at hand go, and where the last step's are.");
            States(pass, "Load");
            foreach (var run in pass.Parts.Where(run => Of(run).Part.Role == PartRole.LastStep))
                writer.Line($"StreamRows.Clear({At(run.Stages[0].Of(TapePlanner.Output), Rows.All)}, {N(run.Stages[0].Of(TapePlanner.Output).Stride)}, rows);");
            string forward = "for (nint step = 0, count; step < steps; step += count)", back = "for (nint end = steps, count; end > 0; end -= count)";
            using (writer.Block(pass.Reverse ? back : forward))
            {
                writer.Line($"count = nint.Min(most, {(pass.Reverse ? "end" : "steps - step")});");
                if (pass.Reverse)
                    writer.Line("nint step = end - count;");
                writer.Line("nint row = (step * batch.Batch) + first, all = count * rows;");
                writer.Line("ref byte mask = ref Unsafe.Add(ref batch.Mask, row);");
                foreach (var part in pass.Parts)
                    Part(part, "all", pass.Reverse);
                if (pass.WritesOutputs)
                    writer.Line($"{Write("row")}, ref mask, {N(network.OutputSize)}, all);");
                if (recurrent)
                    writer.Line($"last = half{(pass.Reverse ? "" : " + all - rows")};").Line($"half = {N(_run.Rows)} - half;");
            }

            States(pass, "Store");
        }
    }

    private string Write(string row) =>
        $"SequenceRows.Write(OutputActivation.{network.OutputActivation}, {At(_run.Logits, Rows.All)}, {N(_run.Logits.Stride)}, " +
        KernelText.At("batch.Outputs", KernelText.Times(row, network.OutputSize));

    private PartPlan Of(PartRun run) => network.Parts.First(part => part.Id == run.PartId);

    private void Part(PartRun run, string count, bool reverse)
    {
        var part = Of(run);
        if (part.Cell is not null)
            Cell(part, run, count, reverse);
        else if (part.Part.Role is PartRole.LastStep or PartRole.Window)
            using (writer.Block(Turns(reverse)))
            {
                writer.Line("nint at = turn * rows;");
                StepRows(part, run.Stages[0]);
            }
        else
            Columns(part, run.Stages[0], count);
        if (run.Keeps is { } keeps)
        {
            string stride = N(keeps.From.Stride);
            writer.Line($"SequenceRows.CopyColumns({At(keeps.From, Rows.All)}, {stride}, {At(keeps.To, Rows.All)}, {N(keeps.To.Stride)}, {stride}, {count});");
        }
    }

    private void Cell(PartPlan part, PartRun run, string count, bool reverse)
    {
        if (!part.Recurrent)
        {
            foreach (var bindings in run.Stages)
                Stage(part.Stages.First(stage => stage.Id == bindings.StageId), bindings, Rows.All, count, _ => true);
            return;
        }

        foreach (var bindings in run.Stages)
        {
            var stage = part.Stages.First(candidate => candidate.Id == bindings.StageId);
            foreach (var product in stage.Rows.Where(product => product.IsOfInput && stage.Reduced is null))
                Product(stage, product, bindings, Rows.All, count);
        }

        using (writer.Block(Turns(reverse, ", before = last")))
        {
            writer.Line("nint at = turn * rows;");
            foreach (var bindings in run.Stages)
                Stage(part.Stages.First(stage => stage.Id == bindings.StageId), bindings, Rows.OfTurn, "rows", product => !product.IsOfInput);
            writer.Line("before = half + at;");
        }
    }

    private static string Turns(bool reverse, string more = "") =>
        reverse ? $"for (nint turn = count - 1{more}; turn >= 0; turn--)" : $"for (nint turn = 0{more}; turn < count; turn++)";

    private void Stage(StagePlan stage, StageBindings bindings, Rows rows, string count, Func<RowProduct, bool> which)
    {
        KernelCall.Means(writer, stage.Means, pointer => At(bindings.Of(pointer), rows), count);
        if (stage.Reduced is { } reduced)
            KernelCall.Product(writer, stage, reduced, pointer => At(bindings.Of(pointer), rows), count);
        foreach (var product in stage.Rows.Where(product => stage.Reduced is null && which(product)))
            Product(stage, product, bindings, rows, count);
        string mask = rows == Rows.All ? "ref mask" : "ref Unsafe.Add(ref mask, at)";
        KernelCall.Pointwise(writer, stage.Cell, stage.Cell.Id + "s", pointer => At(bindings.Of(pointer), rows), mask, count);
    }

    private void Product(StagePlan stage, RowProduct product, StageBindings bindings, Rows rows, string count) =>
        KernelCall.Product(writer, product, BindingText.Weights("weights", stage.WeightsOffset), pointer => At(bindings.Of(pointer), rows), count);

    /// <summary>Operations on rows that must see the steps in order.</summary>
    private void StepRows(PartPlan part, StageBindings bindings)
    {
        const string Mask = "ref Unsafe.Add(ref mask, at)";
        var (input, output) = (bindings.Of("x"), bindings.Of(TapePlanner.Output));
        if (part.Part.Role == PartRole.LastStep)
        {
            writer.Call(
                "SequenceRows.Keep",
                [Mask, At(input, Rows.OfTurn), N(input.Stride), At(output, Rows.OfTurn), N(output.Stride), N(part.OutputSize), "rows"]);
            return;
        }

        var past = bindings.Of(Graph.Part.Past);
        writer.Call("PastFrames.Step",
        [
            Mask, At(input, Rows.OfTurn), N(input.Stride), At(past, Rows.OfTurn), N(past.Stride), At(output, Rows.OfTurn), N(output.Stride),
            N(part.InputSize), N(part.Part.Taps), N(part.Part.Dilation), part.Part.ResetsMasked ? "true" : "false", "rows",
        ]);
    }

    private void Columns(PartPlan part, StageBindings bindings, string count)
    {
        var output = bindings.Of(TapePlanner.Output);
        foreach (var columns in part.Columns)
        {
            var input = bindings.Of(columns.Name);
            writer.Call(
                "SequenceRows.CopyColumns",
                [At(input, Rows.All), N(input.Stride), At(output, Rows.All, columns.Offset), N(output.Stride), N(columns.Size), count]);
        }
    }

    /// <summary>A reference to a column of rows: of all steps at hand, or of one of them.</summary>
    private static string At(Binding binding, Rows rows, int column = 0)
    {
        string at = rows == Rows.All ? "" : "at";
        string row = binding switch
        {
            { Place: "input" } => KernelText.Times(Group(KernelText.Sum("row", at)), binding.Stride),
            { Place: RunPlanner.Sequences } => KernelText.Sum(
                KernelText.Times("kept", binding.Offset), KernelText.Times(Group(KernelText.Sum("step * rows", at)), binding.Stride)),
            { Moment: Moment.Before } => KernelText.Times("before", binding.Stride),
            { Moment: Moment.After } => KernelText.Times(Group(KernelText.Sum("half", at)), binding.Stride),
            { Moment: Moment.Step } => rows == Rows.All ? "0" : KernelText.Times("at", binding.Stride),
            _ => "0",
        };
        string place = binding.Place == "input" ? "batch.Frames" : binding.Place;
        int offset = binding.Place == RunPlanner.Sequences ? column : binding.Offset + column;
        return KernelText.At(place, KernelText.Sum(N(offset), row));
    }

    private static string Group(string sum) => sum.Contains(' ') ? $"({sum})" : sum;

    /// <summary>Which rows.</summary>
    private enum Rows
    {
        /// <summary>Those of all steps at hand.</summary>
        All,

        /// <summary>Those of one step.</summary>
        OfTurn,
    }
}
