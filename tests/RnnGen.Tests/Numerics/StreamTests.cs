using RnnGen.Tests.Memory;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>A network's hidden state as a value, and many streams on one set of weights.</summary>
[Trait("Category", "Numerics")]
public sealed class StreamTests
{
    private const int Steps = 20;

    [Fact]
    public void A_copied_state_is_a_snapshot()
    {
        using TwoKinds network = new(1);
        _ = Advance(network, seed: 1);
        TwoKinds.State saved = network.CurrentState;
        float[] first = Advance(network, seed: 2);
        float[] stateAfter = Canonical(network.CurrentState);
        network.CurrentState = saved;
        Numbers.AssertSameBits(first, Advance(network, seed: 2));

        // A copy of the snapshot goes its own way and leaves both the snapshot and the network alone.
        TwoKinds.State copy = saved;
        Numbers.AssertSameBits(first, Advance(network, ref copy, seed: 2));
        Numbers.AssertSameBits(stateAfter, Canonical(copy));
        Numbers.AssertSameBits(stateAfter, Canonical(network.CurrentState));
        network.CurrentState = saved;
        Numbers.AssertSameBits(first, Advance(network, seed: 2));
    }

    [Fact]
    public void The_default_state_is_the_zero_state()
    {
        using TwoKinds network = new(1);
        TwoKinds.State stream = default;
        Assert.Equal(new float[TwoKinds.StateSize], Canonical(stream));
        float[] expected = Advance(network, seed: 3);
        Numbers.AssertSameBits(expected, Advance(network, ref stream, seed: 3));
        network.Reset();
        Assert.Equal(new float[TwoKinds.StateSize], Canonical(network.CurrentState));
        Numbers.AssertSameBits(expected, Advance(network, seed: 3));
    }

    [Fact]
    public void A_state_is_canonical_outside()
    {
        using TwoKinds network = new(1);
        float[] values = Numbers.Draw(5, TwoKinds.StateSize);
        TwoKinds.State state = default;
        state.Set(values);
        Numbers.AssertSameBits(values, Canonical(state));
        network.CurrentState = state;
        float[] copied = new float[TwoKinds.StateSize];
        network.CopyStateTo(copied);
        Numbers.AssertSameBits(values, copied);

        // Layer by layer, h then c: the first 17 values are the first layer's h, which alone decides what that layer makes of a frame.
        values.AsSpan(17).Clear();
        network.SetState(values);
        float[] frame = new float[TwoKinds.InputSize];
        network.Step(frame, new float[TwoKinds.OutputSize]);
        ReferenceResult expected = ReferenceNetwork.Of(network).Run(
            [[new double[TwoKinds.InputSize]]], Array.ConvertAll(values, value => (double)value), new double[TwoKinds.OutputSize], new double[TwoKinds.StateSize]);
        Closeness.Check("streams", "first state", expected.FinalState[..17], Canonical(network.CurrentState).AsSpan(0, 17), Closeness.Forward);
    }

    [Fact]
    public void Streams_on_many_threads_are_those_of_one_thread()
    {
        using TwoKinds network = new(1);
        const int Streams = 32;
        float[][] expected = [.. Enumerable.Range(0, Streams).Select(seed =>
        {
            TwoKinds.State stream = default;
            return Advance(network, ref stream, seed);
        })];
        var actual = new float[Streams][];
        var states = new TwoKinds.State[Streams];
        using var together = new Barrier(8);
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            together.SignalAndWait();
            for (int stream = number; stream < Streams; stream += 8)
                actual[stream] = Advance(network, ref states[stream], stream);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        for (int stream = 0; stream < Streams; stream++)
            Numbers.AssertSameBits(expected[stream], actual[stream]);
        Assert.Equal(new float[TwoKinds.StateSize], Canonical(network.CurrentState)); // nobody used the network's own
    }

    [Fact]
    public void A_stream_may_run_a_sequence_and_go_on_step_by_step()
    {
        using LstmClassifier network = new(2);
        float[] frames = Numbers.Draw(7, Steps * LstmClassifier.InputSize);
        float[] expected = new float[LstmClassifier.OutputSize];
        network.Run(frames, expected);
        LstmClassifier.State stream = default;
        float[] output = new float[LstmClassifier.OutputSize];
        network.Run(ref stream, frames.AsSpan(0, 12 * LstmClassifier.InputSize), output);
        foreach (float[] frame in frames.Chunk(LstmClassifier.InputSize).Skip(12))
            network.Step(ref stream, frame, output);
        Numbers.AssertSameBits(expected, output);
        float[] state = new float[LstmClassifier.StateSize];
        stream.CopyTo(state);
        float[] own = new float[LstmClassifier.StateSize];
        network.CurrentState.CopyTo(own);
        Numbers.AssertSameBits(own, state);
    }

    [Fact]
    public void Streams_allocate_nothing()
    {
        using TwoKinds network = new(1);
        var streams = new TwoKinds.State[2];
        float[] frame = Numbers.Draw(1, TwoKinds.InputSize);
        float[] output = new float[TwoKinds.OutputSize];
        AllocatedBytes.AssertNone(() =>
        {
            network.Step(ref streams[0], frame, output);
            network.Run(ref streams[1], frame, output);
            TwoKinds.State saved = network.CurrentState;
            network.Step(frame, output);
            network.CurrentState = saved;
        });
    }

    [Fact]
    public void A_state_of_another_length_is_refused()
    {
        TwoKinds.State state = default;
        Assert.StartsWith("destination: expected 83 values", Assert.Throws<ArgumentException>("destination", () => state.CopyTo(new float[82])).Message);
        Assert.StartsWith("source: expected 83 values", Assert.Throws<ArgumentException>("source", () => state.Set(new float[84])).Message);
    }

    [Fact]
    public void A_network_without_states_has_an_empty_one()
    {
        using DenseOnly network = new(1);
        float[] frame = Numbers.Draw(1, DenseOnly.InputSize);
        float[] expected = new float[DenseOnly.OutputSize];
        float[] actual = new float[DenseOnly.OutputSize];
        network.Step(frame, expected);
        DenseOnly.State state = network.CurrentState;
        state.Set([]);
        state.CopyTo([]);
        network.CurrentState = state;
        network.Step(ref state, frame, actual);
        Numbers.AssertSameBits(expected, actual);
    }

    private static float[] Advance(TwoKinds network, int seed)
    {
        float[] outputs = new float[Steps * TwoKinds.OutputSize];
        for (int step = 0; step < Steps; step++)
            network.Step(Frame(seed, step), outputs.AsSpan(step * TwoKinds.OutputSize, TwoKinds.OutputSize));
        return outputs;
    }

    private static float[] Advance(TwoKinds network, ref TwoKinds.State stream, int seed)
    {
        float[] outputs = new float[Steps * TwoKinds.OutputSize];
        for (int step = 0; step < Steps; step++)
            network.Step(ref stream, Frame(seed, step), outputs.AsSpan(step * TwoKinds.OutputSize, TwoKinds.OutputSize));
        return outputs;
    }

    private static float[] Frame(int seed, int step) => Numbers.Draw(seed * 1000 + step, TwoKinds.InputSize);

    private static float[] Canonical(TwoKinds.State state)
    {
        float[] values = new float[TwoKinds.StateSize];
        state.CopyTo(values);
        return values;
    }
}
