using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Sums;

/// <summary>Means over so many steps that plain sums of floats go wrong.</summary>
public sealed class MeanPoolSumTests
{
    private const int Long = 1_000_000;

    // Weights that hand the means on.
    private static MeanThenDense Identity()
    {
        var network = new MeanThenDense(seed: 1);
        float[] one = new float[25];
        for (int i = 0; i < 5; i++)
            one[i * 6] = 1;
        network.Parameters[0].Set(one);
        return network;
    }

    private static float[] Frames(int steps)
    {
        var random = new Random(5);
        float[] frames = new float[steps * 5];
        for (int step = 0; step < steps; step++)
        {
            frames[step * 5] = 0.1f;
            frames[step * 5 + 1] = random.NextSingle();
            frames[step * 5 + 2] = 1000 + random.NextSingle(); // adds up to more than floats tell single steps apart
            frames[step * 5 + 3] = step == 7 ? 1e8f : 1; // one large step, after which small ones are lost
            frames[step * 5 + 4] = step * 1e-6f;
        }

        return frames;
    }

    private static double[] Means(ReadOnlySpan<float> frames, int steps)
    {
        double[] sums = new double[5];
        for (int i = 0; i < steps * 5; i++)
            sums[i % 5] += frames[i];
        return [.. sums.Select(sum => sum / steps)];
    }

    [Fact]
    public void The_mean_of_a_million_steps_is_right_to_the_last_bits()
    {
        using MeanThenDense network = Identity();
        float[] frames = Frames(Long), outputs = new float[5];
        network.Run(frames, outputs);
        double[] expected = Means(frames, Long);
        for (int i = 0; i < 5; i++)
            Numbers.AssertNear(expected[i], outputs[i], 2.5e-7);
    }

    [Fact]
    public void Steps_runs_and_batches_have_the_same_bits()
    {
        const int Steps = 40_000;
        using MeanThenDense network = Identity();
        float[] frames = Frames(Steps), stepped = new float[5], run = new float[5], batch = new float[3 * 5], streams = new float[5];
        for (int step = 0; step < Steps; step++)
            network.Step(frames.AsSpan(step * 5, 5), stepped);
        float[] state = State(network);
        network.Reset();
        network.Run(frames, run);
        Numbers.AssertSameBits(stepped, run);
        Numbers.AssertSameBits(state, State(network));

        network.Run(Batch(5, frames, frames, frames[..(Steps / 2 * 5)]), batch);
        Numbers.AssertSameBits(stepped, batch.AsSpan(0, 5));
        Numbers.AssertSameBits(stepped, batch.AsSpan(5, 5));

        var states = new MeanThenDense.State[1];
        for (int step = 0; step < Steps; step++)
            network.Step(states, frames.AsSpan(step * 5, 5), streams);
        Numbers.AssertSameBits(stepped, streams);

        using Tape<MeanThenDense> tape = MeanThenDense.CreateTape(Steps, 1);
        network.Forward(tape, Batch(5, frames));
        Numbers.AssertSameBits(stepped, tape.Outputs);
    }

    [Fact]
    public void Steps_are_counted_beyond_what_a_float_counts()
    {
        using MeanThenDense network = Identity();
        float[] state = new float[MeanThenDense.StateSize], output = new float[5];
        Assert.Equal(20, state.Length); // sum, what it lost, count, what that lost
        const float Most = 1 << 24;
        for (int i = 0; i < 5; i++)
            (state[i], state[10 + i]) = (Most, Most);
        network.SetState(state);
        for (int step = 0; step < 1001; step++)
            network.Step([1, 1, 1, 1, 1], output);
        network.CopyStateTo(state);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(Most + 1001.0, (double)state[i] + state[5 + i]);
            Assert.Equal(Most + 1001.0, (double)state[10 + i] + state[15 + i]);
        }

        Assert.All(output, value => Assert.Equal(1, value, 1e-7));
    }

    [Fact]
    public void A_mean_with_an_infinite_step_is_infinite()
    {
        using MeanThenDense network = Identity();
        network.Parameters[0].Set([.. Enumerable.Repeat(1f, 25)]);
        float[] output = new float[5];
        network.Step([float.PositiveInfinity, 1, 1, 1, 1], output);
        for (int step = 0; step < 3; step++)
            network.Step([1, 1, 1, 1, 1], output);
        Assert.All(output, value => Assert.Equal(float.PositiveInfinity, value));
    }

    [Fact]
    public void The_gradient_of_each_step_is_that_of_the_true_count()
    {
        const int Steps = 1001, Most = 1 << 24;
        using MeanThenDense network = Identity();
        using Tape<MeanThenDense> tape = MeanThenDense.CreateTape(Steps, 1);
        tape.InitialState.Slice(10, 5).Fill(Most);
        network.Forward(tape, Batch(5, Frames(Steps)));
        network.Backward(tape, [1, 1, 1, 1, 1]);
        foreach (float gradient in tape.InputGradients)
            Numbers.AssertNear(1.0 / (Most + Steps), gradient, 1.2e-7);
    }

    private static SequenceBatch Batch(int features, params float[][] sequences) => SequenceBatch.Pad(sequences, features, Padding.Trailing);

    private static float[] State(MeanThenDense network)
    {
        float[] state = new float[MeanThenDense.StateSize];
        network.CopyStateTo(state);
        return state;
    }
}
