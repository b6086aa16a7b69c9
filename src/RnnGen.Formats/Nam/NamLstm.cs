namespace RnnGen.Formats.Nam;

/// <summary>
/// Architecture "LSTM". A layer's weights: <c>[4H, in + H]</c> with those of input and state side by side, gates i f g o; one bias <c>[4H]</c>; the state
/// before the first step, h <c>[H]</c> and c <c>[H]</c>. Then a dense layer.
/// </summary>
internal static class NamLstm
{
    public static ModelBuilder Read(JsonValue config, NamWeights weights, string source, ImportOptions options)
    {
        config.AllowOnly("input_size", "hidden_size", "num_layers", "in_channels", "out_channels");
        int inputSize = config.Get("input_size").Integer(1, NamWeights.LargestSize), units = config.Get("hidden_size").Integer(1, NamWeights.LargestSize);
        int channels = config.Find("in_channels")?.Integer() ?? inputSize, outputs = config.Find("out_channels")?.Integer(1, NamWeights.LargestSize) ?? 1;
        if (channels != inputSize)
            throw config.Wrong($"expected as many in_channels as the input_size {inputSize}, got {channels}");
        var builder = new ModelBuilder(source, inputSize, options: options);
        int layers = config.Get("num_layers").Integer(1);
        for (int layer = 0; layer < layers; layer++)
            Add(builder, weights, units, $"LSTM layer {layer}");
        builder.Add(new DenseAttribute(outputs), "head", ("weight", weights.Take("the head", outputs, units)), ("bias", weights.Take("the head", outputs)));
        return builder;
    }

    private static void Add(ModelBuilder builder, NamWeights weights, int units, string what)
    {
        int rows = 4 * units, inputs = builder.Size;
        float[] both = weights.Take(what, rows, inputs + units);
        builder.Add(
            new LstmAttribute(units) { LearnedState = true },
            what,
            ("weight_ih", both.Columns(rows, 0, inputs)),
            ("weight_hh", both.Columns(rows, inputs, units)),
            ("bias_ih", weights.Take(what, rows)),
            ("bias_hh", new float[rows]),
            ("initial_h", weights.Take(what, units)),
            ("initial_c", weights.Take(what, units)));
    }
}
