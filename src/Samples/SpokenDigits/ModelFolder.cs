namespace RnnGen.Samples.SpokenDigits;

/// <summary>The folder of a trained network and what describes it.</summary>
/// <param name="path">The folder.</param>
internal sealed class ModelFolder(string path)
{
    /// <summary>The weights, as safetensors.</summary>
    public string Weights { get; } = Path.Combine(path, "digits.safetensors");

    /// <summary>The weights for features that are not standardised: those of the embedded sample.</summary>
    public string RawWeights { get; } = Path.Combine(path, "digits.raw.safetensors");

    /// <summary>The scale of the features that the weights were trained with.</summary>
    public string Scale { get; } = Path.Combine(path, "digits.features.json");

    /// <summary>Loss and accuracy over the epochs.</summary>
    public string TrainingPlot { get; } = Path.Combine(path, "training.png");

    /// <summary>The percentiles of a step's latency.</summary>
    public string LatencyPlot { get; } = Path.Combine(path, "latency.png");

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <exception cref="IOException">It cannot be created; the message names it.</exception>
    public void Create()
    {
        if (File.Exists(path))
            throw new IOException($"{path}: expected a folder, got a file");

        Directory.CreateDirectory(path);
    }

    /// <summary>The network and the scale that were saved here.</summary>
    /// <exception cref="FileNotFoundException">Nothing was.</exception>
    /// <exception cref="FormatException">A file is damaged; the message names it.</exception>
    public (DigitRecognizer Network, FeatureScale Scale) Load()
    {
        foreach (string file in (string[])[Weights, Scale])
        {
            if (!File.Exists(file))
                throw new FileNotFoundException($"{file}: no such file; train first, by running without --listen", file);
        }

        FeatureScale scale = FeatureScale.Load(Scale, DigitRecognizer.InputSize);
        return (DigitRecognizer.Load(Weights), scale);
    }
}
