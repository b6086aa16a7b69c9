using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning.Loops;

/// <summary>What an operation on rows does on the tape: the runtime has the operation.</summary>
internal sealed class RowOperations(PartPlan part, StageBindings bindings)
{
    private static readonly Integer Size = new HostValue(HostQuantity.TapeSize);

    /// <summary>Rows per sequence.</summary>
    private Integer Steps => part.OncePerSequence ? 1 : new HostValue(HostQuantity.TapeSteps);

    public static IReadOnlyList<Operation> Plan(PartPlan part, StageBindings bindings, bool forward)
    {
        var planner = new RowOperations(part, bindings);
        return part.Part.Role switch
        {
            PartRole.LastStep => [planner.LastStep(forward)],
            PartRole.Window => planner.Windows(forward).ToList(),
            PartRole.Surroundings => planner.Surroundings(forward).ToList(),
            _ => part.Columns.SelectMany(columns => planner.Columns(columns, forward)).ToList(),
        };
    }

    private Operation LastStep(bool forward)
    {
        var (all, last) = forward
            ? (bindings.Of(PartInput.Multiplied), bindings.Of(TapePlanner.Output))
            : (bindings.Of(BackwardPlanner.InputGradients), bindings.Of(BackwardPlanner.OutputGradients));
        bool first = part.Part.Reverse;
        return forward
            ? new GatherSteps(first, Place(all), all.Stride, Place(last), last.Stride, part.Outputs)
            : new ScatterSteps(first, Place(all), all.Stride, Place(last), last.Stride, part.Outputs, part.Columns[0].Accumulate);
    }

    private IEnumerable<Operation> Windows(bool forward)
    {
        var frames = bindings.Of(forward ? PartInput.Multiplied : BackwardPlanner.InputGradients);
        var past = bindings.Of(forward ? Part.Past : Names.Gradient(Part.Past));
        var windows = bindings.Of(forward ? TapePlanner.Output : BackwardPlanner.OutputGradients);
        if (!forward && !part.Columns[0].Accumulate)
            yield return new ClearTapeRows(Steps, Place(frames), frames.Stride);
        yield return new PassWindows(
            forward, part.Window!, Place(frames), frames.Stride, Place(past), past.Stride, Place(windows), windows.Stride, Place(bindings.Of(TapePlanner.Order)));
    }

    private IEnumerable<Operation> Surroundings(bool forward)
    {
        var frames = bindings.Of(forward ? PartInput.Multiplied : BackwardPlanner.InputGradients);
        var windows = bindings.Of(forward ? TapePlanner.Output : BackwardPlanner.OutputGradients);
        if (!forward && !part.Columns[0].Accumulate)
            yield return new ClearTapeRows(Steps, Place(frames), frames.Stride);
        yield return new PassSurroundings(forward, new Surroundings(part.Window!, frames.Stride, windows.Stride), Place(frames), Place(windows));
    }

    private IEnumerable<Operation> Columns(ColumnsPlan columns, bool forward)
    {
        var input = bindings.Of(forward ? columns.Name : Names.Gradient(columns.Name));
        var output = bindings.Of(forward ? TapePlanner.Output : BackwardPlanner.OutputGradients);
        var (outer, inner) = (Place(input), Place(output).Further(columns.Offset));
        if (!forward && !columns.Accumulate && !columns.IsWhole)
            yield return new ClearTapeRows(Steps, outer, input.Stride);
        bool add = !forward && columns.Accumulate;
        yield return forward
            ? new MoveTapeColumns(Steps, outer, input.Stride, inner, output.Stride, columns.Size, add)
            : new MoveTapeColumns(Steps, inner, output.Stride, outer, input.Stride, columns.Size, add);
    }

    private static Reference Place(Binding binding) => binding.Buffer.At(binding.Moment == Moment.NextStep ? Size : Integer.Zero);
}
