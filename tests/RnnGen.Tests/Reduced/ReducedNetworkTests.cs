using RnnGen.Tests.Memory;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Reduced;

/// <summary>What holds for every network of reduced precision, beside its twin of 32-bit floats.</summary>
[Trait("Category", "Numerics")]
public abstract class ReducedNetworkTests<TNetwork, TExact>
    where TNetwork : class, INetwork<TNetwork>
    where TExact : class, INetwork<TExact>
{
    private const int Steps = 6;

    private static readonly bool Steppable = TNetwork.Layout.ReverseLayer is null;

    private static readonly int Rows = TNetwork.Layout.ManyToOne ? 1 : Steps;

    private static readonly bool IsInt8 = TNetwork.Layout.Reduced.Any(product => product.Panels.Any(panel => panel.Format == Precision.Int8));

    [Fact]
    public void Outputs_are_near_those_of_the_exact_network()
    {
        (TNetwork network, TExact exact) = Pair();
        OutputDifference difference = network.CompareWith(exact, Draw(1, 17, MaskShape.Gaps));
        Assert.InRange(difference.Relative, 1e-7, IsInt8 ? 5e-2 : 6e-3);
        OutputDifference sequence = network.CompareWith(exact, Frames(2));
        Assert.InRange(sequence.Relative, 1e-7, IsInt8 ? 5e-2 : 6e-3);
        OutputDifference same = network.CompareWith(network, Frames(2));
        Assert.Equal((0, 0, 0, 1), (same.MaxAbsolute, same.RootMeanSquare, same.Relative, same.Agreement));
    }

    [Theory]
    [InlineData(1, MaskShape.None)]
    [InlineData(17, MaskShape.Trailing)]
    [InlineData(19, MaskShape.Leading)]
    public void A_sequence_of_a_batch_is_the_sequence_alone(int batchSize, MaskShape shape)
    {
        using TNetwork network = Pair().Network;
        SequenceBatch batch = Draw(batchSize, batchSize, shape);
        float[] outputs = new float[Rows * batchSize * TNetwork.OutputSize];
        network.Run(batch, outputs);
        for (int sequence = 0; sequence < batchSize; sequence++)
        {
            float[] frames = batch.RealFrames(sequence);
            float[] alone = new float[TNetwork.Layout.ManyToOne ? TNetwork.OutputSize : frames.Length / TNetwork.Layout.FrameSize * TNetwork.OutputSize];
            network.Reset();
            network.Run(frames, alone);
            bool[] mask = TNetwork.Layout.ManyToOne ? [true] : batch.MaskOf(sequence);
            float[][] rows = Batches.RowsOf<float>(outputs, batchSize, sequence, TNetwork.OutputSize);
            Numbers.AssertSameBits(alone, [.. rows.Where((_, step) => mask[step]).SelectMany(row => row)]);
        }
    }

    [Fact]
    public void Steps_are_the_sequence()
    {
        if (!Steppable)
            return;
        using TNetwork network = Pair().Network;
        float[] frames = Frames(3), outputs = new float[Rows * TNetwork.OutputSize], output = new float[TNetwork.OutputSize];
        network.Run(frames, outputs);
        network.Reset();
        for (int step = 0; step < Steps; step++)
        {
            network.Step(frames.AsSpan(step * TNetwork.Layout.FrameSize, TNetwork.Layout.FrameSize), output);
            if (!TNetwork.Layout.ManyToOne)
                Numbers.AssertSameBits(outputs.AsSpan(step * output.Length, output.Length), output);
        }

        if (TNetwork.Layout.ManyToOne)
            Numbers.AssertSameBits(outputs, output);
    }

    [Fact]
    public void A_saved_state_brings_the_same_outputs_back()
    {
        using TNetwork network = Pair().Network;
        float[] saved = new float[TNetwork.StateSize];
        _ = Run(network, Frames(4));
        network.CopyStateTo(saved);
        float[] first = Run(network, Frames(5));
        _ = Run(network, Frames(6));
        network.SetState(saved);
        Numbers.AssertSameBits(first, Run(network, Frames(5)));
    }

    [Fact]
    public void Weights_that_change_are_seen()
    {
        using TNetwork network = TNetwork.Create(8);
        (TNetwork Network, TExact Exact) other = Pair();
        float[] expected = Run(other.Network, Frames(7)), before = Run(network, Frames(7));
        Assert.NotEqual(expected, before);
        foreach (Parameter parameter in network.Parameters)
        {
            parameter.Set(other.Network.Parameters[parameter.Name].ToArray());
            _ = Run(network, Frames(7));
        }

        network.Reset();
        Numbers.AssertSameBits(expected, Run(network, Frames(7)));
        network.Memory.PackedWeights.Clear();
        network.Reset();
        Assert.NotEqual(expected, Run(network, Frames(7)));
        using var file = new MemoryStream();
        other.Exact.Memory.Save(file);
        network.Memory.Load(file.ToArray());
        Numbers.AssertSameBits(expected, Run(network, Frames(7)));
    }

    [Fact]
    public void Training_is_that_of_the_exact_network_and_what_is_learned_is_run()
    {
        (TNetwork network, TExact exact) = Pair();
        SequenceBatch batch = Draw(9, 5, MaskShape.Trailing);
        float[] targets = Numbers.Draw(10, Rows * 5 * TNetwork.OutputSize);
        _ = Run(network, Frames(11));
        for (int update = 0; update < 3; update++)
            Assert.Equal(Update(exact, batch, targets), Update(network, batch, targets));
        foreach (Parameter parameter in exact.Parameters)
            Numbers.AssertSameBits(parameter.ToArray(), network.Parameters[parameter.Name].ToArray());
        using var file = new MemoryStream();
        network.Memory.Save(file);
        using TNetwork loaded = TNetwork.Load(file.ToArray());
        network.Reset();
        Numbers.AssertSameBits(Run(loaded, Frames(11)), Run(network, Frames(11)));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using TNetwork network = Pair().Network;
        float[] frames = Frames(12), outputs = new float[Rows * TNetwork.OutputSize], output = new float[TNetwork.OutputSize];
        float[] frame = frames[..TNetwork.Layout.FrameSize];
        SequenceBatch batch = Draw(13, 17, MaskShape.Gaps);
        float[] batchOutputs = new float[17 * outputs.Length];
        float[] bias = network.Parameters[^1].ToArray();
        Parameter last = network.Parameters[^1];
        AllocatedBytes.AssertNone(() =>
        {
            last.Set(bias); // the copy is made anew
            network.Run(frames, outputs);
        });
        AllocatedBytes.AssertNone(() => network.Run(batch, batchOutputs));
        if (Steppable)
            AllocatedBytes.AssertNone(() => network.Step(frame, output));
    }

    [Fact]
    public void A_NaN_stays_until_the_state_is_reset()
    {
        if (TNetwork.Layout.OneHot)
            return; // a class cannot be NaN
        using TNetwork network = Pair().Network;
        float[] expected = Run(network, Frames(14)), damaged = Frames(14);
        damaged[1] = float.NaN;
        network.Reset();
        Assert.Contains(Run(network, damaged), float.IsNaN);
        Assert.Contains(Run(network, Frames(14)), float.IsNaN);
        network.Reset();
        Numbers.AssertSameBits(expected, Run(network, Frames(14)));
    }

    private static float Update<T>(T network, SequenceBatch batch, float[] targets)
        where T : class, INetwork<T> =>
        new Trainer<T>(network, new TrainerOptions { Optimizer = new Adam(0.01f), Loss = Loss.MeanSquaredError }).Update(batch, targets);

    private static float[] Run(TNetwork network, float[] frames)
    {
        float[] outputs = new float[Rows * TNetwork.OutputSize];
        network.Run(frames, outputs);
        return outputs;
    }

    /// <summary>Both of the same weights, none of which are zero: what a state begins with is at first.</summary>
    private static (TNetwork Network, TExact Exact) Pair()
    {
        TExact exact = TExact.Create(3);
        foreach (Parameter parameter in exact.Parameters.Where(parameter => parameter.Name.Contains("initial", StringComparison.Ordinal)))
            parameter.Set(Numbers.Draw(7, parameter.Count));
        using var file = new MemoryStream();
        exact.Memory.Save(file);
        return (TNetwork.Load(file.ToArray()), exact);
    }

    private static float[] Frames(int seed) => TNetwork.Layout.OneHot
        ? [.. Numbers.Draw(seed, Steps).Select(value => (float)(int)((value + 1) / 2 * (TNetwork.InputSize - 1)))]
        : Numbers.Draw(seed, Steps * TNetwork.InputSize);

    private static SequenceBatch Draw(int seed, int batchSize, MaskShape shape) => TNetwork.Layout.OneHot
        ? Batches.DrawClasses(seed, Steps, batchSize, TNetwork.InputSize, shape)
        : Batches.Draw(seed, Steps, batchSize, TNetwork.InputSize, shape);
}
