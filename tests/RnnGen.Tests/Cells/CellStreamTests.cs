using RnnGen.Tests.Training;

namespace RnnGen.Tests.Cells;

/// <summary>Networks with cells of the user's in streams, with reduced weights, in files and in words.</summary>
[Trait("Category", "Numerics")]
public sealed class CellStreamTests
{
    private const int In = StackedCells.InputSize;
    private const int Out = StackedCells.OutputSize;

    [Fact]
    public void Streams_are_apart_and_each_is_a_run()
    {
        const int Steps = 5;
        using var network = new StackedCells(seed: 1);
        var streams = new StackedCells.State[3];
        float[][] frames = [.. Enumerable.Range(0, 3).Select(stream => Numbers.Draw(stream, Steps * In))];
        foreach (ref var stream in streams.AsSpan())
            stream = network.CurrentState; // the learned one
        float[] alone = new float[Out], together = new float[3 * Out], run = new float[Steps * Out];
        var one = network.CurrentState;
        float[][] expected = new float[3][];
        for (int stream = 0; stream < 3; stream++)
        {
            network.Reset();
            network.Run(frames[stream], run);
            expected[stream] = [.. run];
        }

        for (int step = 0; step < Steps; step++)
        {
            network.Step(ref one, frames[0].AsSpan(step * In, In), alone);
            Near(expected[0].AsSpan(step * Out, Out), alone);
            network.Step(streams, [.. frames.SelectMany(frame => frame[(step * In)..((step + 1) * In)])], together);
            for (int stream = 0; stream < 3; stream++)
                Near(expected[stream].AsSpan(step * Out, Out), together.AsSpan(stream * Out, Out));
        }
    }

    [Fact]
    public void Reduced_weights_are_near_the_exact_ones()
    {
        using var exact = new LargeStore(seed: 1);
        using var half = new HalfStore(seed: 2);
        using var eight = new ByteStore(seed: 2);
        foreach (var parameter in exact.Parameters)
        {
            half.Parameters[parameter.Name].Set(parameter.ToArray());
            eight.Parameters[parameter.Name].Set(parameter.ToArray());
        }

        float[] frames = Numbers.Draw(3, 40 * LargeStore.InputSize);
        Assert.InRange(half.CompareWith(exact, frames).Relative, 1e-6, 1e-2);
        Assert.InRange(eight.CompareWith(exact, frames).Relative, 1e-6, 5e-2);
    }

    [Fact]
    public void Weights_are_saved_by_their_names_and_come_back()
    {
        using var network = new StoreNetwork(seed: 1);
        string file = Path.GetTempFileName();
        network.Save(file);
        using var other = StoreNetwork.Load(file);
        File.Delete(file);

        Assert.Equal(
            [
                "store0.weight_ih", "store0.weight_hh", "store0.bias_ih", "store0.bias_hh", "store0.a", "store0.encode", "store0.read", "store0.in", "store0.shift", "store0.out",
            ],
            network.Parameters.Select(parameter => parameter.Name));
        foreach (var parameter in network.Parameters)
            Numbers.AssertSameBits(parameter.ToArray(), other.Parameters[parameter.Name].ToArray());
        Assert.Equal([1], network.Parameters["store0.a"].Shape);
        Assert.Equal([20, 1], network.Parameters["store0.in"].Shape);
        Assert.Equal(0.5f, network.Parameters["store0.a"].ToArray()[0]);
        Assert.All(network.Parameters["store0.shift"].ToArray(), value => Assert.Equal(0.1f, value));
    }

    [Fact]
    public void A_summary_names_the_cell() => Assert.Contains("Store", new StoreNetwork(seed: 1).Summary(), StringComparison.Ordinal);

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int unit = 0; unit < expected.Length; unit++)
            Assert.Equal(expected[unit], actual[unit], 2e-6f);
    }
}
