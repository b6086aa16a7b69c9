using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>What the runtime does with windows on the past, in double precision. A place is the number of a frame: the past's come first.</summary>
internal static class WindowValues
{
    /// <summary>One step of one stream.</summary>
    public static void Step(Window window, Address frame, Address past, Address to)
    {
        int length = (window.Taps - 1) * window.Dilation;
        var frames = Enumerable.Range(0, length).Select(place => Read(past.Further(place * window.Size), window.Size)).Append(Read(frame, window.Size)).ToList();
        for (int tap = 0; tap < window.Taps; tap++)
            Write(frames[tap * window.Dilation], to.Further(tap * window.Size));
        for (int place = 0; place < length; place++)
            Write(frames[place + 1], past.Further(place * window.Size));
    }

    /// <summary>One step of some streams.</summary>
    public static void Steps(StepWindows plan, Func<Reference, Address> at, long rows)
    {
        for (long row = 0; row < rows; row++)
        {
            var past = at(plan.Pasts).Further(row * plan.PastStride);
            if (at(plan.Mask)[row] != 0)
                Step(plan.Window, at(plan.Frames).Further(row * plan.FrameStride), past, at(plan.To).Further(row * plan.ToStride));
            else if (plan.Window.Resets)
                Write(new double[(plan.Window.Taps - 1) * plan.Window.Dilation * plan.Window.Size], past);
        }
    }

    /// <summary>All windows of a sequence, or their gradients: each value of a window is a copy of one of a frame, so its gradient goes there.</summary>
    public static void Pass(PassWindows plan, ProgramMemory memory, Func<Reference, Address> at, int sequence)
    {
        int length = (plan.Window.Taps - 1) * plan.Window.Dilation, size = plan.Window.Size;
        var frames = Enumerable.Range(0, length).Select(place => (Address?)at(plan.Pasts).Further((sequence * plan.PastStride) + (place * size))).ToList();
        if (!plan.Forward)
            foreach (var past in frames)
                Write(new double[size], past!.Value);
        for (int step = 0; step < memory.Steps; step++)
        {
            int row = (step * memory.Batch) + sequence;
            var window = at(plan.Windows).Further(row * plan.WindowStride);
            if (memory.IsReal(step, sequence))
            {
                frames.Add(at(plan.Frames).Further(row * plan.FrameStride));
                for (int tap = 0; tap < plan.Window.Taps; tap++)
                    Pass(plan.Forward, frames[frames.Count - 1 - ((plan.Window.Taps - 1 - tap) * plan.Window.Dilation)], window.Further(tap * size), size);
            }
            else
            {
                if (plan.Forward)
                    Write(new double[plan.WindowStride], window);
                if (plan.Window.Resets)
                    frames = [.. Enumerable.Repeat((Address?)null, length)];
            }
        }

        for (int place = 0; place < length; place++)
            Pass(plan.Forward, frames[frames.Count - length + place], at(plan.Pasts).Further(((memory.Batch + sequence) * plan.PastStride) + (place * size)), size);
    }

    private static void Pass(bool forward, Address? frame, Address copy, int size)
    {
        for (int index = 0; index < size; index++)
            if (forward)
                copy[index] = frame is { } from ? from[index] : 0;
            else if (frame is { } to)
                to[index] += copy[index];
    }

    private static double[] Read(Address place, int count) => [.. Enumerable.Range(0, count).Select(index => place[index])];

    private static void Write(double[] values, Address place)
    {
        for (int index = 0; index < values.Length; index++)
            place[index] = values[index];
    }
}
