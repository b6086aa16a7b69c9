namespace RnnGen.Formats.C;

/// <summary>Writes the layers of a network, one time step of each.</summary>
internal sealed class CLayers(ModelDescription model, CText text)
{
    private const string Input = "input";

    private readonly List<string> _values = [];
    private string? _oneHot;

    /// <summary>Writes all layers.</summary>
    /// <returns>The vectors that are the outputs, in their order.</returns>
    public IReadOnlyList<string> Write()
    {
        if (!model.IsOneHot)
            text.Known(Input, model.InputSize);
        foreach (ModelLayer layer in model.Layers)
        {
            text.Line($"/* {layer.Name}: {CText.Name(LayerNames.Kind(layer.Attribute))}, {layer.OutputSize} values */");
            _values.Add(text.Known(Add(layer), layer.OutputSize));
        }

        return [.. model.Outputs.Select(output => _values[Enumerable.Range(0, _values.Count).First(place => ReferenceEquals(model.Layers[place], output))])];
    }

    private string Add(ModelLayer layer) => layer.Attribute switch
    {
        CellAttribute => throw new UnsupportedLayerException(layer.Name, LayerNames.Kind(layer.Attribute), "it is a user-defined cell, whose equations are not known here"),
        RecurrentLayerAttribute { Direction: not Direction.Forward } => throw Later(layer, "it begins at the end of a sequence"),
        Conv1DAttribute { Padding: ConvPadding.Same, KernelSize: > 1 } => throw Later(layer, "it reads later steps"),
        RecurrentLayerAttribute recurrent => Recurrent(layer, recurrent),
        DenseAttribute dense => Activate(layer, dense.Activation, Sum(layer, Joined(layer), dense.Bias), dense.ActivationAlpha, dense.ActivationBeta),
        EmbeddingAttribute => $"({Parameter(layer, "weight")} + input * {layer.OutputSize})",
        ActivationAttribute alone => Activate(layer, alone.Activation, Joined(layer), alone.ActivationAlpha, alone.ActivationBeta),
        LayerNormAttribute => Norm(layer),
        Conv1DAttribute convolution => Convolution(layer, convolution),
        AddAttribute => layer.Sources.Select(Source).Aggregate(Algebra().Add),
        MultiplyAttribute => layer.Sources.Select(Source).Aggregate(Algebra().Multiply),
        MeanPoolAttribute => Mean(layer),
        MaxPoolAttribute => Maximum(layer),
        SkipAttribute => Algebra().Add(Joined(layer), Source(-1)),
        LastStepAttribute or ConcatAttribute or DropoutAttribute => Joined(layer), // the value of this step is that of the last step so far
        _ => throw new UnsupportedLayerException(layer.Name, LayerNames.Kind(layer.Attribute), "the C writer does not support it"),
    };

    private static UnsupportedLayerException Later(ModelLayer layer, string reason) =>
        new(layer.Name, LayerNames.Kind(layer.Attribute), $"{reason}, and the C file computes step by step");

    private string Recurrent(ModelLayer layer, RecurrentLayerAttribute recurrent)
    {
        var parameters = layer.Tensors.ToDictionary(tensor => tensor.Name[(layer.Name.Length + 1)..], tensor => text.Constant(tensor.Name, tensor.Values), StringComparer.Ordinal);
        IReadOnlyList<string> states = [.. LayerShapes.States(recurrent).Select(state =>
            text.State($"{layer.Name}_{state.Name}", state.Size, parameters.GetValueOrDefault("initial_" + state.Name)))];
        IReadOnlyList<string> next = new CellEquations<string>(new CAlgebra(text, parameters), recurrent).Step(Joined(layer), states);
        foreach ((string state, string value) in states.Zip(next))
            text.Copy(state, value);
        return next[0];
    }

    private string Norm(ModelLayer layer)
    {
        CAlgebra algebra = Algebra();
        return algebra.Add(algebra.Multiply(algebra.Normalize(Joined(layer)), Parameter(layer, "weight")), Parameter(layer, "bias"));
    }

