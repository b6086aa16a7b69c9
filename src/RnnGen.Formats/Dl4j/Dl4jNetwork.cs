namespace RnnGen.Formats.Dl4j;

/// <summary>Makes a network of a graph, vertex by vertex, as their parameters come.</summary>
internal sealed class Dl4jNetwork
{
    private readonly Dl4jGraph _graph;
    private readonly ModelBuilder _builder;
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dl4jParameters _parameters;
    private bool _trainsOtherwise;

    /// <summary>Reads all vertices.</summary>
    /// <exception cref="FormatException">The configuration is damaged, or its sizes are not those of the parameters.</exception>
    /// <exception cref="UnsupportedLayerException">RnnGen has nothing like a vertex.</exception>
    public Dl4jNetwork(Dl4jGraph graph, Dl4jParameters parameters, ImportOptions options)
    {
        (_graph, _parameters) = (graph, parameters);
        if (options.Subgraph is not null)
            throw new FormatException("expected the whole model, got a part: the parameters of a Deeplearning4j model are one vector");
        List<(Dl4jVertex Vertex, IReadOnlyList<Dl4jPart> Parts)> all = [.. graph.Vertices.Select(vertex => (vertex, Parts(vertex)))];
        parameters.CheckEmpty();
        Dl4jPart[] first = [.. all.Where(vertex => vertex.Vertex.Inputs is [var only] && only == graph.Input).Select(vertex => vertex.Parts.Count > 0 ? vertex.Parts[0] : null).OfType<Dl4jPart>()];
        int inputs = first.Select(part => part.Inputs).FirstOrDefault(size => size is not null)
            ?? throw new FormatException("configuration.json: expected a layer with parameters that reads the input, got none");
        bool classes = first.Any(IsEmbedding);
        _builder = new ModelBuilder("Deeplearning4j", inputs, classes, options) { MaskedState = MaskedState.Reset };
        _values.Add(graph.Input, new Value(ModelBuilder.Input, IsPerSequence: false, EndsEarly: false));
        foreach ((Dl4jVertex vertex, IReadOnlyList<Dl4jPart> parts) in all)
            Add(vertex, parts, classes);
        if (_trainsOtherwise)
            _builder.Note("Dropout and noise of the layers were left out: inference does not use them.");
        foreach (string output in graph.Outputs)
            if (!_values.TryGetValue(output, out Value? value) || value.Layer == ModelBuilder.Input)
                throw new FormatException($"configuration.json: expected an output that is a layer, got {Text.Quote(output)}");
    }

    /// <summary>Adds a sentence to the network's warnings.</summary>
    public void Warn(string sentence) => _builder.Warn(sentence);

    /// <summary>The network.</summary>
    public ModelDescription Build()
    {
        ModelDescription model = _builder.Build();
        string[] places = [.. model.Outputs.Select(layer => layer.Name)], wanted = [.. _graph.Outputs.Select(name => _values[name].Layer)];
        return wanted.SequenceEqual(places)
            ? model
            : throw new UnsupportedLayerException(string.Join(", ", _graph.Outputs), "ComputationGraph", "its outputs are not in the order of its layers, or another layer is the last");
    }

    private IReadOnlyList<Dl4jPart> Parts(Dl4jVertex vertex)
    {
        if (vertex.PreProcessor is { } processor)
            CheckProcessor(processor);
        Dl4jObject content = vertex.Content;
        _trainsOtherwise |= content.Kind is "dropout" or "DropoutLayer" || content.Find("idropout") is not null || content.Find("weightNoise") is not null || content.Number("dropOut", 0) > 0;
        switch (content.Kind)
        {
            case "MergeVertex":
                if (content.Number("mergeAxis", 1) != 1)
                    throw content.Unsupported("it does not merge features");
                return [Joined(content, (from, isOutput) => new ConcatAttribute { From = from, IsOutput = isOutput }, "modified")];
            case "ElementWiseVertex":
                return content.Word("op", "") switch
                {
                    "Add" => [Joined(content, (from, isOutput) => new AddAttribute { From = from, IsOutput = isOutput })],
                    "Product" => [Joined(content, (from, isOutput) => new MultiplyAttribute { From = from, IsOutput = isOutput })],
                    var other => throw content.Unsupported($"its operation is {Text.Quote(other)}, expected Add or Product"),
                };
            case "LastTimeStepVertex":
                return [Joined(content, (from, isOutput) => new LastStepAttribute { From = from, IsOutput = isOutput })];
            case "PreprocessorVertex":
                CheckProcessor(content.Object("preProcessor"));
                return [];
            default:
                return Dl4jLayers.Read(content, _parameters);
        }
    }

