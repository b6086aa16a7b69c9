using RnnGen.Tests.Memory;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>The same step by step, for networks that have steps.</summary>
public abstract class StreamStepTests<TNetwork, TState, TStreams> : StreamBatchTests<TNetwork, TState, TStreams>
    where TNetwork : class, INetwork<TNetwork>
    where TState : struct, IEquatable<TState>
    where TStreams : IStreamSteps<TNetwork, TState>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void Streams_step_together_join_and_leave(int streams)
    {
        using TNetwork network = Draw();
        var random = new Random(streams);
        TState[] together = new TState[streams];
        TState[] alone = new TState[streams];
        for (int stream = 0; stream < streams; stream++)
            together[stream] = alone[stream] = TStreams.Initial(network);
        float[] outputs = new float[streams * Out];
        for (int step = 0; step < 12; step++)
        {
            bool[] active = step % 4 == 0 ? [] : [.. Enumerable.Range(0, streams).Select(_ => random.Next(3) > 0)];
            float[] inputs = Numbers.Draw(step, streams * In);
            float[] expected = new float[outputs.Length];
            for (int stream = 0; stream < streams; stream++)
            {
                if (random.Next(8) == 0)
                    together[stream] = alone[stream] = TStreams.Initial(network);
                Span<float> input = inputs.AsSpan(stream * In, In);
                if (active is [] || active[stream])
                    TStreams.Step(network, ref alone[stream], input, expected.AsSpan(stream * Out, Out));
                else
                    Mask(ref alone[stream], input);
            }

            outputs.AsSpan().Fill(float.NaN); // what is there must not matter
            TStreams.Step(network, together, inputs, outputs, active);
            Numbers.AssertSameBits(expected, outputs);
            Assert.Equal(alone, together);
        }
    }

    [Fact]
    public void Wrong_lengths_are_refused_and_no_stream_moves()
    {
        using TNetwork network = Draw();
        TState[] states = new TState[3];
        states.AsSpan().Fill(TStreams.Initial(network));
        TState[] before = [.. states];
        Refused("input: expected", () => TStreams.Step(network, states, new float[3 * In - 1], new float[3 * Out], []));
        Refused("output: expected", () => TStreams.Step(network, states, new float[3 * In], new float[3 * Out + 1], []));
        Refused("active: expected 3 values (streams), got 2", () => TStreams.Step(network, states, new float[3 * In], new float[3 * Out], [true, true]));
        Refused("input: expected 0 values", () => TStreams.Step(network, [], new float[In], new float[Out], []));
        TStreams.Step(network, [], [], [], []);
        Assert.Equal(before, states);
    }

    [Fact]
    public void Steps_of_streams_allocate_nothing_and_leave_the_network_s_own_state()
    {
        using TNetwork network = Draw();
        float[] own = Numbers.Draw(5, TNetwork.StateSize);
        network.SetState(own);
        TState[] states = new TState[17];
        bool[] active = [.. Enumerable.Range(0, 17).Select(stream => stream % 3 > 0)];
        float[] inputs = Numbers.Draw(1, 17 * In);
        float[] outputs = new float[17 * Out];
        AllocatedBytes.AssertNone(() =>
        {
            TStreams.Step(network, states, inputs, outputs, []);
            TStreams.Step(network, states, inputs, outputs, active);
        });
        float[] after = new float[own.Length];
        network.CopyStateTo(after);
        Numbers.AssertSameBits(own, after);
    }

    private static void Mask(ref TState state, Span<float> input)
    {
        input.Fill(float.NaN); // what a stream without a step is given must not matter
        if (TStreams.Resets)
            state = default;
    }
}
