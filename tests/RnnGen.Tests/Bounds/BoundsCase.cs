using System.Reflection;
using RnnGen.Runtime;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Bounds;

/// <summary>Everything that one network computes, in guarded memory and against the reference.</summary>
internal abstract class BoundsCase
{
    /// <summary>The network's own weights' seed.</summary>
    protected const int Seed = 3;

    /// <summary>Batches: each number of sequences from 1 to 9, and those about a group of 16.</summary>
    private static readonly (int Steps, int BatchSize)[] Batches =
        [(1, 1), (5, 2), (2, 3), (1, 4), (5, 5), (2, 6), (1, 7), (2, 8), (5, 9), (1, 16), (2, 17)];

    /// <summary>The networks.</summary>
    public static IReadOnlyList<Type> Networks { get; } =
    [
        .. typeof(BoundsLayerNorm).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(BoundsCase).Namespace && type.GetCustomAttribute<NetworkAttribute>() is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>All of a network, with guards on one side and then on the other. Says what it does before it does it, so that a crash has a name.</summary>
    public static void Run(Type network, Action<string> say)
    {
        const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public;
        Type closed = typeof(BoundsCase<,>).MakeGenericType(network, network.GetProperty("CurrentState", Own)!.PropertyType);
        foreach ((int steps, int batchSize) in Batches)
        {
            var bounds = (BoundsCase)Activator.CreateInstance(closed, steps, batchSize)!;
            foreach (GuardedSide side in Enum.GetValues<GuardedSide>())
            {
                void Say(string phase) => say($"{network.Name}, {steps} steps × {batchSize}, guarded at the {side}: {phase}");
                using var memory = new GuardedMemory(side);
                ArenaSource.Current = memory;
                try
                {
                    bounds.Run(memory, Say);
                }
                finally
                {
                    ArenaSource.Current = null;
                }
            }
        }
    }

    protected abstract void Run(GuardedMemory memory, Action<string> say);
}

/// <param name="steps">Time steps.</param>
/// <param name="batchSize">Sequences, and streams.</param>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <typeparam name="TState">Its state.</typeparam>
internal sealed partial class BoundsCase<TNetwork, TState>(int steps, int batchSize) : BoundsCase
    where TNetwork : class, INetwork<TNetwork>
    where TState : struct
{
    /// <summary>What eight bits a weight may be off: they are about memory here, and about values elsewhere.</summary>
    private const double Reduced = 0.1;

    private static readonly NetworkLayout Layout = TNetwork.Layout;

    private readonly BoundsBatch _batch = new(Layout, steps, batchSize);
    private readonly float[] _outputGradients =
        [.. Numbers.Draw(3, (Layout.ManyToOne ? 1 : steps) * batchSize * TNetwork.OutputSize).Select(value => value + 0.5f)];
    private readonly float[] _finalStateGradients = Numbers.Draw(2, batchSize * TNetwork.StateSize);
    private ReferenceResult? _expected;

    protected override void Run(GuardedMemory memory, Action<string> say)
    {
        say("construction");
        using TNetwork network = TNetwork.Create(Seed);
        float[] weights = network.Memory.PackedWeights.ToArray();
        _expected ??= ReferenceNetwork.Of(network).Run(
            _batch.Sequences, new double[batchSize * TNetwork.StateSize], Doubles(_outputGradients), Doubles(_finalStateGradients));
        SequenceBatch batch = _batch.In(memory);

        OwnState(network, memory, say);
        Streams(network, memory, say);
        say("Run of a batch");
        Span<float> outputs = memory.Take<float>(_outputGradients.Length);
        network.Run(batch, outputs);
        Inferred("outputs of a batch", _expected.Outputs, outputs);
        say("Run of streams");
        outputs.Fill(float.NaN);
        StreamCalls.RunBatch(network, memory.Take<TState>(batchSize), batch, outputs);
        Inferred("outputs of streams", _expected.Outputs, outputs);
        Passes(network, memory, batch, say);
        Numbers.AssertSameBits(weights, network.Memory.PackedWeights); // no one has written beside what it computes
        Training(memory, batch, say);
    }

    /// <summary>The first sequence, from the network's own state: step by step and at once.</summary>
    private void OwnState(TNetwork network, GuardedMemory memory, Action<string> say)
    {
        float[] frames = _batch.RealFrames(0);
        double[] expected = _batch.RealOutputs(_expected!.Outputs, 0);
        Span<float> input = memory.Copy<float>(frames);
        Span<float> output = memory.Take<float>(expected.Length);
        if (Layout.ReverseLayer is null)
        {
            say("Step");
            Steps(network, memory, input, output, OwnStep);
            Inferred("outputs of steps", expected, output);
            network.Reset();
        }

        say("Run");
        output.Fill(float.NaN);
        network.Run(input, output);
        Inferred("outputs of a run", expected, output);
        say("the state's way in and out");
        Span<float> state = memory.Take<float>(TNetwork.StateSize);
        network.CopyStateTo(state);
        Inferred("final state", _expected.FinalState.AsSpan(0, TNetwork.StateSize), state);
        network.SetState(state);
        network.Reset();
    }

    /// <summary>Streams whose states the caller has: one alone, and many in one call.</summary>
    private void Streams(TNetwork network, GuardedMemory memory, Action<string> say)
    {
        // Classes take the way of an int, through memory of a pool that has no guards.
        if (Layout.OneHot)
            return;
        Span<float> frames = memory.Copy<float>(_batch.RealFrames(0));
        double[] expected = _batch.RealOutputs(_expected!.Outputs, 0);
        Span<float> output = memory.Take<float>(expected.Length);
        say("Run of a stream");
        StreamCalls.Run(network, ref memory.Take<TState>(1)[0], frames, output);
        Inferred("outputs of a stream", expected, output);
        if (Layout.ReverseLayer is not null)
            return;

        say("Step of a stream");
        output.Fill(float.NaN);
        Steps(network, memory, frames, output, StreamCalls.Step);
        Inferred("outputs of a stream's steps", expected, output);
        StepsOfStreams(network, memory, say);
    }

    /// <summary>The answers to some frames one by one, of a stream that begins with them.</summary>
    private static void Steps(TNetwork network, GuardedMemory memory, ReadOnlySpan<float> input, Span<float> output, OneStream step)
    {
        ref TState state = ref memory.Take<TState>(1)[0];
        Span<float> frame = memory.Take<float>(Layout.FrameSize);
        Span<float> answer = memory.Take<float>(TNetwork.OutputSize);
        for (; !input.IsEmpty; input = input[frame.Length..])
        {
            input[..frame.Length].CopyTo(frame);
            step(network, ref state, frame, answer);
            answer.CopyTo(output);
            output = Layout.ManyToOne ? output : output[answer.Length..];
        }
    }

    private void StepsOfStreams(TNetwork network, GuardedMemory memory, Action<string> say)
    {
        Span<TState> states = memory.Take<TState>(batchSize);
        Span<float> last = memory.Take<float>(_outputGradients.Length);
        for (int step = 0; step < steps; step++)
        {
            say($"Step {step} of streams");
            Span<float> input = memory.Copy(_batch.FramesOf(step));
            Span<float> output = memory.Take<float>(batchSize * TNetwork.OutputSize);
            Span<bool> active = memory.Copy(_batch.MaskOf(step));
            StreamCalls.StepMany(network, states, input, output, active);
            for (int stream = 0; stream < batchSize; stream++)
            {
                int row = ((Layout.ManyToOne ? 0 : step * batchSize) + stream) * TNetwork.OutputSize;
                if (active[stream])
                    output.Slice(stream * TNetwork.OutputSize, TNetwork.OutputSize).CopyTo(last[row..]);
            }
        }

        Inferred("outputs of streams' steps", _expected!.Outputs, last);
    }

    // Takes a stream's state as well, to be called as its step is.
    private static void OwnStep(TNetwork network, ref TState ignored, ReadOnlySpan<float> input, Span<float> output) => network.Step(input, output);

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>What inference gives: with reduced weights, nearly the same.</summary>
    private static void Inferred(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual) => Closeness.Check(
        "bounds, inference", $"{typeof(TNetwork).Name} {what}", expected, actual, Layout.Reduced.Count == 0 ? Closeness.Forward : Reduced);

    private static void Forward(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("bounds, forward", $"{typeof(TNetwork).Name} {what}", expected, actual, Closeness.Forward);

    private static void Backward(string what, double[] expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("bounds, gradients", $"{typeof(TNetwork).Name} {what}", expected, actual, Closeness.Gradient);
}
