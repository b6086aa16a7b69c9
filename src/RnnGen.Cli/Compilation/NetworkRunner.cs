using RnnGen.Formats;
using RnnGen.Latency;
using RnnGen.Runtime;

namespace RnnGen.Cli.Compilation;

/// <summary>A network whose class was compiled in this process and has no name here.</summary>
internal abstract class NetworkRunner : IDisposable
{
    /// <summary>The text of <see cref="INetwork{TSelf}.Summary"/>.</summary>
    public abstract string Summary { get; }

    /// <summary>Floats of its state.</summary>
    public abstract int StateSize { get; }

    /// <summary>Whether it can run step by step: its layers need no later frames.</summary>
    public bool HasSteps => Layout.ReverseLayer is null;

    /// <summary>Its layout, as the runtime knows it.</summary>
    public abstract NetworkLayout Layout { get; }

    /// <summary>The work of one of its steps.</summary>
    public abstract StepWork Work { get; }

    /// <summary>Sets all parameters.</summary>
    public abstract void SetParameters(ModelDescription model);

    /// <summary>Writes its weights to a safetensors file, with the network's architecture as text.</summary>
    public abstract void Save(string path);

    /// <summary>The outputs of a sequence, as a batch of one.</summary>
    /// <param name="input">Frames one after the other; classes of a network that takes them.</param>
    /// <param name="mask">A value per step, or empty where all are part of the sequence.</param>
    public abstract float[] Run(ReadOnlySpan<float> input, ReadOnlySpan<bool> mask = default);

    /// <summary>The outputs of a sequence, computed step by step from the initial state: <c>[steps × outputs]</c>.</summary>
    /// <param name="input">Frames one after the other.</param>
    public abstract float[] Steps(ReadOnlySpan<float> input);

    /// <summary>One step from the state that the last one left.</summary>
    public abstract void Step(ReadOnlySpan<float> frame, Span<float> output);

    /// <summary>Times its steps; it must be able to run step by step.</summary>
    public abstract LatencyReport Measure(ReadOnlySpan<float> frames, LatencyOptions options);

    /// <summary>Another network of the same class, with the weights that <see cref="INetwork{TSelf}.Load(Stream)"/> loads from a file.</summary>
    public abstract NetworkRunner Load(Stream file);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed class NetworkRunner<TNetwork> : NetworkRunner
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly TNetwork _network;

    /// <summary>A network with arbitrary weights.</summary>
    public NetworkRunner()
        : this(TNetwork.Create(seed: 0))
    {
    }

    private NetworkRunner(TNetwork network) => _network = network;

    public override string Summary => _network.Summary();

    public override int StateSize => TNetwork.StateSize;

    public override NetworkLayout Layout => TNetwork.Layout;

    public override StepWork Work => StepWork.Of<TNetwork>();

    public override void SetParameters(ModelDescription model)
    {
        foreach (NamedTensor tensor in model.Tensors)
        {
            if (!_network.Parameters.Contains(tensor.Name))
                throw new FormatException($"the network has no parameter {tensor}; it has {string.Join(", ", _network.Parameters.Select(parameter => parameter.Name))}");
            _network.Parameters[tensor.Name].Set(tensor.Values);
        }

        if (model.Tensors.Count != _network.Parameters.Count)
            throw new FormatException($"expected {_network.Parameters.Count} parameters, {string.Join(", ", _network.Parameters.Select(parameter => parameter.Name))}, got {string.Join(", ", model.Tensors)}");
    }

    public override float[] Run(ReadOnlySpan<float> input, ReadOnlySpan<bool> mask = default)
    {
        int features = Layout.FrameSize, steps = input.Length / features;
        bool[] counted = mask.IsEmpty ? [.. Enumerable.Repeat(true, steps)] : mask.ToArray();
        SequenceBatch batch = Layout.OneHot
            ? SequenceBatch.FromTimeMajor(Array.ConvertAll(input.ToArray(), value => (int)value), steps, 1, Array.ConvertAll(counted, value => value ? (byte)1 : (byte)0))
            : SequenceBatch.FromTimeMajor(input, steps, 1, features, counted);
        float[] output = new float[(Layout.ManyToOne ? 1 : steps) * TNetwork.OutputSize];
        _network.Run(batch, output);
        return output;
    }

    public override float[] Steps(ReadOnlySpan<float> input)
    {
        int features = Layout.FrameSize, steps = input.Length / features;
        float[] output = new float[steps * TNetwork.OutputSize];
        _network.Reset();
        for (int step = 0; step < steps; step++)
            Step(input.Slice(step * features, features), output.AsSpan(step * TNetwork.OutputSize, TNetwork.OutputSize));
        return output;
    }

    public override void Step(ReadOnlySpan<float> frame, Span<float> output) => _network.Step(frame, output);

    public override LatencyReport Measure(ReadOnlySpan<float> frames, LatencyOptions options) => LatencyReport.Measure(_network, frames, options);

    public override void Save(string path) => _network.Save(path);

    public override NetworkRunner Load(Stream file) => new NetworkRunner<TNetwork>(TNetwork.Load(file));

    public override void Dispose() => _network.Dispose();
}
