using System.Runtime.CompilerServices;
using RnnGen.Tests.Native;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Aliasing;

/// <summary>Steps and sequences of one stream whose outputs lie in their inputs.</summary>
public sealed class SequenceAliasingTests
{
    private static float[] StateOf<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] state = new float[TNetwork.StateSize];
        network.CopyStateTo(state);
        return state;
    }

    private static Aliasing.Outcome Step<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        using var network = TNetwork.Create(1);
        return Aliasing.Check(
            typeof(TNetwork).Name, TNetwork.InputSize, TNetwork.OutputSize, random => random.NextSingle() - 0.5f, network.Reset, () => StateOf(network),
            network.Step);
    }

    private static Aliasing.Outcome Run<TNetwork>(int steps)
        where TNetwork : class, INetwork<TNetwork>
    {
        using var network = TNetwork.Create(1);
        int outputs = TNetwork.OutputSize * (TNetwork.Layout.ManyToOne ? 1 : steps);
        return Aliasing.Check(
            typeof(TNetwork).Name, steps * TNetwork.InputSize, outputs, random => random.NextSingle() - 0.5f, network.Reset, () => StateOf(network),
            network.Run);
    }

    [Fact]
    public void A_step_is_answered_anywhere()
    {
        Assert.Equal(0, Step<AliasLast>().Refused);
        Assert.Equal(0, Step<AliasNarrow>().Refused);
        Assert.Equal(0, Step<AliasSame>().Refused);
        Assert.Equal(0, Step<AliasWide>().Refused);
        Assert.Equal(0, Step<AliasBytes>().Refused);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(200)]
    public void A_sequence_with_one_answer_is_answered_anywhere(int steps)
    {
        Assert.Equal(0, Run<AliasLast>(steps).Refused);
        Assert.Equal(0, Run<AliasBothLast>(steps).Refused);
        Assert.Equal(0, Run<AliasBytes>(steps).Refused);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(65)]
    [InlineData(150)]
    public void A_sequence_is_answered_in_its_frames_or_refused(int steps)
    {
        foreach (Aliasing.Outcome outcome in new[] { Run<AliasNarrow>(steps), Run<AliasSame>(steps), Run<AliasWide>(steps) })
        {
            Assert.NotEqual(0, outcome.Refused);
            Assert.NotEqual(0, outcome.Overlapped);
        }

        Assert.Equal(0, Run<NativeBothWays>(steps).Overlapped);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)] // the first answer ends where the second frame begins
    [InlineData(60, false)]
    [InlineData(-3, true)]
    public void Fewer_outputs_than_inputs_may_begin_behind_the_frames(int offset, bool allowed) => Place<AliasNarrow>(offset, allowed);

    [Theory]
    [InlineData(-5 * 8, true)] // the answer before the last ends where the last frame begins
    [InlineData(-5 * 8 + 1, false)]
    [InlineData(-5 * 9, true)] // both end at the same place
    [InlineData(0, false)]
    public void More_outputs_than_inputs_must_begin_so_early_that_they_do_not_catch_up(int offset, bool allowed) => Place<AliasWide>(offset, allowed);

    private static void Place<TNetwork>(int offset, bool allowed)
        where TNetwork : class, INetwork<TNetwork>
    {
        const int Steps = 9, Before = 100;
        using var network = TNetwork.Create(1);
        float[] memory = Numbers.Draw(1, Before + (Steps * (TNetwork.InputSize + TNetwork.OutputSize)) + 100);
        float[] expected = new float[Steps * TNetwork.OutputSize];
        int inputs = Steps * TNetwork.InputSize;
        network.Run(memory.AsSpan(Before, inputs), expected);
        network.Reset();
        void RunThere() => network.Run(memory.AsSpan(Before, inputs), memory.AsSpan(Before + offset, expected.Length));
        if (!allowed)
        {
            Assert.Throws<ArgumentException>("output", RunThere);
            return;
        }

        RunThere();
        Numbers.AssertSameBits(expected, memory.AsSpan(Before + offset, expected.Length));
    }

    [Fact]
    public void A_stream_of_its_own_is_answered_as_the_networks_own()
    {
        using var last = new AliasLast(seed: 1);
        using var narrow = new AliasNarrow(seed: 1);
        AliasLast.State lasts = default;
        AliasNarrow.State narrows = default;
        const int Steps = 70;
        Assert.Equal(0, Aliasing.Check(
            "last step", 64, 10, random => random.NextSingle(), () => lasts = default, () => Copy(lasts),
            (input, output) => last.Step(ref lasts, input, output)).Refused);
        Assert.Equal(0, Aliasing.Check(
            "last", Steps * 64, 10, random => random.NextSingle(), () => lasts = default, () => Copy(lasts),
            (input, output) => last.Run(ref lasts, input, output)).Refused);
        Aliasing.Outcome outcome = Aliasing.Check(
            "narrow", Steps * 64, Steps * 5, random => random.NextSingle(), () => narrows = default, () => Copy(narrows),
            (input, output) => narrow.Run(ref narrows, input, output));
        Assert.True(outcome is { Refused: > 0, Overlapped: > 0 });

        static float[] Copy<TState>(TState state)
            where TState : struct => System.Runtime.InteropServices.MemoryMarshal.Cast<TState, float>(new ReadOnlySpan<TState>(in state)).ToArray();
    }

    [Fact]
    public void Nothing_is_read_from_or_written_into_a_stream_of_its_own()
    {
        using var network = new AliasSame(seed: 1);
        var states = new AliasSame.State[1];
        float[] apart = new float[4];
        Assert.Throws<ArgumentException>("output", () => network.Step(ref states[0], apart.AsSpan(0, 2), Floats(states)[..2]));
        Assert.Throws<ArgumentException>("input", () => network.Step(ref states[0], Floats(states)[1..3], apart.AsSpan(0, 2)));
        Assert.Throws<ArgumentException>("output", () => network.Run(ref states[0], apart, Floats(states)[^4..]));
        Assert.Throws<ArgumentException>("input", () => network.Run(ref states[0], Floats(states)[^4..], apart));
        Assert.Throws<ArgumentException>("destination", () => states[0].CopyTo(Floats(states)[1..(1 + AliasSame.StateSize)]));
        Assert.Throws<ArgumentException>("source", () => states[0].Set(Floats(states)[1..(1 + AliasSame.StateSize)]));
        Assert.Equal(default, states[0]);
    }

    [Fact]
    public void Classes_are_read_before_anything_is_written()
    {
        using var network = new NativeChars(seed: 1);
        NativeChars.State state = default;
        Aliasing.Outcome own = Aliasing.Check("chars", 40, 40 * 5, random => random.Next(7), network.Reset, () => StateOf(network), network.Run);
        Aliasing.Outcome stream = Aliasing.Check<int>(
            "chars of a stream", 40, 40 * 5, random => random.Next(7), () => state = default, () => [],
            (input, output) => network.Run(ref state, input, output));
        Assert.Equal((0, 0), (own.Refused, stream.Refused));

        // As floats, what tools that are generic over networks hand over.
        INetwork<NativeChars> generic = network;
        Aliasing.Outcome floats = Aliasing.Check<float>(
            "chars as floats", 40, 40 * 5, random => random.Next(7), network.Reset, () => StateOf(network), generic.Run);
        Assert.True(floats is { Refused: > 0, Overlapped: > 0 });
    }

    [Fact]
    public void The_first_frame_of_feedback_may_lie_in_the_outputs()
    {
        using var network = new AliasSame(seed: 1);
        NextFrame next = (output, frame) => output.CopyTo(frame);
        Assert.Equal(0, Aliasing.Check(
            "feedback", 2, 18, random => random.NextSingle(), network.Reset, () => StateOf(network), (input, output) => network.Run(input, 9, output)).Refused);
        Assert.Equal(0, Aliasing.Check(
            "feedback by hand", 2, 18, random => random.NextSingle(), network.Reset, () => StateOf(network),
            (input, output) => network.Run(input, 9, output, next)).Refused);
    }

    private static Span<float> Floats<TState>(TState[] states)
        where TState : struct => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref Unsafe.As<TState, float>(ref states[0]), states.Length * Unsafe.SizeOf<TState>() / sizeof(float));
}
