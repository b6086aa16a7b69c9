using RnnGen.Tests.Memory;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>Many streams in one call are the streams one by one, bit for bit.</summary>
public abstract class StreamBatchTests<TNetwork, TState, TStreams>
    where TNetwork : class, INetwork<TNetwork>
    where TState : struct, IEquatable<TState>
    where TStreams : IStreams<TNetwork, TState>
{
    private static int In => TNetwork.InputSize;

    private static int Out => TNetwork.OutputSize;

    private static bool Steppable => TNetwork.Layout.ReverseLayer is null;

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void Streams_step_together_join_and_leave(int streams)
    {
        Skip.IfNot(Steppable, "The network has no steps.");
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

    [Theory]
    [InlineData(1, MaskShape.None)]
    [InlineData(1, MaskShape.Gaps)]
    [InlineData(2, MaskShape.Leading)]
    [InlineData(16, MaskShape.Trailing)]
    [InlineData(17, MaskShape.Gaps)]
    [InlineData(40, MaskShape.Gaps)]
    public void A_batch_of_streams_goes_on_where_each_of_them_stopped(int streams, MaskShape shape)
    {
        using TNetwork network = Draw();
        TState[] together = new TState[streams];
        TState[] alone = new TState[streams];
        for (int stream = 0; stream < streams; stream++)
            together[stream] = alone[stream] = stream % 2 == 0 ? TStreams.Initial(network) : default;
        for (int call = 0; call < 3; call++)
        {
            int steps = 3 + 4 * (call % 2);
            SequenceBatch batch = Batches.Draw(10 * streams + call, steps, streams, In, shape);
            float[] outputs = new float[(TNetwork.Layout.ManyToOne ? 1 : steps) * streams * Out];
            float[] expected = new float[outputs.Length];
            for (int stream = 0; stream < streams; stream++)
                RunAlone(network, ref alone[stream], batch, stream, expected);
            outputs.AsSpan().Fill(float.NaN);
            TStreams.Run(network, together, batch, outputs);
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
        if (Steppable)
        {
            Refused("input: expected", () => TStreams.Step(network, states, new float[3 * In - 1], new float[3 * Out], []));
            Refused("output: expected", () => TStreams.Step(network, states, new float[3 * In], new float[3 * Out + 1], []));
            Refused("active: expected 3 values (streams), got 2", () => TStreams.Step(network, states, new float[3 * In], new float[3 * Out], [true, true]));
            Refused("input: expected 0 values", () => TStreams.Step(network, [], new float[In], new float[Out], []));
            TStreams.Step(network, [], [], [], []);
        }

        SequenceBatch batch = Batches.Draw(1, 2, 4, In, MaskShape.None);
        int rows = TNetwork.Layout.ManyToOne ? 1 : 2;
        Refused("streams: expected 4 values (BatchSize), got 3", () => TStreams.Run(network, states, batch, new float[rows * 4 * Out]));
        SequenceBatch fits = Batches.Draw(1, 2, 3, In, MaskShape.None);
        Refused("output: expected", () => TStreams.Run(network, states, fits, new float[rows * 3 * Out - 1]));
        SequenceBatch other = Batches.Draw(1, 2, 3, In + 1, MaskShape.None);
        Refused("batch: expected", () => TStreams.Run(network, states, other, new float[rows * 3 * Out]));
        Assert.Equal(before, states);
    }

    [Fact]
    public void Streams_together_allocate_nothing_and_leave_the_network_s_own_state()
    {
        using TNetwork network = Draw();
        float[] own = Numbers.Draw(5, TNetwork.StateSize);
        network.SetState(own);
        TState[] states = new TState[17];
        bool[] active = [.. Enumerable.Range(0, 17).Select(stream => stream % 3 > 0)];
        float[] inputs = Numbers.Draw(1, 17 * In);
        float[] outputs = new float[17 * Out];
        SequenceBatch batch = Batches.Draw(2, 5, 17, In, MaskShape.Gaps);
        float[] batchOutputs = new float[(TNetwork.Layout.ManyToOne ? 1 : 5) * 17 * Out];
        AllocatedBytes.AssertNone(() =>
        {
            if (Steppable)
            {
                TStreams.Step(network, states, inputs, outputs, []);
                TStreams.Step(network, states, inputs, outputs, active);
            }

            TStreams.Run(network, states, batch, batchOutputs);
        });
        float[] after = new float[own.Length];
        network.CopyStateTo(after);
        Numbers.AssertSameBits(own, after);
    }

    /// <summary>Weights that are no zeros: a learned state is 0 at first.</summary>
    private static TNetwork Draw()
    {
        TNetwork network = TNetwork.Create(3);
        foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.Name.Contains("initial", StringComparison.Ordinal)))
            parameter.Set(Numbers.Draw(7, parameter.Count));
        return network;
    }

    private static void Mask(ref TState state, Span<float> input)
    {
        input.Fill(float.NaN); // what a stream without a step is given must not matter
        if (TStreams.Resets)
            state = default;
    }

    private static void RunAlone(TNetwork network, ref TState state, SequenceBatch batch, int sequence, float[] outputs)
    {
        bool[] mask = batch.MaskOf(sequence);
        if (TNetwork.Layout.ManyToOne)
        {
            TStreams.Run(network, ref state, batch.RealFrames(sequence), outputs.AsSpan(sequence * Out, Out));
            return;
        }

        // The frames between two masked steps, or all where masked steps leave the state alone.
        int[] real = [.. Enumerable.Range(0, batch.Steps).Where(step => mask[step])];
        int[][] parts = TStreams.Resets ? [.. Enumerable.Range(0, batch.Steps).Select(step => mask[step] ? new[] { step } : [])] : [real];
        foreach (int[] part in parts)
        {
            if (part is [])
            {
                state = default;
                continue;
            }

            float[] answers = new float[part.Length * Out];
            float[][] rows = Batches.RowsOf(batch.Data, batch.BatchSize, sequence, In);
            TStreams.Run(network, ref state, [.. part.SelectMany(step => rows[step])], answers);
            for (int i = 0; i < part.Length; i++)
                answers.AsSpan(i * Out, Out).CopyTo(outputs.AsSpan((part[i] * batch.BatchSize + sequence) * Out));
        }
    }

    private static void Refused(string message, Action use) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(message[..message.IndexOf(':')], use).Message);
}
