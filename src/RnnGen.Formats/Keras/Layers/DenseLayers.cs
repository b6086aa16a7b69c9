namespace RnnGen.Formats.Keras;

/// <summary>Layers with a matrix: dense ones, convolutions, embeddings.</summary>
internal static class DenseLayers
{
    /// <summary>A dense layer; over flattened time steps it is a convolution over all of them, of which the last step counts.</summary>
    public static KerasValue Dense(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        int units = layer.Int("units", "output_dim");
        IReadOnlyList<KerasActivation> activations = KerasActivations.Of(layer, layer.Take("activation"));
        bool hasBias = UseBias(layer);
        Plain(layer);
        layer.Finish();
        KerasValue input = call.Input.Rank == KerasRank.Flat ? call.Input : call.Features;
        int inputs = input.Rank == KerasRank.Flat ? checked(input.Size * input.Steps!.Value) : input.Size;
        float[] weight = call.Weights.Next("a kernel", inputs, units).Transposed(inputs, units);
        float[]? bias = hasBias ? call.Weights.Next("a bias", units) : null;
        if (input.Rank != KerasRank.Flat)
            return input.From(call.Activated(KerasLinear.Dense(input.Node, units, weight, bias, layer), activations));
        int steps = input.Steps!.Value;
        float[] taps = [.. Enumerable.Range(0, units).SelectMany(unit => weight.Part(unit * inputs, inputs).Transposed(steps, input.Size))];
        call.Network.Note($"Dense {Text.Quote(layer.Name)} over all steps at once becomes a convolution: run the network on sequences of {steps} steps.");
        return KerasValue.Once(call.LastStep(call.Activated(KerasLinear.Convolution(input.Node, units, steps, 1, ConvPadding.Causal, taps, bias, layer), activations)));
    }

    /// <summary>A convolution over time with stride 1.</summary>
    public static KerasValue Convolution(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        int units = layer.Int("filters", "nb_filter"), kernelSize = layer.Int("kernel_size", "filter_length"), dilation = layer.IntOr(1, "dilation_rate", "atrous_rate");
        string padding = layer.Word("valid", "padding", "border_mode");
        if (layer.IntOr(1, "strides", "subsample_length") is var stride and not 1)
            throw layer.Refuse($"its stride is {stride}, expected 1");
        if (layer.IntOr(1, "groups") is var groups and not 1)
            throw layer.Refuse($"it has {groups} groups, expected 1");
        layer.Only("data_format", "channels_last");
        Plain(layer);
        IReadOnlyList<KerasActivation> activations = KerasActivations.Of(layer, layer.Take("activation"));
        bool hasBias = UseBias(layer);
        layer.Finish();
        KerasValue input = call.Sequence(mixesSteps: true);
        if (layer.Version.Backend == "theano")
            throw layer.Refuse("its kernel was written by Theano, which has it reversed");
        if (input.IsMasked)
            throw layer.Refuse("it reads a masked sequence: Keras's convolution sees masked steps, RnnGen's does not");
        if (input.IsReversed)
            throw layer.Refuse("it reads a sequence in reversed time order");
        if (kernelSize < 1 || dilation < 1)
            throw new FormatException($"{layer.Kind} {Text.Quote(layer.Name)}: expected a kernel size and a dilation of at least 1, got {kernelSize} and {dilation}");
        int reach = checked((kernelSize - 1) * dilation);
        (ConvPadding own, int skipped) = padding switch
        {
            "valid" => (ConvPadding.Causal, checked(input.Skipped + reach)),
            _ when input.Skipped != 0 => throw layer.Refuse($"its padding is {Text.Quote(padding)} after steps that another layer removed or added"),
            "causal" => (ConvPadding.Causal, 0),
            "same" => (ConvPadding.Same, 0),
            _ => throw layer.Refuse($"its padding is {Text.Quote(padding)}, expected causal, same or valid"),
        };
        if (skipped < 0)
            throw layer.Refuse("more zeros are in front of its input than it reaches");
        float[] taps = Taps(call, kernelSize, input.Size, units);
        float[]? bias = hasBias ? call.Weights.Next("a bias", units) : null;
        KerasNode node = call.Activated(KerasLinear.Convolution(input.Node, units, kernelSize, dilation, own, taps, bias, layer), activations);
        int? steps = padding == "valid" ? input.Steps - reach : input.Steps;
        if (steps < 1)
            throw new FormatException($"{layer.Kind} {Text.Quote(layer.Name)}: expected an input of more than {reach} steps, got {input.Steps}");
        return input.From(node) with { Skipped = skipped, Steps = steps };
    }

    /// <summary>A vector for each class.</summary>
    public static KerasValue Embedding(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        int classes = layer.Int("input_dim"), units = layer.Int("output_dim");
        bool masks = layer.Bool("mask_zero", false);
        Plain(layer);
        layer.Finish();
        KerasValue input = call.Input;
        if (input.Node.Make is not null || input.Rank != KerasRank.Frame)
            throw layer.Refuse("it does not read the model's input, or the input is not a sequence of classes");
        if (masks)
            call.Network.Masks(layer, 0, $"Embedding {Text.Quote(layer.Name)} masks steps of class 0");
        KerasNode node = call.Node(
            call.Network.Classes(classes), units, place => new EmbeddingAttribute(units) { Name = place.Name, From = place.From, IsOutput = place.IsOutput },
            ("weight", call.Weights.Next("embeddings", classes, units)));
        return new KerasValue(node, KerasRank.Steps, input.Size == 0 ? null : input.Size) { IsMasked = masks };
    }

    /// <summary>A kernel <c>[taps, inputs, outputs]</c> as <c>[outputs, inputs, taps]</c>.</summary>
    public static float[] Taps(float[] kernel, int kernelSize, int inputs, int units)
    {
        float[] taps = new float[kernel.Length];
        for (int tap = 0; tap < kernelSize; tap++)
            for (int input = 0; input < inputs; input++)
                for (int unit = 0; unit < units; unit++)
                    taps[(((unit * inputs) + input) * kernelSize) + tap] = kernel[(((tap * inputs) + input) * units) + unit];
        return taps;
    }

    private static void Plain(KerasLayer layer)
    {
        if (layer.Take("lora_rank", "lora_alpha", "quantization_config") is not null)
            throw layer.Refuse("its weights are quantized or have a low-rank part");
    }

    private static bool UseBias(KerasLayer layer) => layer.Bool("use_bias", true) && layer.Bool("bias", true);

    /// <summary>The layer's kernel, of Keras 1 with another dimension.</summary>
    private static float[] Taps(KerasCall call, int kernelSize, int inputs, int units)
    {
        bool isOld = call.Weights.NextShape is { Count: 4 };
        if (isOld)
            call.Network.Warn($"{call.Layer.Kind} {Text.Quote(call.Layer.Name)}: Keras 1 does not say whether its kernel was written by TensorFlow or by Theano, whose kernels are reversed; it is read as TensorFlow's.");
        float[] kernel = isOld ? call.Weights.Next("a kernel", kernelSize, 1, inputs, units) : call.Weights.Next("a kernel", kernelSize, inputs, units);
        return Taps(kernel, kernelSize, inputs, units);
    }
}
