using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>Networks with fast activations beside those with exact ones, of the same weights.</summary>
public sealed class FastActivationTests
{
    private const int Steps = 60, Inputs = 3, Outputs = 2;

    [Fact]
    public void Outputs_differ_but_by_little()
    {
        using var exact = new ExactActivations(seed: 4);
        using var fast = new FastActivations(seed: 4);
        float[] frames = Frames(Steps), expected = new float[Steps * Outputs], outputs = new float[Steps * Outputs];
        exact.Run(frames, expected);
        fast.Run(frames, outputs);
        float largest = outputs.Zip(expected, (left, right) => Math.Abs(left - right)).Max();
        Assert.InRange(largest, 1e-8f, 5e-5f); // The same bits would mean that nothing is fast.
    }

    [Fact]
    public void Steps_runs_and_batches_have_the_same_bits()
    {
        using var network = new FastActivations(seed: 4);
        float[] frames = Frames(Steps), stepped = new float[Steps * Outputs], run = new float[Steps * Outputs], batch = new float[Steps * Outputs];
        for (int step = 0; step < Steps; step++)
            network.Step(frames.AsSpan(step * Inputs, Inputs), stepped.AsSpan(step * Outputs, Outputs));
        network.Reset();
        network.Run(frames, run);
        network.Run(SequenceBatch.Pad([frames], Inputs, Padding.Trailing), batch);
        Numbers.AssertSameBits(stepped, run);
        Numbers.AssertSameBits(stepped, batch);
    }

    [Fact]
    public void Training_is_exact()
    {
        using var exact = new ExactActivations(seed: 4);
        using var fast = new FastActivations(seed: 4);
        Numbers.AssertSameBits(Losses(exact), Losses(fast));
    }

    private static float[] Losses<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        using var trainer = new Trainer<TNetwork>(network, new TrainerOptions { Optimizer = new Adam(1e-2f), Loss = Loss.MeanSquaredError, BatchSize = 2 });
        var batch = SequenceBatch.Pad([Frames(Steps), Frames(Steps / 2)], Inputs, Padding.Trailing);
        float[] targets = new float[2 * Steps * Outputs];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = 0.5f + (0.4f * MathF.Sin(i));
        return [.. Enumerable.Range(0, 5).Select(_ => trainer.Update(batch, targets))];
    }

    private static float[] Frames(int steps)
    {
        var random = new Random(steps);
        return [.. Enumerable.Range(0, steps * Inputs).Select(_ => (random.NextSingle() * 4) - 2)];
    }
}
