namespace RnnGen.Formats.Onnx.Writing;

/// <summary>Writes the layers of a network as the nodes of a graph.</summary>
internal sealed class OnnxLayers(ModelDescription model)
{
    private const string Input = "input", Output = "output";

    private readonly OnnxGraph _graph = new();
    private readonly List<(string Rows, string? Last)> _values = []; // of each layer: at each step, and what its last step is where that is not the last row
    private string? _oneHot;

    /// <summary>The graph.</summary>
    public byte[] Write()
    {
        if (model.IsOneHot)
            _graph.IntegerInput(Input, OnnxWriter.Steps, OnnxWriter.Batch);
        else
            _graph.Input(Input, OnnxWriter.Steps, OnnxWriter.Batch, model.InputSize);
        foreach (ModelLayer layer in model.Layers)
            _values.Add(layer.Attribute is RecurrentLayerAttribute ? new OnnxRecurrent(_graph, layer).Add(Joined(layer)) : (Add(layer), Kept(layer)));
        foreach (ModelLayer output in model.Outputs)
            AddOutput(output);
        return _graph.Message("RnnGen");
    }

    private void AddOutput(ModelLayer layer)
    {
        string name = model.Outputs.Count == 1 ? Output : layer.Name;
        _graph.Node("Identity", [_values[Place(layer)].Rows], [], [name]);
        if (layer.IsPerSequence)
            _graph.Output(name, OnnxWriter.Batch, layer.OutputSize);
        else
            _graph.Output(name, OnnxWriter.Steps, OnnxWriter.Batch, layer.OutputSize);
    }

    private int Place(ModelLayer layer) => Enumerable.Range(0, model.Layers.Count).First(place => ReferenceEquals(model.Layers[place], layer));

    private string Add(ModelLayer layer) => layer.Attribute switch
    {
        DenseAttribute dense => Dense(layer, dense),
        EmbeddingAttribute => _graph.Node("Gather", [Constant(layer, "weight"), Input], OnnxAttribute.Of("axis", 0)),
        ActivationAttribute alone => OnnxActivations.Add(_graph, alone.Activation, Joined(layer), alone.ActivationAlpha, alone.ActivationBeta),
        LayerNormAttribute => _graph.Node(
            "LayerNormalization", [Joined(layer), Constant(layer, "weight"), Constant(layer, "bias")], OnnxAttribute.Of("axis", -1), OnnxAttribute.Of("epsilon", 1e-5f)),
        Conv1DAttribute convolution => Convolution(layer, convolution),
        AddAttribute => Folded("Add", layer),
        MultiplyAttribute => Folded("Mul", layer),
        LastStepAttribute => Last(layer),
        MeanPoolAttribute => _graph.Node("ReduceMean", [Joined(layer)], OnnxAttribute.Of("axes", (IReadOnlyList<long>)[0]), OnnxAttribute.Of("keepdims", 0)),
        MaxPoolAttribute => _graph.Node("ReduceMax", [Joined(layer)], OnnxAttribute.Of("axes", (IReadOnlyList<long>)[0]), OnnxAttribute.Of("keepdims", 0)),
        SkipAttribute => _graph.Node("Add", [Joined(layer), Part(Source(-1), 0, layer.OutputSize, 2)]),
        ConcatAttribute or DropoutAttribute => Joined(layer),
        _ => throw new UnsupportedLayerException(layer.Name, LayerNames.Kind(layer.Attribute), "ONNX has no operator for it"),
    };

    private string Dense(ModelLayer layer, DenseAttribute dense)
    {
        NamedTensor weight = layer.Find("weight")!;
        string product = _graph.Node("MatMul", [Joined(layer), _graph.Constant(weight.Name, [layer.InputSize, dense.Units], weight.Values.Transposed(dense.Units, layer.InputSize))]);
        string sum = dense.Bias ? _graph.Node("Add", [product, Constant(layer, "bias")]) : product;
        return OnnxActivations.Add(_graph, dense.Activation, sum, dense.ActivationAlpha, dense.ActivationBeta);
    }

    /// <summary>Over <c>[batch, channels, steps]</c>; a causal one reads its past before them.</summary>
    private string Convolution(ModelLayer layer, Conv1DAttribute convolution)
    {
        int reach = (convolution.KernelSize - 1) * convolution.Dilation;
        bool isCausal = convolution.Padding == ConvPadding.Causal;
        string channels = Transposed(Joined(layer), 1, 2, 0);
        if (isCausal && reach > 0)
        {
            string past = $"{layer.Name}.past", next = past + "_next";
            _graph.Input(past, OnnxWriter.Batch, layer.InputSize, reach);
            channels = _graph.Node("Concat", [past, channels], OnnxAttribute.Of("axis", 2));
            _graph.Node("Identity", [Part(channels, -reach, int.MaxValue, 2)], [], [next]);
            _graph.Output(next, OnnxWriter.Batch, layer.InputSize, reach);
        }

        long before = isCausal ? 0 : reach / 2, after = isCausal ? 0 : reach - before;
        List<string> inputs = [channels, Constant(layer, "weight")];
        if (convolution.Bias)
            inputs.Add(Constant(layer, "bias"));
        string sum = _graph.Node(
            "Conv", inputs, OnnxAttribute.Of("kernel_shape", (IReadOnlyList<long>)[convolution.KernelSize]), OnnxAttribute.Of("dilations", (IReadOnlyList<long>)[convolution.Dilation]),
            OnnxAttribute.Of("pads", (IReadOnlyList<long>)[before, after]));
        return OnnxActivations.Add(_graph, convolution.Activation, Transposed(sum, 2, 0, 1), convolution.ActivationAlpha, convolution.ActivationBeta);
    }

    private string Last(ModelLayer layer)
    {
        if (layer.Sources is [>= 0 and var source] && _values[source].Last is { } last)
            return last;
        return _graph.Node("Gather", [Joined(layer), _graph.Integers("last", [-1], isScalar: true)], OnnxAttribute.Of("axis", 0));
    }

    /// <summary>What [LastStep] keeps of a dropout: what it would keep of the layer before.</summary>
    private string? Kept(ModelLayer layer) => model.IsSeenThrough(layer) && layer.Sources is [>= 0 and var source] ? _values[source].Last : null;

    private string Folded(string operation, ModelLayer layer) => layer.Sources.Select(Source).Aggregate((one, other) => _graph.Node(operation, [one, other]));

    private string Joined(ModelLayer layer) =>
        layer.Sources.Count == 1 ? Source(layer.Sources[0]) : _graph.Node("Concat", [.. layer.Sources.Select(Source)], OnnxAttribute.Of("axis", -1));

    private string Source(int layer) => layer >= 0 ? _values[layer].Rows : model.IsOneHot ? _oneHot ??= OneHot() : Input;

    private string OneHot() => _graph.Node(
        "OneHot", [Input, _graph.Integers("classes", [model.InputSize]), _graph.Constant("off_and_on", [2], [0, 1])], OnnxAttribute.Of("axis", -1));

    private string Part(string value, long start, long end, long axis) =>
        _graph.Node("Slice", [value, _graph.Integers($"integers_{start}", [start]), _graph.Integers($"integers_{end}", [end]), _graph.Integers($"axis_{axis}", [axis])]);

    private string Transposed(string value, params IReadOnlyList<long> axes) => _graph.Node("Transpose", [value], OnnxAttribute.Of("perm", axes));

    private string Constant(ModelLayer layer, string parameter)
    {
        NamedTensor tensor = layer.Find(parameter)!;
        return _graph.Constant(tensor.Name, tensor.Shape, tensor.Values);
    }
}
