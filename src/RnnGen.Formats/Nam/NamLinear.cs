namespace RnnGen.Formats.Nam;

/// <summary>Architecture "Linear": an impulse response, the newest sample's weight first, and a bias.</summary>
internal static class NamLinear
{
    public static ModelBuilder Read(JsonValue config, NamWeights weights, string source, ImportOptions options)
    {
        // How a player computes it, as products or by Fourier transforms, makes no difference.
        config.AllowOnly("receptive_field", "bias", "in_channels", "out_channels", "implementation");
        foreach (string channels in new[] { "in_channels", "out_channels" })
            if (config.Find(channels)?.Integer() is { } count and not 1)
                throw new UnsupportedLayerException("config", "Linear", $"it has {count} {channels}, expected 1");
        int taps = config.Get("receptive_field").Integer(1, NamWeights.LargestSize);
        var builder = new ModelBuilder(source, 1, options: options);
        float[] response = weights.Take("the impulse response", taps);
        Array.Reverse(response);
        bool hasBias = config.Get("bias").Flag();
        builder.Add(
            new Conv1DAttribute(1, taps) { Bias = hasBias },
            "impulse response",
            hasBias ? [("weight", response), ("bias", weights.Take("the bias", 1))] : [("weight", response)]);
        return builder;
    }
}
