using RnnGen.Runtime;

namespace RnnGen;

/// <summary>Autoregressive generation: a network runs on its own outputs.</summary>
public static class Feedback
{
    /// <summary>
    /// Runs a network from its own state: the first step reads a given frame, and every later one reads the output of the step before. The state is left
    /// after the last step. For networks with as many outputs as inputs.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="first">The first frame, [InputSize]; may lie in <paramref name="outputs"/>.</param>
    /// <param name="steps">How many steps, at least 1.</param>
    /// <param name="outputs">Receives [steps × OutputSize].</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive.</exception>
    /// <exception cref="NotSupportedException">The network has another number of outputs than inputs, answers once per sequence, or has no steps.</exception>
    public static void Run<TNetwork>(this TNetwork network, ReadOnlySpan<float> first, int steps, Span<float> outputs)
        where TNetwork : class, INetwork<TNetwork>
    {
        NetworkLayout layout = Check<TNetwork>(network, steps);
        if (layout.OneHot || layout.OutputSize != layout.InputSize)
        {
            string sizes = layout.OneHot ? "its inputs are classes" : $"it has {layout.InputSize} inputs and {layout.OutputSize} outputs";
            throw new NotSupportedException($"{layout.Network} cannot run on its own outputs: {sizes}. Pass a delegate that returns the next input");
        }

        Guard.Length(first.Length, layout.InputSize, nameof(first), nameof(layout.InputSize));
        Guard.Length(outputs.Length, (long)steps * layout.OutputSize, nameof(outputs), "steps × OutputSize");
        ReadOnlySpan<float> input = first;
        for (int step = 0; step < steps; step++)
        {
            Span<float> output = outputs.Slice(step * layout.OutputSize, layout.OutputSize);
            network.Step(input, output);
            input = output;
        }
    }

    /// <summary>The same for any sizes: a delegate makes the next frame from an output.</summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="first">The first frame, [InputSize]; one class, as a float, for a network with <c>OneHot</c>. May lie in the outputs.</param>
    /// <param name="steps">How many steps, at least 1.</param>
    /// <param name="outputs">Receives [steps × OutputSize].</param>
    /// <param name="next">
    /// Reads an output, [OutputSize], and writes the frame of the next step; not called after the last. If it throws, the outputs so far are written, and the
    /// state is that after the last of them.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive, or a class is none of the network's.</exception>
    /// <exception cref="NotSupportedException">The network answers once per sequence, or has no steps.</exception>
    public static void Run<TNetwork>(this TNetwork network, ReadOnlySpan<float> first, int steps, Span<float> outputs, NextFrame next)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(next);
        NetworkLayout layout = Check<TNetwork>(network, steps);
        Guard.Length(first.Length, layout.FrameSize, nameof(first), layout.OneHot ? "a class" : nameof(layout.InputSize));
        Guard.Length(outputs.Length, (long)steps * layout.OutputSize, nameof(outputs), "steps × OutputSize");
        Span<float> frame = layout.FrameSize <= 1024 ? stackalloc float[layout.FrameSize] : new float[layout.FrameSize];
        first.CopyTo(frame);
        for (int step = 0; step < steps; step++)
        {
            Span<float> output = outputs.Slice(step * layout.OutputSize, layout.OutputSize);
            network.Step(frame, output);
            if (step < steps - 1)
                next(output, frame);
        }
    }

    /// <summary>
    /// The same for a network of classes: a delegate returns the next class for an output, such as one drawn from its probabilities.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="first">The first class, from 0 to InputSize − 1.</param>
    /// <param name="steps">How many steps, at least 1.</param>
    /// <param name="outputs">Receives [steps × OutputSize].</param>
    /// <param name="next">
    /// Reads an output, [OutputSize], and says the class of the next step; not called after the last. If it throws, or says none of the network's classes, the
    /// outputs so far are written, and the state is that after the last of them.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="outputs"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive, or a class is none of the network's.</exception>
    /// <exception cref="NotSupportedException">The network's inputs are no classes, it answers once per sequence, or it has no steps.</exception>
    public static void Run<TNetwork>(this TNetwork network, int first, int steps, Span<float> outputs, NextClass next)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(next);
        NetworkLayout layout = Check<TNetwork>(network, steps);
        if (!layout.OneHot)
            throw new NotSupportedException($"{layout.Network} cannot run on classes: its inputs are frames of {layout.InputSize} features");
        Guard.Length(outputs.Length, (long)steps * layout.OutputSize, nameof(outputs), "steps × OutputSize");
        Span<float> frame = [Guard.Class(first, layout.InputSize, nameof(first))];
        for (int step = 0; step < steps; step++)
        {
            Span<float> output = outputs.Slice(step * layout.OutputSize, layout.OutputSize);
            network.Step(frame, output);
            if (step < steps - 1)
                frame[0] = Guard.Class(next(output), layout.InputSize, nameof(next));
        }
    }

    private static NetworkLayout Check<TNetwork>(TNetwork network, int steps)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (steps < 1)
            throw new ArgumentOutOfRangeException(nameof(steps), $"steps: expected at least 1, got {steps}");
        NetworkLayout layout = TNetwork.Layout;
        if (layout.ManyToOne)
            throw new NotSupportedException($"{layout.Network} cannot run on its own outputs: it has one output per sequence");
        if (layout.ReverseLayer is { } reverse)
        {
            string why = $"its layer '{reverse}' needs later steps";
            throw new NotSupportedException($"{layout.Network} cannot run on its own outputs: {why}");
        }

        return layout;
    }
}

/// <summary>Says what the next frame of a network is that runs on its own outputs.</summary>
/// <param name="output">What the network answered, [OutputSize].</param>
/// <param name="frame">Receives the next frame, [InputSize]; one class, as a float, for a network with <c>OneHot</c>.</param>
public delegate void NextFrame(ReadOnlySpan<float> output, Span<float> frame);

/// <summary>Says what the next class of a network is that runs on its own outputs.</summary>
/// <param name="output">What the network answered, [OutputSize].</param>
/// <returns>From 0 to InputSize − 1.</returns>
public delegate int NextClass(ReadOnlySpan<float> output);
