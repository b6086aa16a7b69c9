using RnnGen.Tests.Memory;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>Networks with a layer that goes through time in both directions.</summary>
[Trait("Category", "Numerics")]
public sealed class BothWaysTests
{
    private const int In = BothWaysNetwork.InputSize;
    private const int Out = BothWaysNetwork.OutputSize;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void A_sequence_is_a_batch_of_one_and_leaves_the_states_of_both_directions(int steps)
    {
        using var network = new BothWaysNetwork(seed: 1);
        float[] frames = Numbers.Draw(1, steps * In);
        SequenceBatch batch = SequenceBatch.FromTimeMajor(frames, steps, 1, In);
        float[] start = Numbers.Draw(2, BothWaysNetwork.StateSize);
        using Tape<BothWaysNetwork> tape = BothWaysNetwork.CreateTape(steps, 1);
        start.CopyTo(tape.InitialState);
        network.Forward(tape, batch);

        network.SetState(start);
        float[] actual = new float[steps * Out];
        network.Run(frames, actual);
        Numbers.AssertSameBits(tape.Outputs, actual);
        Numbers.AssertSameBits(tape.FinalState, Values(network.CurrentState));
        var streams = new BothWaysNetwork.State[1];
        streams[0].Set(start);
        network.Run(streams, batch, actual);
        Numbers.AssertSameBits(tape.Outputs, actual);
        Assert.Equal(network.CurrentState, streams[0]);

        // Each direction has states of its own that matter: the forward one for the first step, the reverse one for the last.
        for (int state = 0; state < BothWaysNetwork.StateSize; state += 6)
        {
            float[] other = [.. start];
            other.AsSpan(state, 6).Fill(0.9f);
            network.SetState(other);
            network.Run(frames, actual);
            Assert.NotEqual(tape.Outputs.ToArray(), actual);
        }

        network.Reset();
        network.Run(frames, actual);
        float[] fromZero = new float[actual.Length];
        network.Run(batch, fromZero);
        Numbers.AssertSameBits(fromZero, actual);
    }

    [Fact]
    public void A_longer_batch_in_between_changes_nothing()
    {
        using var network = new BothWaysNetwork(seed: 1);
        SequenceBatch small = Batches.Draw(1, 3, 2, In, MaskShape.Gaps);
        SequenceBatch large = Batches.Draw(2, 50, 33, In, MaskShape.Gaps);
        float[] first = Run(network, small);
        float[] whole = Run(network, large);
        Numbers.AssertSameBits(first, Run(network, small));
        Numbers.AssertSameBits(whole, Run(network, large));
        using var fresh = new BothWaysNetwork(seed: 1);
        Numbers.AssertSameBits(whole, Run(fresh, large));
        Numbers.AssertSameBits(first, Run(fresh, small));

        // What a longer batch left behind the shorter one, NaN even, is not read.
        float[] poison = new float[50 * 33 * In];
        poison.AsSpan().Fill(float.NaN);
        network.Run(SequenceBatch.FromTimeMajor(poison, 50, 33, In), new float[50 * 33 * Out]);
        Numbers.AssertSameBits(first, Run(network, small));
        float[] outputs = new float[first.Length];
        AllocatedBytes.AssertNone(() => network.Run(small, outputs));
    }

    [Fact]
    public void A_step_is_refused_and_names_the_layer()
    {
        using var network = new BothWaysNetwork(seed: 1);
        float[] state = Numbers.Draw(2, BothWaysNetwork.StateSize);
        network.SetState(state);
        INetwork<BothWaysNetwork> any = network;
        string message = Assert.Throws<NotSupportedException>(() => any.Step(new float[In], new float[Out])).Message;
        Assert.StartsWith("The network 'BothWaysNetwork' cannot run step by step, because its layer 'both' needs later steps", message);
        Numbers.AssertSameBits(state, Values(network.CurrentState));

        using var classes = new ClassBothWays(seed: 1);
        INetwork<ClassBothWays> anyClasses = classes;
        message = Assert.Throws<NotSupportedException>(() => anyClasses.Step(new float[1], new float[ClassBothWays.OutputSize])).Message;
        Assert.StartsWith("The network 'ClassBothWays' cannot run step by step, because its layer 'around'", message);
        float[] outputs = new float[2 * ClassBothWays.OutputSize];
        classes.Run([2, 0], outputs);
        float[] expected = [.. outputs];
        classes.Reset();
        anyClasses.Run(new float[] { 2, 0 }, outputs);
        Numbers.AssertSameBits(expected, outputs);
    }

    [Fact]
    public void Outputs_over_frames_are_refused()
    {
        using var network = new BothWaysNetwork(seed: 1);
        float[] memory = Numbers.Draw(1, 60);
        float[] before = [.. memory];
        BothWaysNetwork.State stream = default;
        foreach (int at in new[] { 0, 14, 16, 25 })
        {
            string message = Assert.Throws<ArgumentException>("output", () => network.Run(memory.AsSpan(15, 4 * In), memory.AsSpan(at, 4 * Out))).Message;
            Assert.StartsWith("output: expected memory that does not overlap the input's", message);
            Assert.Throws<ArgumentException>("output", () => network.Run(ref stream, memory.AsSpan(15, 4 * In), memory.AsSpan(at, 4 * Out)));
        }

        Numbers.AssertSameBits(before, memory);
        float[] expected = new float[4 * Out];
        network.Run(memory.AsSpan(15, 4 * In), expected);
        network.Reset();
        network.Run(memory.AsSpan(15, 4 * In), memory.AsSpan(27, 4 * Out)); // right behind them
        Numbers.AssertSameBits(expected, memory.AsSpan(27, 4 * Out));
    }

    private static float[] Run(BothWaysNetwork network, SequenceBatch batch)
    {
        float[] outputs = new float[batch.Steps * batch.BatchSize * Out];
        outputs.AsSpan().Fill(float.NaN);
        network.Run(batch, outputs);
        return outputs;
    }

    private static float[] Values(BothWaysNetwork.State state)
    {
        float[] values = new float[BothWaysNetwork.StateSize];
        state.CopyTo(values);
        return values;
    }
}
