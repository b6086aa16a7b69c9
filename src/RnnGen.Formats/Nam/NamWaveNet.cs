namespace RnnGen.Formats.Nam;

/// <summary>
/// Architecture "WaveNet" as a graph: arrays of layers, each of which adds to the sum that the array's head reads; then the head's scale, and convolutions after
/// all arrays where there are some.
/// </summary>
internal static class NamWaveNet
{
    // Each input is a source of each convolution, with zeros for all taps but one: more than a few would let a small file grow.
    private const int MaxInputs = 16;

    public static ModelBuilder Read(JsonValue config, NamWeights weights, string source, ImportOptions options)
    {
        config.AllowOnly("layers", "head", "head_scale", "in_channels", "condition_dsp");
        if (config.Find("condition_dsp") is not null)
            throw new UnsupportedLayerException("config", "condition_dsp", "a network that computes the condition of another one is not supported, expected none");
        var builder = new ModelBuilder(source, config.Find("in_channels")?.Integer(1, MaxInputs) ?? 1, options: options);
        NamLayerArray[] arrays = [.. config.Get("layers").Items().Select((json, index) => NamLayerArray.Read(json, index))];
        if (arrays.Length == 0)
            throw config.Wrong("expected at least one array of layers, got none");
        NamSignals signals = new(ModelBuilder.Input, null);
        NamHeadLayer? head = null;
        foreach (NamLayerArray array in arrays)
        {
            // A head is added once its successor is there: the last one has the scale, which is the very last weight.
            if (head is not null)
                signals = signals with { Head = head.Add(builder, new(Activation.Linear)) };
            (signals, head) = array.Add(builder, weights, signals, isLast: array == arrays[^1]);
        }

        IReadOnlyList<NamHeadLayer> after = config.Find("head") is { } json ? AfterAll(json, head!, weights) : [];
        float scale = weights.Take("the head's scale", 1)[0];
        if (scale == 0)
            throw new FormatException("weights: expected a head's scale other than 0, got 0");
        if (config.Get("head_scale").Single() is var stated && stated != scale)
            builder.Warn(FormattableString.Invariant($"The configuration says that head_scale is {stated}, the weights {scale}; as in Neural Amp Modeler's player, the weights count."));
        head!.Add(builder, scale == 1 ? new(Activation.Linear) : new(Activation.Affine, scale));
        foreach ((int index, NamHeadLayer layer) in after.Index())
        {
            if (index == 0)
                builder.Add(new ActivationAttribute(layer.Before.Activation) { Name = "head_activation", ActivationAlpha = layer.Before.Alpha }, "activation of the head");
            layer.Add(builder, index + 1 < after.Count ? after[index + 1].Before : new(Activation.Linear));
        }

        builder.Note("The past of each convolution is 0 before the first sample. Neural Amp Modeler's player feeds it silence first; both agree once the first samples have left all convolutions.");
        return builder;
    }

    /// <summary>The convolutions that follow all arrays, each after an activation.</summary>
    private static IReadOnlyList<NamHeadLayer> AfterAll(JsonValue json, NamHeadLayer before, NamWeights weights)
    {
        json.AllowOnly("in_channels", "channels", "out_channels", "kernel_sizes", "activation");
        int inputs = before.Units;
        if (json.Find("in_channels")?.Integer() is { } stated && stated != inputs)
            throw json.Wrong($"expected as many in_channels as the last array has outputs, {inputs}, got {stated}");
        int channels = json.Get("channels").Integer(1, NamWeights.LargestSize), outputs = json.Get("out_channels").Integer(1, NamWeights.LargestSize);
        NamActivation activation = NamActivation.Read(json.Get("activation"), "head");
        List<NamHeadLayer> layers = [];
        IReadOnlyList<JsonValue> taps = json.Get("kernel_sizes").Items();
        foreach ((int index, JsonValue count) in taps.Index())
        {
            int units = index == taps.Count - 1 ? outputs : channels, size = count.Integer(1, NamWeights.LargestSize);
            string name = $"head_conv{index}";
            layers.Add(new NamHeadLayer(name, null, activation, units, size, 1, weights.Take(name, units, inputs, size), weights.Take(name, units)));
            inputs = units;
        }

        if (layers.Count == 0)
            throw json.Wrong("expected at least one of kernel_sizes, got none");
        return layers;
    }
}
