namespace RnnGen.Formats.Nam;

/// <summary>A layer of a WaveNet: <see cref="NamLayerArray"/> has its equation.</summary>
/// <param name="Taps">Taps of its convolution.</param>
/// <param name="Dilation">Steps between them.</param>
/// <param name="Activation">φ.</param>
/// <param name="Gate">The activation of its gate; null where it has none.</param>
internal sealed record NamWaveNetLayer(int Taps, int Dilation, NamActivation Activation, NamActivation? Gate)
{
    /// <summary>The layers of an array, whose options are one for all or a list of one for each.</summary>
    public static IReadOnlyList<NamWaveNetLayer> ReadAll(JsonValue json, string array)
    {
        int[] dilations = [.. json.Get("dilations").Items().Select(item => item.Integer(1, NamWeights.LargestSize))];
        if (dilations.Length == 0)
            throw json.Wrong("expected at least one of dilations, got none");
        if (json.Find("kernel_size") is not null && json.Find("kernel_sizes") is { } second)
            throw second.Wrong("expected none beside kernel_size, got one");
        IReadOnlyList<JsonValue> taps = Each(json.Find("kernel_sizes") ?? json.Get("kernel_size"), dilations.Length);
        IReadOnlyList<JsonValue> activations = Each(json.Get("activation"), dilations.Length);
        NamActivation?[] gates = Gates(json, array, dilations.Length);
        return [.. dilations.Select((dilation, index) => new NamWaveNetLayer(taps[index].Integer(1, NamWeights.LargestSize), dilation, NamActivation.Read(activations[index], array), gates[index]))];
    }

    /// <summary>Adds the layer without its residual. The input's share is a source of the convolution with weights at the newest tap alone.</summary>
    /// <returns>The name of z.</returns>
    public string Add(ModelBuilder builder, NamWeights weights, string name, string source, int channels, int units)
    {
        int rows = Gate is null ? units : 2 * units, inputs = builder.InputSize;
        float[] convolution = weights.Take(name, rows, channels, Taps), bias = weights.Take(name, rows), mix = weights.Take(name, rows, inputs);
        float[] weight = Joined(convolution, mix, rows, channels, inputs);
        string z = Add(builder, name, Activation, source, weight, bias, 0, units);
        if (Gate is not { } gate)
            return z;
        string second = Add(builder, name + "_gate", gate, source, weight, bias, units, units);
        return builder.Add(new MultiplyAttribute { Name = name + "_z", From = [z, second] }).Name;
    }

    private string Add(ModelBuilder builder, string name, NamActivation activation, string source, float[] weight, float[] bias, int firstRow, int rows)
    {
        int rowSize = weight.Length / bias.Length;
        var layer = new Conv1DAttribute(rows, Taps, activation.Activation) { Name = name, From = [source, ModelBuilder.Input], ActivationAlpha = activation.Alpha, Dilation = Dilation };
        return builder.Add(layer, null, ("weight", weight.Part(firstRow * rowSize, rows * rowSize)), ("bias", bias.Part(firstRow, rows))).Name;
    }

    /// <summary><c>[rows, channels, taps]</c> and <c>[rows, inputs]</c> as <c>[rows, channels + inputs, taps]</c>.</summary>
    private float[] Joined(float[] convolution, float[] mix, int rows, int channels, int inputs)
    {
        List<float> joined = [];
        for (int row = 0; row < rows; row++)
        {
            joined.AddRange(convolution.AsSpan(row * channels * Taps, channels * Taps));
            for (int input = 0; input < inputs; input++)
            {
                joined.AddRange(Enumerable.Repeat(0f, Taps - 1));
                joined.Add(mix[(row * inputs) + input]);
            }
        }

        return [.. joined];
    }

    private static IReadOnlyList<JsonValue> Each(JsonValue json, int count) => json.IsArray ? json.Items(count) : [.. Enumerable.Repeat(json, count)];

    private static NamActivation?[] Gates(JsonValue json, string array, int count)
    {
        string[] modes = json.Find("gating_mode") is { } mode
            ? [.. Each(mode, count).Select(item => item.Text())]
            : [.. Enumerable.Repeat(json.Find("gated")?.Flag() == true ? "gated" : "none", count)];
        if (json.Find("gating_mode") is not null && json.Find("gated") is { } other)
            throw other.Wrong("expected none beside gating_mode, got one");
        IReadOnlyList<JsonValue>? activations = json.Find("secondary_activation") is { } second ? Each(second, count) : null;
        return [.. modes.Select((mode, index) => mode switch
        {
            "none" => (NamActivation?)null,
            "gated" => activations is null ? new NamActivation(RnnGen.Activation.Sigmoid) : NamActivation.Read(activations[index], array),
            _ => throw new UnsupportedLayerException(array, "gating_mode", $"it is {Text.Quote(mode)}, expected gated or none"),
        })];
    }
}
