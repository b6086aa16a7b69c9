using System.Text.Json.Nodes;

namespace RnnGen.Formats.Keras;

/// <summary>The layers of a description as Keras's.</summary>
/// <param name="model">The network.</param>
internal sealed class KerasGraphWriter(ModelDescription model)
{
    // Of a step that is a class without an embedding: the matrix that gives it a 1 at its place.
    private const int MaxClasses = 2048;

    private readonly List<KerasEntry> _entries = [];
    private readonly KerasEntry[] _ends = new KerasEntry[model.Layers.Count];
    private KerasEntry? _input, _oneHot;

    /// <summary>The layers that the outputs need, in Keras's order: the input is the first.</summary>
    public IReadOnlyList<KerasEntry> Entries { get; private set; } = [];

    /// <summary>Those whose values are the outputs.</summary>
    public IReadOnlyList<KerasEntry> Outputs => [.. model.Outputs.Select(output => _ends[model.Layers.ToList().FindIndex(layer => ReferenceEquals(layer, output))])];

    /// <summary>Translates the layers.</summary>
    public KerasGraphWriter Write()
    {
        if (model.MaskedState != MaskedState.Hold)
            throw new UnsupportedLayerException("network", "MaskedState.Reset", "Keras's layers hold their state at masked steps");
        _input = Add(new KerasEntry(
            "InputLayer", "input", new JsonObject { ["batch_shape"] = model.IsOneHot ? new JsonArray(null, null) : new JsonArray(null, null, model.InputSize) }, [], model.InputSize, model.IsOneHot));
        for (int place = 0; place < _ends.Length; place++)
            _ends[place] = Layer(model.Layers[place], place);
        Entries = KerasOrder.Of(Outputs.Select(Called), call => call.Layer.Reads.Select(Called));
        return this;

        static (KerasEntry Layer, int Call) Called(KerasEntry entry) => (entry, 0);
    }

    private KerasEntry Layer(ModelLayer layer, int place)
    {
        switch (layer.Attribute)
        {
            case RecurrentLayerAttribute:
                _entries.AddRange(new KerasRecurrentWriter(layer).Write(Read(layer), !IsLastStepOnly(layer, place), Unused));
                return _entries[^1];
            case LastStepAttribute:
                // The recurrent layer in front gives its last step.
                return layer.Sources is [>= 0 and var source] && model.Layers[source].Attribute is RecurrentLayerAttribute
                    ? _ends[source].IsOnce ? _ends[source] : throw Unsupported(layer, "Keras has no such layer after one that also gives all steps")
                    : throw Unsupported(layer, "Keras has no such layer except after recurrent layers");
            case DenseAttribute dense:
                return Activated(layer, dense.Activation, dense.ActivationAlpha, dense.ActivationBeta, word => new KerasEntry(
                    "Dense", Unused(layer.Name), new JsonObject { ["units"] = dense.Units, ["activation"] = word, ["use_bias"] = dense.Bias }, [Read(layer)], dense.Units, layer.IsPerSequence,
                    [("vars/0", [layer.InputSize, dense.Units], layer.Find("weight")!.Values.Transposed(dense.Units, layer.InputSize)), .. Bias(layer)]));
            case Conv1DAttribute convolution:
                return Activated(layer, convolution.Activation, convolution.ActivationAlpha, convolution.ActivationBeta, word => Convolution(layer, convolution, word));
            case EmbeddingAttribute embedding:
                return Add(new KerasEntry(
                    "Embedding", Unused(layer.Name), new JsonObject { ["input_dim"] = layer.InputSize, ["output_dim"] = embedding.Units, ["mask_zero"] = false }, [_input!], embedding.Units, false,
                    ("vars/0", [layer.InputSize, embedding.Units], layer.Find("weight")!.Values)));
            case LayerNormAttribute:
                return Plain(
                    layer, "LayerNormalization", new JsonObject { ["axis"] = -1, ["epsilon"] = 1e-5, ["center"] = true, ["scale"] = true },
                    ("vars/0", [layer.InputSize], layer.Find("weight")!.Values), ("vars/1", [layer.InputSize], layer.Find("bias")!.Values));
            case ActivationAttribute alone:
                return Chain(layer, Read(layer), KerasActivationWriter.Layers(alone.Activation, alone.ActivationAlpha, alone.ActivationBeta));
            case DropoutAttribute dropout:
                return Plain(layer, "Dropout", new JsonObject { ["rate"] = dropout.Rate });
            case MeanPoolAttribute:
                return Plain(layer, "GlobalAveragePooling1D", new JsonObject { ["data_format"] = "channels_last", ["keepdims"] = false });
            case MaxPoolAttribute:
                return Plain(layer, "GlobalMaxPooling1D", new JsonObject { ["data_format"] = "channels_last", ["keepdims"] = false });
            case AddAttribute:
                return Merged(layer, "Add", []);
            case MultiplyAttribute:
                return Merged(layer, "Multiply", []);
            case ConcatAttribute:
                return layer.Sources.Count == 1 ? Read(layer) : Merged(layer, "Concatenate", new JsonObject { ["axis"] = -1 });
            case SkipAttribute:
                return Skip(layer);
            default:
                throw Unsupported(layer, "Keras has no such layer");
        }
    }

    /// <summary>Whether nothing reads a layer but a last step.</summary>
    private bool IsLastStepOnly(ModelLayer layer, int place)
    {
        ModelLayer[] readers = [.. model.Layers.Where(other => other.Sources.Contains(place))];
        return readers.Length > 0 && readers.All(reader => reader.Attribute is LastStepAttribute && reader.Sources.Count == 1) && !model.Outputs.Any(output => ReferenceEquals(output, layer));
    }