    private static Dl4jPart Joined(Dl4jObject vertex, Func<string[]?, bool, LayerAttribute> layer, string? ignored = null)
    {
        if (ignored is not null)
            vertex.Find(ignored);
        vertex.CheckRest();
        return Dl4jPart.Of(vertex.Kind, layer);
    }

    /// <summary>Time steps become examples and come back: a layer of each step, as RnnGen's are anyway.</summary>
    private static void CheckProcessor(Dl4jObject processor)
    {
        if (processor.Kind.ToLowerInvariant() is not ("rnntofeedforwardpreprocessor" or "feedforwardtornnpreprocessor" or "rnntofeedforward" or "feedforwardtornn"))
            throw processor.Unsupported("RnnGen has no such change of shape");
        processor.CheckRest();
    }

    private void Add(Dl4jVertex vertex, IReadOnlyList<Dl4jPart> parts, bool classes)
    {
        Value[] read = [.. vertex.Inputs.Select(name => _values.GetValueOrDefault(name) ?? throw new FormatException($"vertex {Text.Quote(vertex.Name)}: expected to read one before it, got {Text.Quote(name)}"))];
        bool joins = vertex.Content.Kind is "MergeVertex" or "ElementWiseVertex";
        if (read.Length == 0 || (read.Length > 1 && !joins))
            throw new FormatException($"vertex {Text.Quote(vertex.Name)}: expected one input, got {read.Length}");
        if (read.Any(source => source.IsPerSequence != read[0].IsPerSequence))
            throw vertex.Content.Unsupported("it joins vectors per step and vectors per sequence");
        Value value = new(read[0].Layer, read[0].IsPerSequence, read.Any(source => source.EndsEarly));
        if (value.IsPerSequence && vertex.PreProcessor is not null)
            throw vertex.Content.Unsupported("it makes a sequence of one vector");
        for (int index = 0; index < parts.Count && !(joins && read.Length == 1); index++)
        {
            string[] sources = index == 0 ? [.. read.Select(source => source.Layer)] : [value.Layer];
            value = Add(vertex, parts[index], sources, value, IsOutput(vertex, index == parts.Count - 1), classes);
        }

        _values.Add(vertex.Name, value);
    }

    private Value Add(Dl4jVertex vertex, Dl4jPart part, string[] sources, Value before, bool isOutput, bool classes)
    {
        string last = _builder.Layers.Count == 0 ? ModelBuilder.Input : _builder.Layers[^1].Name;
        LayerAttribute layer = part.Layer(sources is [var only] && only == last ? null : sources, isOutput);
        if (classes && !IsEmbedding(part) && sources.Contains(ModelBuilder.Input))
            throw vertex.Content.Unsupported("it reads the input, which an embedding reads as classes");
        if (IsEmbedding(part) && sources is not [ModelBuilder.Input])
            throw vertex.Content.Unsupported("it is not the first layer");
        bool pools = layer is LastStepAttribute or MeanPoolAttribute or MaxPoolAttribute;
        if (before.IsPerSequence && (pools || layer is RecurrentLayerAttribute))
            throw vertex.Content.Unsupported("it reads one vector per sequence, expected one per step");
        if (layer is LastStepAttribute && before.EndsEarly)
            throw vertex.Content.Unsupported("at the last step the reverse direction has seen that step alone, not the sequence; expected Bidirectional around LastTimeStep");
        ModelLayer added = _builder.Add(layer, $"Deeplearning4j's {part.Kind} {Text.Quote(vertex.Content.LayerName ?? vertex.Name)}", part.Parameters);
        bool endsEarly = layer is RecurrentLayerAttribute recurrent ? recurrent.Direction == Direction.Bidirectional && !EndsInLastStep(vertex) : before.EndsEarly && !pools;
        return new Value(added.Name, before.IsPerSequence || pools, endsEarly);
    }

    /// <summary>Outputs are marked where there are several; a single one is the last layer.</summary>
    private bool IsOutput(Dl4jVertex vertex, bool isLastPart) => isLastPart && _graph.Outputs.Count > 1 && _graph.Outputs.Contains(vertex.Name);

    private static bool EndsInLastStep(Dl4jVertex vertex) => vertex.Content.Kind == "Bidirectional" && vertex.Content.Object("fwd").Kind == "LastTimeStep";

    private static bool IsEmbedding(Dl4jPart part) => part.Kind.StartsWith("embedding", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a vertex gives.</summary>
    /// <param name="Layer">The layer that gives it.</param>
    /// <param name="IsPerSequence">Whether it is one vector per sequence.</param>
    /// <param name="EndsEarly">Whether its last step holds a reverse direction that has seen one step there.</param>
    private sealed record Value(string Layer, bool IsPerSequence, bool EndsEarly);
}
