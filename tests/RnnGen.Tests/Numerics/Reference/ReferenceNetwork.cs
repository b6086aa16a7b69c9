using System.Reflection;

namespace RnnGen.Tests.Numerics;

/// <summary>
/// The layers that a class's attributes describe, in double precision and one sequence at a time, with plain loops: written from the attributes' documentation,
/// with nothing of the generator's.
/// </summary>
internal sealed class ReferenceNetwork
{
    private readonly List<ReferenceLayer> _layers = [];
    private readonly List<int[]> _sources = [];
    private readonly List<int> _outputs = [];

    /// <summary>Reads the attributes of a network's class.</summary>
    public ReferenceNetwork(Type network)
        : this(network.GetCustomAttribute<NetworkAttribute>()!, network.GetCustomAttributes<LayerAttribute>())
    {
    }

    /// <summary>A network of layers.</summary>
    public ReferenceNetwork(NetworkAttribute network, IEnumerable<LayerAttribute> layers)
    {
        TakesClasses = network.OneHot > 0;
        InputSize = TakesClasses ? network.OneHot : network.InputSize;
        List<string> names = ["input"]; // in front of the layers, so that a layer's place is one more
        foreach (LayerAttribute attribute in layers)
        {
            int[] sources = [.. attribute.From?.Select(name => names.IndexOf(name)) ?? [_layers.Count]];
            int[] sizes = [.. sources.Select(source => source == 0 ? InputSize : _layers[source - 1].Size)];
            ReferenceLayer layer = Create(attribute, sizes, network.MaskedState == MaskedState.Reset);
            _layers.Add(layer);
            _sources.Add(sources);
            names.Add(NameOf(attribute, names.Count - 1));
            if (attribute.IsOutput)
                _outputs.Add(_layers.Count);
        }

        if (_outputs.Count == 0)
            _outputs.Add(_layers.Count);
        OutputSize = _outputs.Sum(output => _layers[output - 1].Size);

        foreach ((string name, int[] shape) in _layers.SelectMany(layer => layer.Shapes))
        {
            Shapes.Add(name, shape);
            Parameters.Add(name, new double[shape.Aggregate(1, (product, size) => product * size)]);
        }
    }

    /// <summary>Whether a step is a class, which stands for the vector with a 1 at its place.</summary>
    public bool TakesClasses { get; }

    public int InputSize { get; }

    public int OutputSize { get; }

    public int StateSize => _layers.Sum(layer => layer.States.Sum(state => state.Size));

    /// <summary>The parameters' shapes by their full names, in canonical order.</summary>
    public Dictionary<string, int[]> Shapes { get; } = [];

    /// <summary>The parameters by their full names, row-major.</summary>
    public Dictionary<string, double[]> Parameters { get; } = [];