    private KerasEntry Source(int place)
    {
        if (place >= 0)
            return _ends[place];
        if (!model.IsOneHot)
            return _input!;
        if (model.InputSize > MaxClasses)
            throw new UnsupportedLayerException("network", "OneHot", $"Keras has no layer for {model.InputSize} classes without an embedding, at most {MaxClasses} are written as one");
        float[] identity = new float[model.InputSize * model.InputSize];
        for (int at = 0; at < model.InputSize; at++)
            identity[(at * model.InputSize) + at] = 1;
        return _oneHot ??= Add(new KerasEntry(
            "Embedding", Unused("one_hot"), new JsonObject { ["input_dim"] = model.InputSize, ["output_dim"] = model.InputSize, ["mask_zero"] = false }, [_input!], model.InputSize, false,
            ("vars/0", [model.InputSize, model.InputSize], identity)));
    }

    /// <summary>What a layer reads, several side by side.</summary>
    private KerasEntry Read(ModelLayer layer) => layer.Sources.Count == 1
        ? Source(layer.Sources[0])
        : Joined(Unused(layer.Name + "_inputs"), "Concatenate", new JsonObject { ["axis"] = -1 }, [.. layer.Sources.Select(Source)], layer.InputSize);

    private KerasEntry Merged(ModelLayer layer, string kind, JsonObject options) => Joined(Unused(layer.Name), kind, options, [.. layer.Sources.Select(Source)], layer.OutputSize);

    private KerasEntry Joined(string name, string kind, JsonObject options, KerasEntry[] reads, int size) => Add(new KerasEntry(kind, name, options, reads, size, reads[0].IsOnce));

    private KerasEntry Plain(ModelLayer layer, string kind, JsonObject options, params IReadOnlyList<(string Path, int[] Shape, float[] Values)> weights) =>
        Add(new KerasEntry(kind, Unused(layer.Name), options, [Read(layer)], layer.OutputSize, layer.IsPerSequence, weights));

    /// <summary>A layer with an activation, in it or after it.</summary>
    private KerasEntry Activated(ModelLayer layer, Activation activation, float alpha, float beta, Func<string, KerasEntry> make) => KerasActivationWriter.Word(activation, alpha, beta) is { } word
        ? Add(make(word))
        : Chain(layer, Add(make("linear")), KerasActivationWriter.Layers(activation, alpha, beta));

    private KerasEntry Chain(ModelLayer layer, KerasEntry reads, IReadOnlyList<(string Kind, JsonObject Options)> activations)
    {
        foreach ((string kind, JsonObject options) in activations)
            reads = Add(new KerasEntry(kind, Unused(layer.Name), options, [reads], layer.OutputSize, layer.IsPerSequence));
        return reads;
    }

    private KerasEntry Convolution(ModelLayer layer, Conv1DAttribute convolution, string word)
    {
        int taps = convolution.KernelSize, inputs = layer.InputSize, units = convolution.Units;
        float[] weight = layer.Find("weight")!.Values, kernel = new float[weight.Length];
        for (int unit = 0; unit < units; unit++)
            for (int input = 0; input < inputs; input++)
                for (int tap = 0; tap < taps; tap++)
                    kernel[(((tap * inputs) + input) * units) + unit] = weight[(((unit * inputs) + input) * taps) + tap];
        var options = new JsonObject
        {
            ["filters"] = units, ["kernel_size"] = new JsonArray(taps), ["strides"] = new JsonArray(1), ["padding"] = convolution.Padding == ConvPadding.Same ? "same" : "causal",
            ["data_format"] = "channels_last", ["dilation_rate"] = new JsonArray(convolution.Dilation), ["groups"] = 1, ["activation"] = word, ["use_bias"] = convolution.Bias,
        };
        return new KerasEntry("Conv1D", Unused(layer.Name), options, [Read(layer)], units, false, [("vars/0", [taps, inputs, units], kernel), .. Bias(layer)]);
    }

    private static IEnumerable<(string Path, int[] Shape, float[] Values)> Bias(ModelLayer layer) =>
        layer.Find("bias") is { } bias ? [("vars/1", [bias.Values.Length], bias.Values)] : [];

    /// <summary>The network's first inputs added: as they are, or taken by a matrix of ones and zeros.</summary>
    private KerasEntry Skip(ModelLayer layer)
    {
        KerasEntry input = Source(-1);
        if (model.InputSize != layer.OutputSize)
        {
            float[] first = new float[model.InputSize * layer.OutputSize];
            for (int at = 0; at < layer.OutputSize; at++)
                first[(at * layer.OutputSize) + at] = 1;
            input = Add(new KerasEntry(
                "Dense", Unused(layer.Name + "_input"), new JsonObject { ["units"] = layer.OutputSize, ["activation"] = "linear", ["use_bias"] = false }, [input], layer.OutputSize, false,
                ("vars/0", [model.InputSize, layer.OutputSize], first)));
        }

        return Joined(Unused(layer.Name), "Add", [], [Read(layer), input], layer.OutputSize);
    }

    private KerasEntry Add(KerasEntry entry)
    {
        _entries.Add(entry);
        return entry;
    }

    private string Unused(string name)
    {
        string free = name;
        for (int number = 2; _entries.Any(entry => entry.Name == free); number++)
            free = FormattableString.Invariant($"{name}_{number}");
        return free;
    }

    private static UnsupportedLayerException Unsupported(ModelLayer layer, string reason) => new(layer.Name, LayerNames.Kind(layer.Attribute), reason);
}
