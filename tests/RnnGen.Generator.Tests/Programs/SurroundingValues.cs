using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>What the runtime does with windows on both sides of a step, in double precision: a sequence's real steps in a list, with nothing outside of it.</summary>
internal static class SurroundingValues
{
    /// <summary>The windows of the steps at hand of one sequence.</summary>
    public static void Fill(FillSurroundings plan, Func<Reference, Address> at, Func<Integer, long> value, long row)
    {
        long first = value(plan.First);
        var mask = at(plan.Mask).Further(row);
        Each(plan.Shape.Window, (int)value(plan.Steps), step => mask[step * value(plan.MaskRows)] != 0, (step, tap, source) =>
        {
            if (step < first || step >= first + value(plan.Count))
                return;
            var window = at(plan.Windows).Further((((step - first) * value(plan.Rows)) + row) * plan.Shape.WindowStride);
            for (int index = 0; index < plan.Shape.Window.Size; index++)
                window[(tap * plan.Shape.Window.Size) + index] =
                    source is { } from ? at(plan.Frames).Further(((from * value(plan.FrameRows)) + row) * plan.Shape.FrameStride)[index] : 0;
        });
    }

    /// <summary>All windows of a sequence, or their gradients.</summary>
    public static void Pass(PassSurroundings plan, ProgramMemory memory, Func<Reference, Address> at, int sequence)
    {
        for (int step = 0; plan.Forward && step < memory.Steps; step++)
            for (int index = 0; index < plan.Shape.WindowStride; index++)
                Row(plan.Windows, plan.Shape.WindowStride, step)[index] = 0;
        Each(plan.Shape.Window, memory.Steps, step => memory.IsReal(step, sequence), (step, tap, source) =>
        {
            if (source is not { } from)
                return;
            var (copy, frame) = (Row(plan.Windows, plan.Shape.WindowStride, step).Further(tap * plan.Shape.Window.Size), Row(plan.Frames, plan.Shape.FrameStride, from));
            for (int index = 0; index < plan.Shape.Window.Size; index++)
                if (plan.Forward)
                    copy[index] = frame[index];
                else
                    frame[index] += copy[index];
        });

        Address Row(Reference rows, int stride, int step) => at(rows).Further(((step * memory.Batch) + sequence) * stride);
    }

    /// <summary>Each frame of each window: the step, the tap and the frame's step, which is null outside of the sequence.</summary>
    private static void Each(Window window, int steps, Func<int, bool> isReal, Action<int, int, int?> action)
    {
        foreach (var real in Pieces(window, steps, isReal))
            for (int place = 0; place < real.Count; place++)
                for (int tap = 0; tap < window.Taps; tap++)
                {
                    int source = place - window.Before + (tap * window.Dilation);
                    action(real[place], tap, source >= 0 && source < real.Count ? real[source] : null);
                }
    }

    /// <summary>The real steps; where masked ones end a sequence, those between them.</summary>
    private static IEnumerable<List<int>> Pieces(Window window, int steps, Func<int, bool> isReal)
    {
        var piece = new List<int>();
        for (int step = 0; step < steps; step++)
        {
            if (isReal(step))
            {
                piece.Add(step);
            }
            else if (window.Resets)
            {
                yield return piece;
                piece = [];
            }
        }

        yield return piece;
    }
}
