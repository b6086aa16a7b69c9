namespace RnnGen.Formats.RtNeural;

/// <summary>A layer as RTNeural's file has it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Activation">Its activation; empty for none.</param>
/// <param name="Units">Its outputs.</param>
/// <param name="Weights">Its weights in Keras's layouts, with their shapes.</param>
/// <param name="Convolution">The convolution that it is; null for another layer.</param>
internal sealed record RtNeuralOutput(string Type, string Activation, int Units, IReadOnlyList<(float[] Values, int[] Shape)> Weights, Conv1DAttribute? Convolution = null)
{
    /// <summary>What a layer becomes: mostly one layer; none where inference has no use for it; a leaky ReLU is one of its own.</summary>
    /// <exception cref="UnsupportedLayerException">RTNeural has no such layer, or not with its options.</exception>
    public static IEnumerable<RtNeuralOutput> Of(ModelLayer layer)
    {
        RefuseNonfinite(layer);
        return layer.Attribute switch
        {
            DropoutAttribute => [],
            DenseAttribute dense => Activated(layer, dense.Activation, dense.ActivationAlpha, activation => Dense(layer, dense, activation)),
            Conv1DAttribute convolution => Activated(layer, convolution.Activation, convolution.ActivationAlpha, activation => OfConvolution(layer, convolution, activation)),
            ActivationAttribute alone => Activated(layer, alone.Activation, alone.ActivationAlpha, activation => activation.Length == 0 ? null : new("activation", activation, layer.OutputSize, [])),
            LstmAttribute lstm => [OfLstm(layer, lstm)],
            GruAttribute gru => [OfGru(layer, gru)],
            _ => throw RtNeuralWriter.Unsupported(layer, "RTNeural has no such layer; it has dense layers, causal convolutions, LSTMs, GRUs and activations"),
        };
    }

    private static void RefuseNonfinite(ModelLayer layer)
    {
        if (layer.Tensors.FirstOrDefault(tensor => !tensor.Values.All(float.IsFinite)) is { } tensor)
            throw RtNeuralWriter.Unsupported(layer, $"{tensor.Name} is not finite; JSON has no such numbers");
    }

    private static IEnumerable<RtNeuralOutput> Activated(ModelLayer layer, Activation activation, float alpha, Func<string, RtNeuralOutput?> make)
    {
        if (activation == RnnGen.Activation.LeakyRelu)
        {
            float slope = ActivationConstants.Of(activation, alpha, 0).Alpha!.Value;
            if (make("") is { } linear)
                yield return linear;
            yield return new RtNeuralOutput("prelu", "", layer.OutputSize, [([.. Enumerable.Repeat(slope, layer.OutputSize)], [1, layer.OutputSize])]);
            yield break;
        }

        if (activation == RnnGen.Activation.Elu && alpha is not (0 or 1))
            throw RtNeuralWriter.Unsupported(layer, FormattableString.Invariant($"its ELU has an α of {alpha}, RTNeural's has 1"));
        if (make(NameOf(layer, activation)) is { } output)
            yield return output;
    }

    private static RtNeuralOutput Dense(ModelLayer layer, DenseAttribute dense, string activation)
    {
        List<(float[], int[])> weights = [(Values(layer, "weight").Transposed(dense.Units, layer.InputSize), [layer.InputSize, dense.Units])];
        if (dense.Bias)
            weights.Add((Values(layer, "bias"), [dense.Units]));
        return new("dense", activation, dense.Units, weights);
    }

    /// <summary>From <c>[units, in, taps]</c> to <c>[taps, in, units]</c>; RTNeural's has a bias always.</summary>
    private static RtNeuralOutput OfConvolution(ModelLayer layer, Conv1DAttribute convolution, string activation)
    {
        if (convolution.Padding != ConvPadding.Causal)
            throw RtNeuralWriter.Unsupported(layer, $"its padding is {convolution.Padding}, RTNeural's convolutions are causal");
        (int taps, int inputs, int units) = (convolution.KernelSize, layer.InputSize, convolution.Units);
        float[] weight = Values(layer, "weight"), kernel = new float[weight.Length];
        for (int unit = 0; unit < units; unit++)
            for (int input = 0; input < inputs; input++)
                for (int tap = 0; tap < taps; tap++)
                    kernel[(((tap * inputs) + input) * units) + unit] = weight[(((unit * inputs) + input) * taps) + tap];
        return new("conv1d", activation, units, [(kernel, [taps, inputs, units]), (convolution.Bias ? Values(layer, "bias") : new float[units], [units])], convolution);
    }

    private static RtNeuralOutput OfLstm(ModelLayer layer, LstmAttribute lstm)
    {
        RefuseOptions(layer, lstm, new LstmAttribute(lstm.Units) { Bias = lstm.Bias });
        int rows = 4 * lstm.Units;
        float[] bias = lstm.Bias ? [.. Values(layer, "bias_ih").Zip(Values(layer, "bias_hh"), (one, other) => (float)((double)one + other))] : new float[rows];
        return new("lstm", "tanh", lstm.Units, [.. Kernels(layer, rows, lstm.Units, order => order), (bias, [rows])]);
    }

    private static RtNeuralOutput OfGru(ModelLayer layer, GruAttribute gru)
    {
        RefuseOptions(layer, gru, new GruAttribute(gru.Units) { Bias = gru.Bias });
        int rows = 3 * gru.Units;
        float[] biases = gru.Bias ? [.. Reordered(Values(layer, "bias_ih")), .. Reordered(Values(layer, "bias_hh"))] : new float[2 * rows];
        return new("gru", "tanh", gru.Units, [.. Kernels(layer, rows, gru.Units, Reordered), (biases, [2, rows])]);
    }

    private static float[] Reordered(float[] gates) => gates.Reordered("rzn", "zrn");

    private static IEnumerable<(float[], int[])> Kernels(ModelLayer layer, int rows, int units, Func<float[], float[]> reorder) =>
    [
        (reorder(Values(layer, "weight_ih")).Transposed(rows, layer.InputSize), [layer.InputSize, rows]),
        (reorder(Values(layer, "weight_hh")).Transposed(rows, units), [units, rows]),
    ];

    /// <summary>RTNeural has the plain layer alone: any option that inference knows and that is not as it is by default is refused by its name.</summary>
    private static void RefuseOptions(ModelLayer layer, RecurrentLayerAttribute recurrent, RecurrentLayerAttribute plain)
    {
        string[] harmless = [nameof(LayerAttribute.Name), nameof(LayerAttribute.From), nameof(LayerAttribute.IsOutput), nameof(RecurrentLayerAttribute.RecurrentDropout), nameof(Attribute.TypeId)];
        foreach (System.Reflection.PropertyInfo property in recurrent.GetType().GetProperties().Where(property => !harmless.Contains(property.Name)))
            if (!Equals(property.GetValue(recurrent), property.GetValue(plain)))
                throw RtNeuralWriter.Unsupported(layer, $"its {property.Name} is {Text.Shorten(FormattableString.Invariant($"{property.GetValue(recurrent)}"))}, which RTNeural does not have");
    }

    private static float[] Values(ModelLayer layer, string parameter) => layer.Find(parameter)!.Values;

    private static string NameOf(ModelLayer layer, Activation activation) => RtNeuralActivations.NameOf(activation)
        ?? throw RtNeuralWriter.Unsupported(layer, $"its activation is {activation}; RTNeural has {RtNeuralActivations.Names}");
}
