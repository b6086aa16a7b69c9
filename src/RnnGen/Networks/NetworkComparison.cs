using RnnGen.Runtime;

namespace RnnGen;

/// <summary>
/// Compares the outputs of two networks, of which one is a reference: a network of reduced <see cref="Precision"/> and its twin of 32-bit floats.
/// </summary>
public static class NetworkComparison
{
    /// <summary>Runs both networks on a sequence, each from the state before a first step. Their own states are afterwards what they were.</summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <typeparam name="TReference">The reference's class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="reference">What it should compute.</param>
    /// <param name="inputs">[T × InputSize] (a class per step, as a float, for networks with <see cref="NetworkAttribute.OneHot"/>).</param>
    /// <returns>How far the network's outputs are from the reference's.</returns>
    /// <exception cref="ArgumentException">
    /// The networks have other inputs or outputs than each other, or <paramref name="inputs"/> is not of whole steps.
    /// </exception>
    public static OutputDifference CompareWith<TNetwork, TReference>(
        this INetwork<TNetwork> network, INetwork<TReference> reference, ReadOnlySpan<float> inputs)
        where TNetwork : class, INetwork<TNetwork>
        where TReference : class, INetwork<TReference>
    {
        Check(network, reference);
        NetworkLayout layout = TNetwork.Layout;
        int steps = Guard.Steps(inputs.Length, layout.FrameSize, nameof(inputs), layout.OneHot ? "a class" : nameof(layout.InputSize));
        var difference = new DifferenceSum(layout.OutputSize);
        difference.Add(Outputs(network, inputs, steps), Outputs(reference, inputs, steps));
        return difference.Total;
    }

    /// <summary>Runs both networks on a batch of sequences. Masked steps do not count.</summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <typeparam name="TReference">The reference's class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="reference">What it should compute.</param>
    /// <param name="inputs">The sequences.</param>
    /// <returns>How far the network's outputs are from the reference's.</returns>
    /// <exception cref="ArgumentException">The networks have other inputs or outputs than each other, or than <paramref name="inputs"/>.</exception>
    public static OutputDifference CompareWith<TNetwork, TReference>(
        this INetwork<TNetwork> network, INetwork<TReference> reference, SequenceBatch inputs)
        where TNetwork : class, INetwork<TNetwork>
        where TReference : class, INetwork<TReference>
    {
        Check(network, reference);
        ArgumentNullException.ThrowIfNull(inputs);
        NetworkLayout layout = TNetwork.Layout;
        int rows = layout.ManyToOne ? inputs.BatchSize : inputs.Steps * inputs.BatchSize, size = layout.OutputSize;
        float[] outputs = new float[Guard.Elements(nameof(inputs), "outputs (rows × OutputSize)", rows, size)], expected = new float[outputs.Length];
        network.Run(inputs, outputs);
        reference.Run(inputs, expected);
        var difference = new DifferenceSum(size);
        for (int row = 0; row < rows; row++)
            if (layout.ManyToOne || inputs.Mask[row] != 0)
                difference.Add(outputs.AsSpan(row * size, size), expected.AsSpan(row * size, size));
        return difference.Total;
    }

    private static void Check<TNetwork, TReference>(INetwork<TNetwork> network, INetwork<TReference> reference)
        where TNetwork : class, INetwork<TNetwork>
        where TReference : class, INetwork<TReference>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(reference);
        (NetworkLayout expected, NetworkLayout got) = (TNetwork.Layout, TReference.Layout);
        if (Shape(expected) != Shape(got))
            throw new ArgumentException(
                $"reference: expected a network with {Shape(expected)} as {expected.Network} has, got {Shape(got)} of {got.Network}", nameof(reference));
    }

    private static string Shape(NetworkLayout layout) =>
        $"{layout.InputSize} {(layout.OneHot ? "classes" : "features")} in, {layout.OutputSize} outputs per {(layout.ManyToOne ? "sequence" : "step")}";

    private static float[] Outputs<TNetwork>(INetwork<TNetwork> network, ReadOnlySpan<float> inputs, int steps)
        where TNetwork : class, INetwork<TNetwork>
    {
        int rows = TNetwork.Layout.ManyToOne ? 1 : steps;
        var outputs = new float[Guard.Elements(nameof(inputs), "outputs (T × OutputSize)", rows, TNetwork.OutputSize)];
        // A state that is still to be taken from learned weights stays so: they may change until it is used.
        float[]? state = network.Memory.StartsLearned ? null : new float[TNetwork.StateSize];
        if (state is not null)
            network.CopyStateTo(state);
        network.Reset();
        try
        {
            network.Run(inputs, outputs);
        }
        finally
        {
            if (state is null)
                network.Reset();
            else
                network.SetState(state);
        }

        return outputs;
    }
}
