namespace RnnGen.Samples.GuitarAmp;

/// <summary>The folder of the trained network and the recordings.</summary>
/// <param name="path">The folder.</param>
internal sealed class AmpFolder(string path)
{
    /// <summary>The weights, as safetensors.</summary>
    public string Weights { get; } = Path.Combine(path, "amp.safetensors");

    /// <summary>The guitar.</summary>
    public string Input { get; } = Path.Combine(path, "guitar.wav");

    /// <summary>The amplifier that was modelled.</summary>
    public string Target { get; } = Path.Combine(path, "amplifier.wav");

    /// <summary>The network.</summary>
    public string Output { get; } = Path.Combine(path, "network.wav");

    /// <summary>What is in them.</summary>
    public string Plot { get; } = Path.Combine(path, "spectrogram.png");

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <exception cref="IOException">It cannot be created; the message names it.</exception>
    public void Create()
    {
        if (File.Exists(path))
            throw new IOException($"{path}: expected a folder, got a file");

        Directory.CreateDirectory(path);
    }
}
