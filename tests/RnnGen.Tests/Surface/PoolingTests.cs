using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>A network that pools answers at every step as if the sequence ended there.</summary>
[Trait("Category", "Numerics")]
public sealed class PoolingTests
{
    private const int Steps = 9;

    [Fact]
    public void Steps_of_a_mean() => Steps_are_runs_that_end_there<MeanOfGru>();

    [Fact]
    public void Steps_of_a_maximum() => Steps_are_runs_that_end_there<MaxOfDense>();

    [Fact]
    public void A_mean_is_the_sum_of_the_steps_over_their_number()
    {
        using var network = new MeanOfGru(seed: 1);
        network.Run(Numbers.Draw(1, Steps * 3), new float[2]);
        float[] state = new float[MeanOfGru.StateSize];
        network.CopyStateTo(state);
        Assert.Equal([Steps, Steps, Steps, Steps, Steps], state[^10..^5]); // h of the GRU, the sums, the number of steps for each, and what rounding took

        // With weights of its own, the answer is the mean of the GRU's outputs.
        float[] weight = network.Parameters["dense2.weight"].ToArray();
        float[] bias = network.Parameters["dense2.bias"].ToArray();
        double[] expected = [.. weight.Chunk(5).Select((row, unit) => bias[unit] + row.Select((value, i) => (double)value * state[5 + i] / Steps).Sum())];
        float[] answer = new float[2];
        network.Reset();
        network.Run(Numbers.Draw(1, Steps * 3), answer);
        Numbers.AssertNear(expected, answer, Closeness.Forward);
    }

    [Fact]
    public void Infinite_frames_have_a_maximum()
    {
        using var network = new MaxOfFrames(seed: 1);
        network.Run([5, float.NegativeInfinity, float.NegativeInfinity, 1, 3, float.NegativeInfinity], new float[2]);
        float[] state = new float[MaxOfFrames.StateSize];
        network.CopyStateTo(state);
        Assert.Equal([5, 1], state[..2]);
    }

    [Fact]
    public void A_maximum_is_one_of_the_steps_below_zero_too()
    {
        using var network = new MaxOfDense(seed: 1);
        float[] bias = [-3, -2, 0, 2];
        network.Parameters["dense0.bias"].Set(bias);
        float[] frames = Numbers.Draw(2, Steps * 3);
        float[] largest = new float[4];
        largest.AsSpan().Fill(float.NegativeInfinity);
        float[] answer = new float[4];
        for (int step = 0; step < Steps; step++)
        {
            network.Reset();
            network.Step(frames.AsSpan(step * 3, 3), answer);
            for (int i = 0; i < 4; i++)
                largest[i] = Math.Max(largest[i], answer[i]);
        }

        Assert.True(largest[0] < 0);
        network.Reset();
        network.Run(frames, answer);
        Numbers.AssertSameBits(largest, answer);
    }

    private static void Steps_are_runs_that_end_there<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(1);
        float[] frames = Numbers.Draw(1, Steps * TNetwork.InputSize);
        float[] run = new float[TNetwork.OutputSize];
        float[] stepped = new float[TNetwork.OutputSize];
        for (int steps = 1; steps <= Steps; steps++)
        {
            network.Reset();
            network.Run(frames.AsSpan(0, steps * TNetwork.InputSize), run);
            float[] state = StateOf(network);
            float[] batch = new float[run.Length];
            network.Run(SequenceBatch.FromTimeMajor(frames.AsSpan(0, steps * TNetwork.InputSize), steps, 1, TNetwork.InputSize), batch);
            Numbers.AssertSameBits(run, batch);

            // Frame by frame, and in two parts: the state goes on.
            for (int cut = 0; cut < steps; cut++)
            {
                network.Reset();
                if (cut > 0)
                    network.Run(frames.AsSpan(0, cut * TNetwork.InputSize), stepped);
                for (int step = cut; step < steps; step++)
                    network.Step(frames.AsSpan(step * TNetwork.InputSize, TNetwork.InputSize), stepped);
                Numbers.AssertSameBits(run, stepped);
                Numbers.AssertSameBits(state, StateOf(network));
            }
        }
    }

    private static float[] StateOf<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] state = new float[TNetwork.StateSize];
        network.CopyStateTo(state);
        return state;
    }
}