    /// <summary>The past and the new row lie in one array, the oldest first; each tap is a product.</summary>
    private string Convolution(ModelLayer layer, Conv1DAttribute convolution)
    {
        int reach = (convolution.KernelSize - 1) * convolution.Dilation, size = layer.InputSize, length = (reach + 1) * size;
        string row = Joined(layer), window = text.State($"{layer.Name}_window", length);
        if (reach > 0)
            text.Line($"for (int i = 0; i < {reach * size}; i++) {window}[i] = {window}[i + {size}];");
        text.Line($"for (int i = 0; i < {size}; i++) {window}[{reach * size} + i] = {row}[i];");
        float[] weight = layer.Find("weight")!.Values;
        string sum = "";
        CAlgebra algebra = Algebra();
        for (int tap = 0; tap < convolution.KernelSize; tap++)
        {
            // [units, in, K] → a matrix a tap
            float[] matrix = [.. Enumerable.Range(0, convolution.Units * size).Select(at => weight[(at * convolution.KernelSize) + tap])];
            string x = text.Known($"({window} + {tap * convolution.Dilation * size})", size);
            string product = text.Value(convolution.Units, "product", text.Constant($"{layer.Name}.weight_{tap}", matrix), $"{convolution.Units}", $"{size}", x);
            sum = tap == 0 ? product : algebra.Add(sum, product);
        }

        if (convolution.Bias)
            sum = algebra.Add(sum, Parameter(layer, "bias"));
        return Activate(layer, convolution.Activation, sum, convolution.ActivationAlpha, convolution.ActivationBeta);
    }

    private string Mean(ModelLayer layer)
    {
        string row = Joined(layer), sum = text.State($"{layer.Name}_sum", layer.OutputSize), count = text.State($"{layer.Name}_count", 1), mean = Array(layer);
        text.Line($"{count}[0] += 1.0f;");
        text.Line($"for (int i = 0; i < {layer.OutputSize}; i++) {{ {sum}[i] += {row}[i]; {mean}[i] = {sum}[i] / {count}[0]; }}");
        return mean;
    }

    private string Maximum(ModelLayer layer)
    {
        string row = Joined(layer), maximum = text.State($"{layer.Name}_maximum", layer.OutputSize), seen = text.State($"{layer.Name}_seen", 1);
        text.Line($"for (int i = 0; i < {layer.OutputSize}; i++) if ({seen}[0] == 0.0f || {row}[i] > {maximum}[i]) {maximum}[i] = {row}[i];");
        text.Line($"{seen}[0] = 1.0f;");
        return maximum;
    }

    private string Sum(ModelLayer layer, string x, bool hasBias)
    {
        string product = text.Value(layer.OutputSize, "product", Parameter(layer, "weight"), $"{layer.OutputSize}", $"{layer.InputSize}", x);
        return hasBias ? Algebra().Add(product, Parameter(layer, "bias")) : product;
    }

    private string Activate(ModelLayer layer, Activation activation, string x, float alpha, float beta) =>
        Algebra().Activate(activation, text.Known(x, layer.OutputSize), alpha, beta);

    private CAlgebra Algebra() => new(text, new Dictionary<string, string>());

    private string Parameter(ModelLayer layer, string name)
    {
        NamedTensor tensor = layer.Find(name)!;
        return text.Constant(tensor.Name, tensor.Values);
    }

    private string Joined(ModelLayer layer)
    {
        if (layer.Sources.Count == 1)
            return Source(layer.Sources[0]);
        string joined = text.Known($"{CText.Name(layer.Name)}_x", layer.InputSize);
        text.Line($"float {joined}[{layer.InputSize}];");
        int offset = 0;
        foreach (string source in layer.Sources.Select(Source))
        {
            text.Line($"for (int i = 0; i < {text.SizeOf(source)}; i++) {joined}[{offset} + i] = {source}[i];");
            offset += text.SizeOf(source);
        }

        return joined;
    }

    private string Source(int layer) => layer >= 0 ? _values[layer] : model.IsOneHot ? _oneHot ??= OneHot() : Input;

    private string OneHot()
    {
        string vector = text.Known("one_hot", model.InputSize);
        text.Line($"float {vector}[{model.InputSize}] = {{ 0.0f }};");
        text.Line($"{vector}[input] = 1.0f;");
        return vector;
    }

    private string Array(ModelLayer layer)
    {
        string name = text.Known($"{CText.Name(layer.Name)}_y", layer.OutputSize);
        text.Line($"float {name}[{layer.OutputSize}];");
        return name;
    }
}