    /// <summary>A network's class and weights.</summary>
    public static ReferenceNetwork Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        var reference = new ReferenceNetwork(typeof(TNetwork));
        reference.CopyWeightsOf(network.Parameters);
        return reference;
    }

    /// <summary>Takes over a network's weights; names and shapes are as expected.</summary>
    public void CopyWeightsOf(ParameterCollection parameters)
    {
        string expected = string.Join(", ", Shapes.Select(Describe));
        string actual = string.Join(", ", parameters.Select(parameter => Describe(new(parameter.Name, [.. parameter.Shape]))));
        if (actual != expected)
            throw new InvalidOperationException($"expected the parameters {expected}, got {actual}");
        foreach (Parameter parameter in parameters)
            Array.ConvertAll(parameter.ToArray(), value => (double)value).CopyTo(Parameters[parameter.Name], 0);
    }

    /// <summary>Writes the learned values into a state, [StateSize].</summary>
    public void SetLearned(Span<float> state)
    {
        foreach ((int size, string? learned) in _layers.SelectMany(layer => layer.States))
        {
            if (learned is not null)
                Array.ConvertAll(Parameters[learned], value => (float)value).CopyTo(state);
            state = state[size..];
        }
    }

    /// <summary>Both passes over a batch; see <see cref="Run(IReadOnlyList{double[][]}, double[], double[], double[], bool)"/>.</summary>
    public ReferenceResult Run(
        SequenceBatch batch, ReadOnlySpan<float> initialStates, ReadOnlySpan<float> outputGradients, ReadOnlySpan<float> finalStateGradients, bool inFloats = false)
    {
        float[] frames = TakesClasses ? OneHot.Encode([.. batch.Data.ToArray().Select(frame => (int)frame)], InputSize) : batch.Data.ToArray();
        double[][] rows = [.. Doubles(frames).Chunk(InputSize)];
        byte[] mask = batch.Mask.ToArray();
        double[]?[][] sequences = [.. Enumerable.Range(0, batch.BatchSize).Select(
            sequence => rows.Where((_, row) => row % batch.BatchSize == sequence)
                .Select((row, step) => mask[step * batch.BatchSize + sequence] != 0 ? row : null).ToArray())];
        return Run(sequences, Doubles(initialStates), Doubles(outputGradients), Doubles(finalStateGradients), inFloats);
    }

    /// <summary>
    /// Both passes. The result that is differentiated is Σ outputs · <paramref name="outputGradients"/> + Σ final states ·
    /// <paramref name="finalStateGradients"/>.
    /// </summary>
    /// <param name="sequences">A row a step, null where it is masked.</param>
    /// <param name="initialStates">[B, StateSize].</param>
    /// <param name="outputGradients">[T, B, OutputSize], or [B, OutputSize] of a many-to-one network; those at masked steps do not matter.</param>
    /// <param name="finalStateGradients">[B, StateSize].</param>
    /// <param name="inFloats">Whether every result is rounded to a float.</param>
    public ReferenceResult Run(
        IReadOnlyList<double[]?[]> sequences, double[] initialStates, double[] outputGradients, double[] finalStateGradients, bool inFloats = false)
    {
        var computation = new Computation(inFloats);
        var parameters = Parameters.ToDictionary(parameter => parameter.Key, parameter => computation.Leaf(parameter.Value));
        List<ReferenceSequence> results = [.. sequences.Select((sequence, index) => Forward(
            computation, parameters, Array.ConvertAll(sequence, row => row is null ? null : computation.Leaf(row)),
            computation.Leaf(initialStates[(index * StateSize)..((index + 1) * StateSize)])))];
        var result = new ReferenceResult(this, results, parameters, computation.NearestKink);
        result.Seed(outputGradients, finalStateGradients);
        computation.Differentiate();
        return result;
    }

    private ReferenceSequence Forward(Computation computation, IReadOnlyDictionary<string, Variable> parameters, Variable?[] frames, Variable initialState)
    {
        var run = new ReferenceRun(computation, parameters, initialState, frames);
        List<ReferenceRows> rows = [new(frames)], logits = [rows[0]];
        foreach ((ReferenceLayer layer, int[] sources) in _layers.Zip(_sources))
        {
            run.Logits = null;
            rows.Add(layer.Forward([.. sources.Select(source => rows[source])], run));
            logits.Add(run.Logits ?? rows[^1]);
        }

        return new ReferenceSequence(frames, initialState, OutputsOf(rows).Steps, OutputsOf(logits).Steps, run.FinalState);
    }

    /// <summary>The outputs one after the other.</summary>
    private ReferenceRows OutputsOf(List<ReferenceRows> rows) =>
        _outputs.Count == 1 ? rows[_outputs[0]] : ReferenceRows.Of([.. _outputs.Select(output => rows[output])], Variable.Concat);

    private static double[] Doubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), value => (double)value);

    /// <summary>A layer's name: its own, or its kind and its place among all layers.</summary>
    private static string NameOf(LayerAttribute attribute, int place) =>
        attribute.Name ?? $"{attribute.GetType().Name[..^"Attribute".Length].ToLowerInvariant()}{place}";

    private ReferenceLayer Create(LayerAttribute attribute, int[] inputSizes, bool resets)
    {
        string name = NameOf(attribute, _layers.Count);
        int inputSize = inputSizes.Sum();
        return attribute switch
        {
            RnnAttribute rnn => new ReferenceRnn(name, rnn, inputSize, resets),
            LstmAttribute lstm => new ReferenceLstm(name, lstm, inputSize, resets),
            CellAttribute own when own.GetType().Name == "MguAttribute" => new ReferenceMgu(name, own, inputSize, resets),
            GruAttribute gru => new ReferenceGru(name, gru, inputSize, resets),
            DenseAttribute dense => new ReferenceDense(name, dense, inputSize),
            EmbeddingAttribute embedding => new ReferenceEmbedding(name, embedding, inputSize),
            Conv1DAttribute convolution => new ReferenceConv1D(name, convolution, inputSize, resets),
            ActivationAttribute activation => new ReferenceActivationAlone(name, activation, inputSize),
            LayerNormAttribute => new ReferenceLayerNorm(name, inputSize),
            LastStepAttribute => new ReferenceLastStep(name, inputSize),
            MeanPoolAttribute => new ReferenceMeanPool(name, inputSize),
            MaxPoolAttribute => new ReferenceMaxPool(name, inputSize),
            DropoutAttribute => new ReferenceDropout(name, inputSize),
            SkipAttribute => new ReferenceSkip(name, inputSize),
            AddAttribute => new ReferenceFold(name, inputSizes[0], (one, other) => one + other),
            MultiplyAttribute => new ReferenceFold(name, inputSizes[0], (one, other) => one * other),
            ConcatAttribute => new ReferenceConcat(name, inputSize),
            _ => throw new InvalidOperationException($"no reference for {attribute}"),
        };
    }

    private static string Describe(KeyValuePair<string, int[]> parameter) => $"{parameter.Key} [{string.Join(", ", parameter.Value)}]";
}
