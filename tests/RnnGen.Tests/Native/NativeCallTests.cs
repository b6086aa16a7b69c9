using RnnGen.Runtime;
using RnnGen.Tests.Memory;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Native;

/// <summary>What C computes has the bits of what C# computes.</summary>
public sealed unsafe class NativeCallTests
{
    private const int In = NativeDigits.InputSize;
    private const int Out = NativeDigits.OutputSize;
    private const int Steps = 70; // Enough for a run to treat several steps at once.

    private static readonly float[] Frames = Numbers.Draw(1, Steps * In);

    [Fact]
    public void Steps_have_the_same_bits_and_keep_the_state()
    {
        using var managed = new NativeDigits(seed: 1);
        nint network = NativeCaller.CreateDigits(1);
        float[] expected = new float[Out], actual = new float[Out];
        float[] expectedState = new float[NativeDigits.StateSize], state = new float[NativeDigits.StateSize];
        for (int step = 0; step < Steps; step++)
        {
            managed.Step(Frames.AsSpan(step * In, In), expected);
            Assert.Equal(NativeStatus.Ok, NativeCaller.Call(NativeCaller.StepDigits, network, Frames.AsSpan(step * In, In), actual));
            Numbers.AssertSameBits(expected, actual);
        }

        managed.CopyStateTo(expectedState);
        fixed (float* values = state)
            Assert.Equal(NativeStatus.Ok, NativeCaller.GetDigitsState(network, (nint)values, (nuint)state.Length));
        Numbers.AssertSameBits(expectedState, state);
        Assert.Equal(NativeStatus.Ok, NativeCaller.DestroyDigits(network));
    }

    [Fact]
    public void A_run_has_the_same_bits()
    {
        using var managed = new NativeDigits(seed: 1);
        nint network = NativeCaller.CreateDigits(1);
        float[] expected = new float[Out], actual = new float[Out];
        managed.Run(Frames, expected);
        Assert.Equal(NativeStatus.Ok, NativeCaller.Call(NativeCaller.RunDigits, network, Frames, actual));
        Numbers.AssertSameBits(expected, actual);
        NativeCaller.DestroyDigits(network);
    }

    [Fact]
    public void A_reset_and_a_state_that_is_set_begin_anew()
    {
        nint network = NativeCaller.CreateDigits(1);
        float[] first = new float[Out], second = new float[Out], third = new float[Out], start = new float[NativeDigits.StateSize];
        NativeCaller.Call(NativeCaller.StepDigits, network, Frames.AsSpan(0, In), first);
        NativeCaller.Call(NativeCaller.StepDigits, network, Frames.AsSpan(0, In), second);
        Assert.NotEqual(first, second);
        Assert.Equal(NativeStatus.Ok, NativeCaller.ResetDigits(network));
        NativeCaller.Call(NativeCaller.StepDigits, network, Frames.AsSpan(0, In), second);
        fixed (float* values = start)
            Assert.Equal(NativeStatus.Ok, NativeCaller.SetDigitsState(network, (nint)values, (nuint)start.Length));
        NativeCaller.Call(NativeCaller.StepDigits, network, Frames.AsSpan(0, In), third);
        Numbers.AssertSameBits(first, second);
        Numbers.AssertSameBits(first, third);
        NativeCaller.DestroyDigits(network);
    }

    [Fact]
    public void Classes_have_the_same_bits()
    {
        using var managed = new NativeChars(seed: 1);
        delegate* unmanaged[Cdecl]<nint, int, nint, nuint, NativeStatus> stepOf = &NativeChars.NativeEntryPoints.Step;
        delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus> run = &NativeChars.NativeEntryPoints.Run;
        nint network = NativeCaller.Create(&NativeChars.NativeEntryPoints.CreateFromMemory, NativeCaller.Save(managed));
        int[] classes = [3, 0, 6, 1, 3];
        float[] expected = new float[classes.Length * NativeChars.OutputSize], actual = new float[expected.Length];
        managed.Run(classes, expected);
        fixed (int* input = classes)
        fixed (float* output = actual)
        {
            Assert.Equal(NativeStatus.Ok, run(network, (nint)input, (nuint)classes.Length, (nint)output, (nuint)actual.Length));
            Numbers.AssertSameBits(expected, actual);
            managed.Step(5, expected.AsSpan(0, NativeChars.OutputSize));
            Assert.Equal(NativeStatus.Ok, stepOf(network, 5, (nint)output, NativeChars.OutputSize));
            Numbers.AssertSameBits(expected, actual);

            Assert.Equal(NativeStatus.BadClass, stepOf(network, 7, (nint)output, NativeChars.OutputSize));
            Assert.StartsWith("input: expected a class from 0 to 6, got 7 at index 0", NativeCaller.Text());
            Assert.Equal(NativeStatus.BadClass, stepOf(network, -1, (nint)output, NativeChars.OutputSize));
            input[2] = int.MinValue;
            Assert.Equal(NativeStatus.BadClass, run(network, (nint)input, (nuint)classes.Length, (nint)output, (nuint)actual.Length));
            Assert.EndsWith("at index 2", NativeCaller.Text());
        }
    }

