namespace RnnGen.Formats.Nam;

/// <summary>Architecture "ConvNet": dilated convolutions of two taps, each with a bias or a batch normalisation (which becomes weights and bias), then a dense layer.</summary>
internal static class NamConvNet
{
    private const int Taps = 2;

    public static ModelBuilder Read(JsonValue config, NamWeights weights, string source, ImportOptions options)
    {
        config.AllowOnly("channels", "dilations", "batchnorm", "activation", "groups", "in_channels", "out_channels");
        if (config.Find("groups")?.Integer() is { } groups and not 1)
            throw new UnsupportedLayerException("config", "ConvNet", $"its convolutions have {groups} groups, expected 1");
        int units = config.Get("channels").Integer(1, NamWeights.LargestSize);
        int outputs = config.Find("out_channels")?.Integer(1, NamWeights.LargestSize) ?? 1;
        bool isNormalized = config.Get("batchnorm").Flag();
        NamActivation activation = NamActivation.Read(config.Get("activation"), "config");
        var builder = new ModelBuilder(source, config.Find("in_channels")?.Integer(1, NamWeights.LargestSize) ?? 1, options: options);
        foreach ((int index, JsonValue dilation) in config.Get("dilations").Items().Index())
        {
            string what = $"block {index}";
            float[] weight = weights.Take(what, units, builder.Size, Taps), bias = isNormalized ? new float[units] : weights.Take(what, units);
            if (isNormalized)
                Normalize(weight, bias, weights, what);
            builder.Add(
                new Conv1DAttribute(units, Taps, activation.Activation) { ActivationAlpha = activation.Alpha, Dilation = dilation.Integer(1, NamWeights.LargestSize) },
                isNormalized ? what + ", with its batch normalisation" : what,
                ("weight", weight),
                ("bias", bias));
        }

        builder.Add(new DenseAttribute(outputs), "head", ("weight", weights.Take("the head", outputs, builder.Size)), ("bias", weights.Take("the head", outputs)));
        return builder;
    }

    private static void Normalize(float[] weight, float[] bias, NamWeights weights, string what)
    {
        int units = bias.Length;
        float[] mean = weights.Take(what, units), variance = weights.Take(what, units), scale = weights.Take(what, units), offset = weights.Take(what, units);
        float epsilon = weights.Take(what, 1)[0];
        Normalization.Of(mean, variance, epsilon, scale, offset).FoldInto(weight, bias);
    }
}
