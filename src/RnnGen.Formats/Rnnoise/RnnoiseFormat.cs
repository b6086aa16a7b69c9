namespace RnnGen.Formats.Rnnoise;

/// <summary>
/// RNNoise's weights (Valin 2018), binary or as text: six layers, each of them three numbers (inputs, units, activation) and weights in 1/256, whose wiring is
/// always the same. Dense weights are <c>[inputs, units]</c>; those of GRUs <c>[inputs, gates z r h]</c>, the reset gate before the product.
/// </summary>
internal sealed class RnnoiseFormat : ModelFormat
{
    private const string Input = ModelBuilder.Input;

    private static readonly (string Name, bool IsGru, string[] From)[] Layers =
    [
        ("dense", false, [Input]),
        ("vad_gru", true, ["dense"]),
        ("noise_gru", true, ["dense", "vad_gru", Input]),
        ("denoise_gru", true, ["vad_gru", "noise_gru", Input]),
        ("gains", false, ["denoise_gru"]),
        ("vad", false, ["vad_gru"]),
    ];

    /// <inheritdoc/>
    public override string Name => "RNNoise";

    internal override bool Recognizes(ModelFile file) => RnnoiseNumbers.IsText(file) || IsBinary(file.Bytes);

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        RefusePart(options);
        var numbers = new RnnoiseNumbers(file);
        Dictionary<string, RnnoiseLayer> layers = [];
        foreach ((string name, bool isGru, string[] from) in Layers)
        {
            var layer = RnnoiseLayer.Read(numbers, name, isGru);
            int expected = from.Sum(source => source == Input ? layers.GetValueOrDefault("dense")?.Inputs ?? layer.Inputs : layers[source].Units);
            if (layer.Inputs != expected)
                throw new FormatException($"{name}: expected {expected} inputs, as many as {string.Join(", ", from)} have, got {layer.Inputs}");
            layers.Add(name, layer);
        }

        numbers.End();
        var builder = new ModelBuilder(RnnoiseNumbers.IsText(file) ? "RNNoise (text)" : "RNNoise (binary)", layers["dense"].Inputs, options: options);

        // Outputs come in the order of the layers: the voice first, which is also the first to be known.
        foreach (string name in new[] { "dense", "vad_gru", "vad", "noise_gru", "denoise_gru", "gains" })
            layers[name].Add(builder, Layers.First(layer => layer.Name == name).From, isOutput: name is "vad" or "gains");
        builder.Note("Outputs: whether there is a voice, then the gain of each band. RNNoise's own code computes its activations from tables, 1e-5 off.");
        return builder.Build();
    }

    /// <summary>Whether the layers' sizes fit each other and the file.</summary>
    private static bool IsBinary(byte[] bytes)
    {
        Dictionary<string, (int Inputs, int Units)> sizes = [];
        long at = 0;
        foreach ((string name, bool isGru, string[] from) in Layers)
        {
            if (at + 3 > bytes.Length || bytes[at] == 0 || bytes[at + 1] == 0 || bytes[at + 2] > 2)
                return false;
            (int inputs, int units) = (bytes[at], bytes[at + 1]);
            if (inputs != from.Sum(source => source == Input ? sizes.GetValueOrDefault("dense", (inputs, 0)).Item1 : sizes[source].Units))
                return false;
            sizes.Add(name, (inputs, units));
            at += 3 + RnnoiseLayer.Count(inputs, units, isGru);
        }

        return at == bytes.Length;
    }
}
