using RnnGen.Tests.Memory;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>Many streams in one call are the streams one by one, bit for bit.</summary>
[Trait("Category", "Numerics")]
public abstract class StreamBatchTests<TNetwork, TState, TStreams>
    where TNetwork : class, INetwork<TNetwork>
    where TState : struct, IEquatable<TState>
    where TStreams : IStreams<TNetwork, TState>
{
    protected static int In => TNetwork.InputSize;

    protected static int Out => TNetwork.OutputSize;

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
    public void A_batch_of_another_size_is_refused_and_no_stream_moves()
    {
        using TNetwork network = Draw();
        TState[] states = new TState[3];
        states.AsSpan().Fill(TStreams.Initial(network));
        TState[] before = [.. states];
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
    public void A_batch_of_streams_allocates_nothing_and_leaves_the_network_s_own_state()
    {
        using TNetwork network = Draw();
        float[] own = Numbers.Draw(5, TNetwork.StateSize);
        network.SetState(own);
        TState[] states = new TState[17];
        SequenceBatch batch = Batches.Draw(2, 5, 17, In, MaskShape.Gaps);
        float[] outputs = new float[(TNetwork.Layout.ManyToOne ? 1 : 5) * 17 * Out];
        AllocatedBytes.AssertNone(() => TStreams.Run(network, states, batch, outputs));
        float[] after = new float[own.Length];
        network.CopyStateTo(after);
        Numbers.AssertSameBits(own, after);
    }

    /// <summary>Weights that are no zeros: a learned state is 0 at first.</summary>
    protected static TNetwork Draw()
    {
        TNetwork network = TNetwork.Create(3);
        foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.Name.Contains("initial", StringComparison.Ordinal)))
            parameter.Set(Numbers.Draw(7, parameter.Count));
        return network;
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

    protected static void Refused(string message, Action use) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(message[..message.IndexOf(':')], use).Message);
}
