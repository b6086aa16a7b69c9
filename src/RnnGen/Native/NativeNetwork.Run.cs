namespace RnnGen.Runtime;

/// <content>Steps and runs: nothing is allocated that the network's own methods do not allocate.</content>
public static unsafe partial class NativeNetwork<TSelf>
{
    /// <summary>One time step of a network whose time steps are vectors.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="input">[InputSize] floats.</param>
    /// <param name="inputLength">How many they are.</param>
    /// <param name="output">Receives [OutputSize] floats; may overlap <paramref name="input"/>.</param>
    /// <param name="outputLength">How many there is room for.</param>
    public static NativeStatus Step(nint network, nint input, nuint inputLength, nint output, nuint outputLength)
    {
        try
        {
            if (NativeHandles.Find(network) is not Instance found)
                return NoNetwork(network);
            if (NativeArguments.Values(input, inputLength, found.Layout.InputSize, nameof(input), "input_size") is not NativeStatus.Ok and var wrong)
                return wrong;
            return StepOn(found, (float*)input, (int)inputLength, output, outputLength);
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    /// <summary>One time step of a network whose time steps are classes.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="input">The class.</param>
    /// <param name="output">Receives [OutputSize] floats.</param>
    /// <param name="outputLength">How many there is room for.</param>
    public static NativeStatus StepClass(nint network, int input, nint output, nuint outputLength)
    {
        try
        {
            if (NativeHandles.Find(network) is not Instance found)
                return NoNetwork(network);
            if ((uint)input >= (uint)found.Layout.InputSize)
                return NoClass(input, 0);
            float frame = input;
            return StepOn(found, &frame, 1, output, outputLength);
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    /// <summary>A sequence for a network whose time steps are vectors.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="input">[T × InputSize] floats.</param>
    /// <param name="inputLength">How many they are.</param>
    /// <param name="output">Receives [T × OutputSize] floats, or [OutputSize] of a many-to-one network.</param>
    /// <param name="outputLength">How many there is room for.</param>
    public static NativeStatus Run(nint network, nint input, nuint inputLength, nint output, nuint outputLength)
    {
        try
        {
            if (NativeHandles.Find(network) is not Instance found)
                return NoNetwork(network);
            if (Sequence(found.Layout, found.Layout.InputSize, input, inputLength, output, outputLength) is not NativeStatus.Ok and var wrong)
                return wrong;
            var frames = new ReadOnlySpan<float>((void*)input, (int)inputLength);
            var outputs = new Span<float>((void*)output, (int)outputLength);
            return Guard.WouldOverwrite(frames, outputs, found.Layout)
                ? NativeErrors.Set(
                    NativeStatus.Overlap, "output: expected memory apart from the input's, got outputs that would overwrite frames before they are read")
                : RunOn(found, frames, outputs);
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    /// <summary>A sequence for a network whose time steps are classes.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="input">[T] classes, each an int.</param>
    /// <param name="inputLength">How many they are.</param>
    /// <param name="output">Receives [T × OutputSize] floats, or [OutputSize] of a many-to-one network.</param>
    /// <param name="outputLength">How many there is room for.</param>
    public static NativeStatus RunClasses(nint network, nint input, nuint inputLength, nint output, nuint outputLength)
    {
        try
        {
            if (NativeHandles.Find(network) is not Instance found)
                return NoNetwork(network);
            if (Sequence(found.Layout, 1, input, inputLength, output, outputLength) is not NativeStatus.Ok and var wrong)
                return wrong;
            var classes = new ReadOnlySpan<int>((void*)input, (int)inputLength);
            for (int step = 0; step < classes.Length; step++)
            {
                if ((uint)classes[step] >= (uint)found.Layout.InputSize)
                    return NoClass(classes[step], step);
            }

            using var frames = new ClassFrames(classes, found.Layout.InputSize, nameof(input));
            return RunOn(found, frames.Span, new Span<float>((void*)output, (int)outputLength));
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    private static NativeStatus StepOn(Instance found, float* frame, int frameSize, nint output, nuint outputLength)
    {
        if (NativeArguments.Values(output, outputLength, found.Layout.OutputSize, nameof(output), "output_size") is not NativeStatus.Ok and var wrong)
            return wrong;
        if (!found.TryEnter())
            return Busy();
        try
        {
            found.Network.Step(new ReadOnlySpan<float>(frame, frameSize), new Span<float>((void*)output, (int)outputLength));
            return NativeStatus.Ok;
        }
        finally
        {
            found.Exit();
        }
    }

    private static NativeStatus RunOn(Instance found, ReadOnlySpan<float> frames, Span<float> outputs)
    {
        if (!found.TryEnter())
            return Busy();
        try
        {
            found.Network.Run(frames, outputs);
            return NativeStatus.Ok;
        }
        finally
        {
            found.Exit();
        }
    }

    private static NativeStatus Sequence(NetworkLayout layout, int frameSize, nint input, nuint inputLength, nint output, nuint outputLength)
    {
        if (NativeArguments.Steps(input, inputLength, frameSize, nameof(input), layout.OneHot ? "1" : "input_size") is not NativeStatus.Ok and var wrong)
            return wrong;
        long steps = (int)inputLength / frameSize, expected = layout.ManyToOne ? layout.OutputSize : steps * layout.OutputSize;
        return expected > int.MaxValue
            ? NativeErrors.Set(NativeStatus.WrongLength, $"input: expected steps with at most {int.MaxValue} outputs, got {steps} steps with {expected}")
            : NativeArguments.Values(output, outputLength, expected, nameof(output), layout.ManyToOne ? "output_size" : "T × output_size");
    }

    private static NativeStatus NoClass(int value, int step) => NativeErrors.Set(
        NativeStatus.BadClass, $"input: expected a class from 0 to {TSelf.InputSize - 1}, got {value} at index {step}");
}
