using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary><c>Predict</c> takes a sequence by itself: the same input gives the same bits, whatever ran before, and the network's own state stays.</summary>
[Trait("Category", "Numerics")]
public sealed class PredictTests
{
    [Fact]
    public void Of_gates() => The_same_every_time<TwoKinds>(40);

    [Fact]
    public void Of_both_directions() => The_same_every_time<BothWaysNetwork>(40);

    [Fact]
    public void Of_a_mean() => The_same_every_time<MeanOfGru>(200);

    [Fact]
    public void Of_past_frames() => The_same_every_time<DilatedConvolution>(200);

    [Fact]
    public void Of_states_that_are_learned() => The_same_every_time<LearnedStateNetwork>(3);

    [Fact]
    public void Of_classes() => The_same_every_time<ClassEmbedding>(70);

    private static void The_same_every_time<TNetwork>(int steps)
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(1);
        bool classes = TNetwork.Layout.OneHot;
        float[] input = classes ? [.. Enumerable.Range(0, steps).Select(step => (float)(step % TNetwork.InputSize))] : Numbers.Draw(2, steps * TNetwork.InputSize);
        int answers = TNetwork.Layout.ManyToOne ? 1 : steps;
        float[] first = new float[answers * TNetwork.OutputSize], run = new float[first.Length], again = new float[first.Length];
        float[] state = new float[TNetwork.StateSize], after = new float[TNetwork.StateSize];

        network.Predict(input, first);
        network.Run(input, run);
        network.CopyStateTo(state);
        network.Predict(input, again);
        network.CopyStateTo(after);

        Numbers.AssertSameBits(first, again);
        Closeness.Check("predict", "outputs", run, first, Closeness.Forward); // Run began at the same state.
        Numbers.AssertSameBits(state, after);
        network.Run(input, again);
        if (TNetwork.StateSize > 0)
            Assert.NotEqual(first, again);
        Assert.Throws<ArgumentException>("output", () => network.Predict(input, new float[first.Length + 1]));
    }
}
