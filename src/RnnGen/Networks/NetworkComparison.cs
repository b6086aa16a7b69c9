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

    /// <summary>
    /// Steps both networks through a sequence and compares their states, one by one in the order of the layers: the first one that differs much
    /// shows which layer's reduction costs the most. Each is stepped from the state before a first step; their own states are afterwards what they were.
    /// </summary>
    /// <typeparam name="TNetwork">The network's class.</typeparam>
    /// <typeparam name="TReference">The reference's class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="reference">What it should compute.</param>
    /// <param name="inputs">[T × InputSize] (a class per step, as a float, for networks with <see cref="NetworkAttribute.OneHot"/>).</param>
    /// <returns>For each state its name (<c>lstm0.h</c>) and how far its values after all steps are from the reference's.</returns>
    /// <exception cref="ArgumentException">
    /// The networks have other inputs, outputs or states than each other, or <paramref name="inputs"/> is not of whole steps.
    /// </exception>
    /// <exception cref="NotSupportedException">The networks need later steps, so that they cannot go step by step.</exception>
    public static IReadOnlyList<KeyValuePair<string, OutputDifference>> CompareStatesWith<TNetwork, TReference>(
        this INetwork<TNetwork> network, INetwork<TReference> reference, ReadOnlySpan<float> inputs)
        where TNetwork : class, INetwork<TNetwork>
        where TReference : class, INetwork<TReference>
    {
        Check(network, reference);
        (NetworkLayout layout, NetworkLayout other) = (TNetwork.Layout, TReference.Layout);
        if (States(layout) != States(other))
            throw new ArgumentException($"reference: expected the states {States(layout)} as {layout.Network} has, got {States(other)} of {other.Network}", nameof(reference));
        int steps = Guard.Steps(inputs.Length, layout.FrameSize, nameof(inputs), layout.OneHot ? "a class" : nameof(layout.InputSize));
        float[] values = StatesOfSteps(network, inputs, steps), expected = StatesOfSteps(reference, inputs, steps);
        var differences = new List<KeyValuePair<string, OutputDifference>>();
        int offset = 0;
        foreach (StateLayout state in layout.States)
        {
            var difference = new DifferenceSum(state.Size);
            for (int step = 0; step < steps; step++)
                difference.Add(values.AsSpan((step * layout.StateSize) + offset, state.Size), expected.AsSpan((step * layout.StateSize) + offset, state.Size));
            differences.Add(new(state.Name, difference.Total));
            offset += state.Size;
        }

        return differences;
    }

    private static string States(NetworkLayout layout) => string.Join(", ", layout.States.Select(state => $"{state.Name} [{state.Size}]"));

    /// <summary>[steps × StateSize]: the states after each step.</summary>
    private static float[] StatesOfSteps<TNetwork>(INetwork<TNetwork> network, ReadOnlySpan<float> inputs, int steps)
        where TNetwork : class, INetwork<TNetwork>
    {
        (int size, int frame) = (TNetwork.StateSize, TNetwork.Layout.FrameSize);
        var states = new float[Guard.Elements(nameof(inputs), "states (T × StateSize)", steps, size)];
        var output = new float[TNetwork.OutputSize];
        FromFirstState(network, inputs, frames =>
        {
            for (int step = 0; step < steps; step++)
            {
                network.Step(frames.Slice(step * frame, frame), output);
                network.CopyStateTo(states.AsSpan(step * size, size));
            }
        });
        return states;
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
        FromFirstState(network, inputs, frames => network.Run(frames, outputs));
        return outputs;
    }

    /// <summary>Has something done from the state before a first step, and brings the network's own state back.</summary>
    private static void FromFirstState<TNetwork>(INetwork<TNetwork> network, ReadOnlySpan<float> inputs, Frames run)
        where TNetwork : class, INetwork<TNetwork>
    {
        // A state that is still to be taken from learned weights stays so: they may change until it is used.
        float[]? state = network.Memory.StartsLearned ? null : new float[TNetwork.StateSize];
        if (state is not null)
            network.CopyStateTo(state);
        network.Reset();
        try
        {
            run(inputs);
        }
        finally
        {
            if (state is null)
                network.Reset();
            else
                network.SetState(state);
        }
    }

    private delegate void Frames(ReadOnlySpan<float> frames);
}
