namespace RnnGen.Formats.RtNeural;

/// <summary>A dense layer or convolution of RTNeural's, in RnnGen's layout.</summary>
/// <param name="Units">Its outputs.</param>
/// <param name="Taps">Taps of a convolution; 0 for a dense layer.</param>
/// <param name="Dilation">Steps between them.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Weight"><c>[units, in]</c> or <c>[units, in, taps]</c>.</param>
/// <param name="Bias">Its bias; null for none.</param>
/// <param name="Comment">Where it comes from.</param>
internal sealed record RtNeuralLinear(int Units, int Taps, int Dilation, Activation Activation, float[] Weight, float[]? Bias, string Comment)
{
    /// <summary>A dense layer: kernel <c>[in, units]</c>, and a bias or none.</summary>
    public static RtNeuralLinear Dense(JsonValue json, string type, int inputs, int units)
    {
        IReadOnlyList<JsonValue> weights = Weights(json);
        float[] weight = weights[0].Singles(inputs, units).Transposed(inputs, units);
        return new(units, 0, 1, ActivationOf(json, type), weight, weights.Count == 2 ? weights[1].Singles(units) : null, $"{type} {json.Path}");
    }

    /// <summary>A causal convolution: kernel <c>[taps, in / groups, units]</c>, the oldest step first, and a bias or none.</summary>
    public static RtNeuralLinear Convolution(JsonValue json, string type, int inputs, int units, ExpansionBudget budget)
    {
        int taps = Size(json.Get("kernel_size")), dilation = Size(json.Get("dilation")), groups = json.Find("groups")?.Integer(1) ?? 1;
        if (inputs % groups != 0 || units % groups != 0)
            throw json.Wrong($"expected groups that divide {inputs} inputs and {units} outputs, got {groups}");
        IReadOnlyList<JsonValue> weights = Weights(json);
        int groupInputs = inputs / groups, groupUnits = units / groups;
        float[] kernel = weights[0].Singles(taps, groupInputs, units);
        float[] weight = groups == 1 ? new float[kernel.Length] : budget.Take(json.Path, type, units, inputs, taps);
        for (int unit = 0; unit < units; unit++)
            for (int input = 0; input < groupInputs; input++)
                for (int tap = 0; tap < taps; tap++)
                    weight[(((unit * inputs) + (unit / groupUnits * groupInputs) + input) * taps) + tap] = kernel[(((tap * groupInputs) + input) * units) + unit];
        return new(units, taps, dilation, ActivationOf(json, type), weight, weights.Count == 2 ? weights[1].Singles(units) : null, $"{type} {json.Path}");
    }

    /// <summary>The activation that a layer names.</summary>
    public static Activation ActivationOf(JsonValue json, string type)
    {
        string name = json.Find("activation")?.Text() ?? "";
        return RtNeuralActivations.Find(name)
            ?? throw new UnsupportedLayerException(json.Path, type, $"its activation is {Text.Quote(name)}, expected none, {RtNeuralActivations.Names}");
    }

    /// <summary>Adds it.</summary>
    public void Add(ModelBuilder builder)
    {
        LayerAttribute layer = Taps == 0
            ? new DenseAttribute(Units, Activation) { Bias = Bias is not null }
            : new Conv1DAttribute(Units, Taps, Activation) { Bias = Bias is not null, Dilation = Dilation };
        builder.Add(layer, Comment, Bias is null ? [("weight", Weight)] : [("weight", Weight), ("bias", Bias)]);
    }

    private static IReadOnlyList<JsonValue> Weights(JsonValue json)
    {
        JsonValue weights = json.Get("weights");
        return weights.Items() is { Count: 1 or 2 } items ? items : throw weights.Wrong($"expected a kernel and a bias or none, got {weights.Description}");
    }

    /// <summary>A size, which Keras writes as a list of one.</summary>
    private static int Size(JsonValue json) => (json.IsArray ? json.Items(1)[0] : json).Integer(1);
}
