using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints what an operation on rows does on the tape: the runtime has the operation.</summary>
internal sealed class RowTapeEmitter(CodeWriter writer, PartPlan part, StageBindings bindings)
{
    /// <summary>Rows a sequence.</summary>
    private string Steps => part.OncePerSequence ? "1" : "tape.Steps";

    public void Emit(bool forward)
    {
        if (part.Part.Role == PartRole.LastStep)
            Step(forward);
        else if (part.Part.Role == PartRole.Window)
            Window(forward);
        else
            foreach (var columns in part.Columns)
                Columns(columns, forward);
    }

    private void Step(bool forward)
    {
        string steps = part.Part.Reverse ? "tape.FirstSteps" : "tape.LastSteps";
        var (all, last) = forward
            ? (bindings.Of("x"), bindings.Of(TapePlanner.Output))
            : (bindings.Of(BackwardPlanner.InputGradients), bindings.Of(BackwardPlanner.OutputGradients));
        string[] rows = [Place(all), N(all.Stride), Place(last), N(last.Stride), N(part.OutputSize)];
        if (forward)
            writer.Call("SequenceRows.Gather", ["tape", steps, .. rows]);
        else
            writer.Call("SequenceRows.Scatter", ["tape", steps, .. rows, $"add: {(part.Columns[0].Accumulate ? "true" : "false")}"]);
    }

    private void Window(bool forward)
    {
        var frames = bindings.Of(forward ? "x" : BackwardPlanner.InputGradients);
        var past = bindings.Of(forward ? Part.Past : Names.Gradient(Part.Past));
        var windows = bindings.Of(forward ? TapePlanner.Output : BackwardPlanner.OutputGradients);
        if (!forward && !part.Columns[0].Accumulate)
            writer.Line($"SequenceRows.Clear(tape, {Steps}, {Place(frames)}, {N(frames.Stride)});");
        string resets = part.Part.ResetsMasked ? "true" : "false";
        string shape = $"new WindowShape({N(part.InputSize)}, {N(part.Part.Taps)}, {N(part.Part.Dilation)}, {resets}, " +
            $"FrameStride: {N(frames.Stride)}, PastStride: {N(past.Stride)}, WindowStride: {N(windows.Stride)})";
        string order = Place(bindings.Of(TapePlanner.Order));
        writer.Call("PastFrames." + (forward ? "Forward" : "Backward"), ["tape", shape, Place(frames), Place(past), Place(windows), order]);
    }

    private void Columns(ColumnsPlan columns, bool forward)
    {
        var input = bindings.Of(forward ? columns.Name : Names.Gradient(columns.Name));
        var output = bindings.Of(forward ? TapePlanner.Output : BackwardPlanner.OutputGradients);
        string[] outer = [Place(input), N(input.Stride)];
        string[] inner = [Place(output, columns.Offset), N(output.Stride)];
        if (!forward && !columns.Accumulate && !columns.IsWhole)
            writer.Line($"SequenceRows.Clear(tape, {Steps}, {Place(input)}, {N(input.Stride)});");
        string method = forward || !columns.Accumulate ? "CopyColumns" : "AddColumns";
        writer.Call("SequenceRows." + method, ["tape", Steps, .. forward ? outer : inner, .. forward ? inner : outer, N(columns.Size)]);
    }

    private static string Place(Binding binding, int offset = 0) => KernelText.At(
        $"tape.Region(Region.{binding.Place})",
        KernelText.Sum(binding.Moment == Moment.NextStep ? KernelText.Times("(nint)tape.Batch", binding.Stride) : "0", N(offset)));
}
