namespace RnnGen.Formats.Guitar;

/// <summary>Layers of a <see cref="JsonStateDict"/>, whose shapes and gate orders are RnnGen's.</summary>
internal static class TorchJsonLayers
{
    /// <summary>Adds one layer of a recurrent module.</summary>
    /// <param name="builder">The network.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="unit">The module's kind: <c>LSTM</c>, <c>GRU</c> or <c>RNN</c>.</param>
    /// <param name="prefix">Its name with a dot.</param>
    /// <param name="index">The layer's number in the module.</param>
    /// <param name="units">Hidden units.</param>
    public static void AddRecurrent(ModelBuilder builder, JsonStateDict tensors, string unit, string prefix, int index, int units)
    {
        string name = $"{prefix}weight_ih_l{index}", second = $"{prefix}weight_hh_l{index}", bias = $"{prefix}bias_ih_l{index}", secondBias = $"{prefix}bias_hh_l{index}";
        bool hasBias = tensors.Has(bias);
        (RecurrentLayerAttribute layer, int gates) = unit switch
        {
            "LSTM" => ((RecurrentLayerAttribute)new LstmAttribute(units) { Bias = hasBias }, 4),
            "GRU" => (new GruAttribute(units) { Bias = hasBias }, 3),
            "RNN" => (new RnnAttribute(units) { Bias = hasBias }, 1),
            _ => throw new UnsupportedLayerException(prefix.TrimEnd('.'), unit, "expected the unit LSTM, GRU or RNN"),
        };
        int rows = checked(gates * units);
        List<(string, float[])> parameters = [("weight_ih", tensors.Take(name, rows, builder.Size)), ("weight_hh", tensors.Take(second, rows, units))];
        if (hasBias)
            parameters.AddRange([("bias_ih", tensors.Take(bias, rows)), ("bias_hh", tensors.Take(secondBias, rows))]);
        builder.Add(layer, $"{unit} {prefix.TrimEnd('.')}, layer {index}", parameters);
    }

    /// <summary>Adds a linear module.</summary>
    /// <param name="builder">The network.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="prefix">Its name with a dot.</param>
    /// <param name="units">Its outputs.</param>
    public static void AddLinear(ModelBuilder builder, JsonStateDict tensors, string prefix, int units)
    {
        bool hasBias = tensors.Has(prefix + "bias");
        List<(string, float[])> parameters = [("weight", tensors.Take(prefix + "weight", units, builder.Size))];
        if (hasBias)
            parameters.Add(("bias", tensors.Take(prefix + "bias", units)));
        builder.Add(new DenseAttribute(units) { Bias = hasBias }, $"linear {prefix.TrimEnd('.')}", parameters);
    }
}
