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
    public static NativeStatus Step(nint network, nint input, nuint inputLength, nint output, nuint outputLength) =>
        Call(network, new StepCall(input, inputLength, output, outputLength));

    /// <summary>One time step of a network whose time steps are classes.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="input">The class.</param>
    /// <param name="output">Receives [OutputSize] floats.</param>
    /// <param name="outputLength">How many there is room for.</param>
    public static NativeStatus StepClass(nint network, int input, nint output, nuint outputLength) =>
        Call(network, new StepClassCall(input, output, outputLength));

    /// <summary>A sequence for a network whose time steps are vectors.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="input">[T × InputSize] floats.</param>
    /// <param name="inputLength">How many they are.</param>
    /// <param name="output">
    /// Receives [T × OutputSize] floats, or [OutputSize] of a many-to-one network; may lie in <paramref name="input"/> as <see cref="Guard.Overlap"/> says.
    /// </param>
    /// <param name="outputLength">How many there is room for.</param>
    public static NativeStatus Run(nint network, nint input, nuint inputLength, nint output, nuint outputLength) =>
        Call(network, new RunCall(input, inputLength, output, outputLength));

    /// <summary>A sequence for a network whose time steps are classes.</summary>
    /// <param name="network">The handle.</param>
    /// <param name="input">[T] classes, each an int.</param>
    /// <param name="inputLength">How many they are.</param>
    /// <param name="output">
    /// Receives [T × OutputSize] floats, or [OutputSize] of a many-to-one network; may overlap <paramref name="input"/>.
    /// </param>
    /// <param name="outputLength">How many there is room for.</param>
    public static NativeStatus RunClasses(nint network, nint input, nuint inputLength, nint output, nuint outputLength) =>
        Call(network, new RunClassesCall(input, inputLength, output, outputLength));

    private static ReadOnlySpan<T> Inputs<T>(nint first, nuint length)
        where T : unmanaged => new((void*)first, (int)length);

    private static Span<float> Outputs(nint first, nuint length) => new((void*)first, (int)length);

    private static NativeStatus CheckAnswer(NetworkLayout layout, nint output, nuint length) =>
        NativeArguments.Values(output, length, layout.OutputSize, nameof(output), "output_size");

    private static NativeStatus CheckSequence(NetworkLayout layout, int frameSize, nint input, nuint inputLength, nint output, nuint outputLength)
    {
        if (NativeArguments.Steps(input, inputLength, frameSize, nameof(input), layout.OneHot ? "1" : "input_size") is not NativeStatus.Ok and var wrong)
            return wrong;
        long steps = (int)inputLength / frameSize, most = NetworkMemory.MaxStepsOf(layout);
        if (steps > most)
            return NativeErrors.Set(NativeStatus.WrongLength, $"input: expected at most {most} steps ({layout.Network} keeps values of each), got {steps}");
        long expected = layout.ManyToOne ? layout.OutputSize : steps * layout.OutputSize;
        return expected > int.MaxValue
            ? NativeErrors.Set(NativeStatus.WrongLength, $"input: expected steps with at most {int.MaxValue} outputs, got {steps} steps with {expected}")
            : NativeArguments.Values(output, outputLength, expected, nameof(output), layout.ManyToOne ? "output_size" : "T × output_size");
    }

    private static NativeStatus CheckClass(int value, int step) => (uint)value < (uint)TSelf.InputSize
        ? NativeStatus.Ok
        : NativeErrors.Set(NativeStatus.BadClass, $"input: expected a class from 0 to {TSelf.InputSize - 1}, got {value} at index {step}");

    private readonly record struct StepCall(nint Input, nuint InputLength, nint Output, nuint OutputLength) : ICall
    {
        public NativeStatus Check(NetworkLayout layout) =>
            NativeArguments.Values(Input, InputLength, layout.InputSize, "input", "input_size") is not NativeStatus.Ok and var wrong
                ? wrong
                : CheckAnswer(layout, Output, OutputLength);

        public void Invoke(TSelf network) => network.Step(Inputs<float>(Input, InputLength), Outputs(Output, OutputLength));
    }

    private readonly record struct StepClassCall(int Input, nint Output, nuint OutputLength) : ICall
    {
        public NativeStatus Check(NetworkLayout layout) =>
            CheckClass(Input, 0) is not NativeStatus.Ok and var wrong ? wrong : CheckAnswer(layout, Output, OutputLength);

        public void Invoke(TSelf network)
        {
            float frame = Input;
            network.Step(new ReadOnlySpan<float>(in frame), Outputs(Output, OutputLength));
        }
    }

    private readonly record struct RunCall(nint Input, nuint InputLength, nint Output, nuint OutputLength) : ICall
    {
        public NativeStatus Check(NetworkLayout layout)
        {
            if (CheckSequence(layout, layout.InputSize, Input, InputLength, Output, OutputLength) is not NativeStatus.Ok and var wrong)
                return wrong;
            return Guard.WouldOverwrite(Inputs<float>(Input, InputLength), Outputs(Output, OutputLength), layout)
                ? NativeErrors.Set(
                    NativeStatus.Overlap, "output: expected memory that does not overlap the input's, got outputs that would overwrite frames before they are read")
                : NativeStatus.Ok;
        }

        public void Invoke(TSelf network) => network.Run(Inputs<float>(Input, InputLength), Outputs(Output, OutputLength));
    }

    private readonly record struct RunClassesCall(nint Input, nuint InputLength, nint Output, nuint OutputLength) : ICall
    {
        public NativeStatus Check(NetworkLayout layout)
        {
            if (CheckSequence(layout, 1, Input, InputLength, Output, OutputLength) is not NativeStatus.Ok and var wrong)
                return wrong;
            ReadOnlySpan<int> classes = Inputs<int>(Input, InputLength);
            for (int step = 0; step < classes.Length; step++)
            {
                if (CheckClass(classes[step], step) is not NativeStatus.Ok and var bad)
                    return bad;
            }

            return NativeStatus.Ok;
        }

        public void Invoke(TSelf network)
        {
            using var frames = new ClassFrames(Inputs<int>(Input, InputLength), TSelf.InputSize, "input");
            network.Run(frames.Span, Outputs(Output, OutputLength));
        }
    }
}
