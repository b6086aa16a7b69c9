namespace RnnGen.Samples.SpokenDigits;

/// <summary>
/// Weights for features as they come from <see cref="LogMel"/>. Standardising is affine and the first layer's product is linear, so the scale can be part of
/// the weights: W ((x − m) / d) + b = (W / d) x + (b − W (m / d)). An inference-only program then needs no scale.
/// </summary>
internal static class RawWeights
{
    /// <summary>Writes a network that gives the same outputs without the scale.</summary>
    /// <param name="network">Trained on standardised features.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="path">Where to, as safetensors.</param>
    public static void Save(DigitRecognizer network, FeatureScale scale, string path)
    {
        using DigitRecognizer raw = Fold(network, scale);
        raw.Save(path);
    }

    /// <summary>A network that gives the same outputs without the scale.</summary>
    public static DigitRecognizer Fold(DigitRecognizer network, FeatureScale scale)
    {
        var raw = new DigitRecognizer(seed: 0);
        foreach (Parameter parameter in network.Parameters)
            raw.Parameters[parameter.Name].Set(parameter.ToArray());

        Parameter weights = raw.Parameters["lstm0.weight_ih"];
        Parameter biases = raw.Parameters["lstm0.bias_ih"];
        (float[] weight, float[] bias) = (weights.ToArray(), biases.ToArray());
        for (int row = 0; row < bias.Length; row++)
        {
            double shift = 0;
            for (int band = 0; band < LogMel.Bands; band++)
            {
                ref float value = ref weight[(row * LogMel.Bands) + band];
                double scaled = (double)value / scale.Deviation[band];
                shift += scaled * scale.Mean[band];
                value = (float)scaled;
            }

            bias[row] = (float)(bias[row] - shift);
        }

        weights.Set(weight);
        biases.Set(bias);
        return raw;
    }
}
