using Microsoft.ML.OnnxRuntime;
using RnnGen.Formats;
using RnnGen.Formats.Onnx;

namespace RnnGen.Cli.Onnx;

/// <summary>A file's graph in ONNX Runtime, run like the network that was read from the file: one sequence, from a zero state.</summary>
internal sealed class OnnxRuntimeSession : IDisposable
{
    private readonly RunOptions _options;
    private readonly GraphSignature _signature;
    private readonly OnnxValue[] _inputs;

    /// <summary>Loads a graph.</summary>
    /// <param name="file">The whole file, which can be read.</param>
    /// <param name="optimizes">Whether ONNX Runtime optimizes the graph, or computes it unchanged.</param>
    /// <exception cref="NotSupportedException">ONNX Runtime is not there, rejects the file, or cannot run one sequence.</exception>
    public OnnxRuntimeSession(ModelFile file, bool optimizes)
    {
        Version = OnnxRuntimeLibrary.Version;
        (_signature, OnnxGraph graph) = GraphSignature.Of(file) ?? throw new ArgumentException("expected an ONNX file", nameof(file));
        if (_signature.InputAxes.Any(axis => axis is { Axis: Axis.Batch, Size: > 1 }))
            throw new NotSupportedException("the graph takes several sequences at once");
        _inputs = [.. graph.Inputs.Where(input => !graph.Initializers.ContainsKey(input.Name))];
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            GraphOptimizationLevel = optimizes ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL,
        };
        Session = Guarded(() => new InferenceSession(file.Bytes, options));
        _options = new RunOptions(); // The first object of ONNX Runtime loads its native library, which must have been found by then.
    }

    /// <summary>ONNX Runtime's version.</summary>
    public string Version { get; }

    /// <summary>The session.</summary>
    public InferenceSession Session { get; }

    /// <summary>The states' inputs, and the outputs that are the same states afterwards.</summary>
    public IReadOnlyDictionary<string, string> NextStates => _signature.NextStates;

    /// <summary>Whether a call may take a single step and the next call continue from it.</summary>
    public bool HasSteps => !_signature.HasTime || (NextStates.Count > 0 && _signature.InputAxes.All(axis => axis is not { Axis: Axis.Time, Size: > 1 }));

    /// <summary>The name of the network's input.</summary>
    public string Input => _signature.Input;

    /// <summary>Steps of a sequence: as many as wanted, unless the graph has a number of its own.</summary>
    public int Steps(int wanted) => _signature.InputAxes.FirstOrDefault(axis => axis.Axis == Axis.Time) is { Axis: Axis.Time, Size: > 0 and var size } ? size : wanted;

    /// <summary>The network's outputs of a sequence, as the network gives them.</summary>
    /// <param name="frames">Frames one after the other, as many as <see cref="Steps"/> says.</param>
    /// <param name="frame">Values of one.</param>
    /// <exception cref="NotSupportedException">ONNX Runtime cannot compute the graph, or does not return floats.</exception>
    public double[] Run(float[] frames, int frame)
    {
        int all = frames.Length / frame, piece = _signature.HasTime ? all : 1;
        List<double> outputs = [];
        Dictionary<string, float[]> states = [];
        for (int step = 0; step < all; step += piece)
        {
            Dictionary<string, OrtValue> feeds = Feeds(frames.AsSpan(step * frame, piece * frame), piece, states);
            string[] wanted = [.. _signature.Outputs.Select(output => output.Name), .. NextStates.Values];
            using IDisposableReadOnlyCollection<OrtValue> results = Guarded(() => Session.Run(_options, feeds, wanted));
            outputs.AddRange(Rows([.. results.Take(_signature.Outputs.Count).Select(Floats)], piece));
            states = NextStates.Keys.Zip(results.Skip(_signature.Outputs.Count)).ToDictionary(pair => pair.First, pair => Floats(pair.Second));
            foreach (OrtValue value in feeds.Values)
                value.Dispose();
        }

        return [.. outputs];
    }

    /// <summary>All inputs of a call: the frames, states (zero unless given), and how many steps there are.</summary>
    public Dictionary<string, OrtValue> Feeds(ReadOnlySpan<float> frames, int steps, IReadOnlyDictionary<string, float[]> states)
    {
        Dictionary<string, OrtValue> feeds = [];
        foreach (OnnxValue input in _inputs)
        {
            long[] shape = input.Name == Input ? [.. _signature.InputAxes.Select(axis => (long)Size(axis, steps))] : [.. (input.Shape ?? []).Select(size => (long)(size ?? 1))];
            float[] values = input.Name == Input ? Ordered(frames, steps) : states.TryGetValue(input.Name, out float[]? state) ? state : new float[shape.Aggregate(1L, (count, size) => count * size)];
            if (input.Name != Input && OnnxTensor.IsInteger(input.Type) && shape.Length == 1)
                Array.Fill(values, steps); // the lengths of sequences
            feeds.Add(input.Name, Value(values, input.Type, shape));
        }

        return feeds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }

    /// <summary>Turns a failure of ONNX Runtime into one kind of exception.</summary>
    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (OnnxRuntimeException refusal)
        {
            throw new NotSupportedException($"it rejects the graph: {Text.Shorten(refusal.Message, 200)}", refusal);
        }
    }

    private static OrtValue Value(float[] values, OnnxType type, long[] shape) => type switch
    {
        OnnxType.Float => OrtValue.CreateTensorValueFromMemory(values, shape),
        OnnxType.Double => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (double)value), shape),
        OnnxType.Int32 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (int)value), shape),
        OnnxType.Int64 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (long)value), shape),
        OnnxType.UInt8 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (byte)value), shape),
        _ => throw new NotSupportedException($"an input of the graph is of type {type}"),
    };

    private static float[] Floats(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Double => Array.ConvertAll(value.GetTensorDataAsSpan<double>().ToArray(), number => (float)number),
        var other => throw new NotSupportedException($"an output of the graph is of type {other}"),
    };

    private static int Size(Dim axis, int steps) => axis.HasTime ? steps : axis.Axis == Axis.Batch ? 1 : axis.Size;

    /// <summary>The step and the value within the step of each place of a tensor.</summary>
    private static IEnumerable<(int Step, int Value)> Places(IReadOnlyList<Dim> axes, int steps)
    {
        int[] at = new int[axes.Count];
        while (true)
        {
            int step = 0, value = 0;
            for (int axis = 0; axis < at.Length; axis++)
            {
                if (axes[axis].HasTime)
                    step = at[axis];
                else if (axes[axis].Axis == Axis.Data)
                    value = (value * axes[axis].Size) + at[axis];
            }

            yield return (step, value);
            int last = at.Length - 1;
            while (last >= 0 && ++at[last] == Size(axes[last], steps))
                at[last--] = 0;
            if (last < 0)
                yield break;
        }
    }

    /// <summary>Frames in the order of the input's axes.</summary>
    private float[] Ordered(ReadOnlySpan<float> frames, int steps)
    {
        float[] values = new float[frames.Length];
        int frame = frames.Length / steps, at = 0;
        foreach ((int step, int value) in Places(_signature.InputAxes, steps))
            values[at++] = frames[(step * frame) + value];
        return values;
    }

    /// <summary>Tensors step by step, all of them one after the other in each.</summary>
    private double[] Rows(float[][] tensors, int steps)
    {
        int[] sizes = [.. _signature.Outputs.Select(output => Formats.Onnx.Tensor.Product(output.Axes))];
        int row = sizes.Sum(), rows = _signature.Outputs.Any(output => output.Axes.Any(axis => axis.HasTime)) ? steps : 1, offset = 0;
        double[] all = new double[rows * row];
        for (int output = 0; output < tensors.Length; output++)
        {
            IReadOnlyList<Dim> axes = _signature.Outputs[output].Axes;
            if (tensors[output].Length != axes.Aggregate(1, (count, axis) => count * Size(axis, steps)))
                throw new NotSupportedException($"its output \"{_signature.Outputs[output].Name}\" has {tensors[output].Length} values, which is not the size that the graph declares");
            int at = 0;
            foreach ((int step, int value) in Places(axes, steps))
                all[(step * row) + offset + value] = tensors[output][at++];
            offset += sizes[output];
        }

        return all;
    }
}