    [Fact]
    public void A_network_that_goes_both_ways_runs()
    {
        using var managed = new NativeBothWays(seed: 1);
        nint network = NativeCaller.Create(&NativeBothWays.NativeEntryPoints.CreateFromMemory, NativeCaller.Save(managed));
        float[] frames = Numbers.Draw(1, 9 * NativeBothWays.InputSize);
        float[] expected = new float[9 * NativeBothWays.OutputSize], actual = new float[expected.Length];
        managed.Run(frames, expected);
        Assert.Equal(NativeStatus.Ok, NativeCaller.Call(&NativeBothWays.NativeEntryPoints.Run, network, frames, actual));
        Numbers.AssertSameBits(expected, actual);
        float[] memory = [.. frames];
        Assert.Equal(NativeStatus.Overlap, NativeCaller.Call(&NativeBothWays.NativeEntryPoints.Run, network, memory, memory.AsSpan(0, 18)));
        Numbers.AssertSameBits(frames, memory);
    }

    [Fact]
    public void A_network_without_a_state_takes_an_empty_one()
    {
        using var managed = new NativeDense(seed: 1);
        nint network = NativeCaller.Create(&NativeDense.NativeEntryPoints.CreateFromMemory, NativeCaller.Save(managed));
        delegate* unmanaged[Cdecl]<nint, nint, nuint, NativeStatus> getState = &NativeDense.NativeEntryPoints.GetState;
        delegate* unmanaged[Cdecl]<nint, nint, nuint, NativeStatus> setState = &NativeDense.NativeEntryPoints.SetState;
        Assert.Equal(NativeStatus.Ok, getState(network, 0, 0));
        Assert.Equal(NativeStatus.Ok, setState(network, 0, 0));
        Assert.Equal(NativeStatus.WrongLength, setState(network, 0, 1));
    }

    [Fact]
    public void A_run_may_write_where_it_has_read_and_a_step_anywhere()
    {
        using var managed = new NativeFilter(seed: 1);
        nint network = NativeCaller.Create(NativeCaller.FilterFromMemory, NativeCaller.Save(managed));
        float[] memory = Numbers.Draw(1, 5 * NativeFilter.InputSize), expected = new float[memory.Length];
        managed.Run(memory, expected);
        Assert.Equal(NativeStatus.Overlap, NativeCaller.Call(NativeCaller.RunFilter, network, memory.AsSpan(0, 12), memory.AsSpan(1, 12)));
        Assert.StartsWith("output: expected memory that does not overlap the input's", NativeCaller.Text());
        Assert.Equal(NativeStatus.Ok, NativeCaller.Call(NativeCaller.RunFilter, network, memory, memory));
        Numbers.AssertSameBits(expected, memory);

        float[] frame = Numbers.Draw(2, 4);
        managed.Step(frame.AsSpan(0, 3), expected.AsSpan(0, 3));
        Assert.Equal(NativeStatus.Ok, NativeCaller.Call(&NativeFilter.NativeEntryPoints.Step, network, frame.AsSpan(0, 3), frame.AsSpan(1, 3)));
        Numbers.AssertSameBits(expected.AsSpan(0, 3), frame.AsSpan(1, 3));
        NativeCaller.DestroyFilter(network);
    }

    [Fact]
    public void Steps_and_runs_allocate_nothing()
    {
        nint network = NativeCaller.CreateDigits(1), classes;
        using (var managed = new NativeChars(seed: 1))
            classes = NativeCaller.Create(&NativeChars.NativeEntryPoints.CreateFromMemory, NativeCaller.Save(managed));
        float[] output = new float[Out], letters = new float[2 * NativeChars.OutputSize];
        int[] word = [1, 2];
        AllocatedBytes.AssertNone(() => NativeCaller.Call(NativeCaller.StepDigits, network, Frames.AsSpan(0, In), output));
        AllocatedBytes.AssertNone(() => NativeCaller.Call(NativeCaller.RunDigits, network, Frames, output));
        AllocatedBytes.AssertNone(() => RunClasses(classes, word, letters));
        Assert.Equal(1, output.Sum(), 1e-5f);
        Assert.NotEqual(0, letters[0]);
        NativeCaller.DestroyDigits(network);
    }

    [Fact]
    public void Sizes_are_those_of_the_class()
    {
        Assert.Equal((nuint)In, NativeCaller.DigitsInputSize());
        Assert.Equal((nuint)Out, NativeCaller.DigitsOutputSize());
        Assert.Equal((nuint)NativeDigits.StateSize, NativeCaller.DigitsStateSize());
    }

    private static void RunClasses(nint network, int[] classes, float[] output)
    {
        delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus> run = &NativeChars.NativeEntryPoints.Run;
        fixed (int* input = classes)
        fixed (float* outputs = output)
            run(network, (nint)input, (nuint)classes.Length, (nint)outputs, (nuint)output.Length);
    }
}
