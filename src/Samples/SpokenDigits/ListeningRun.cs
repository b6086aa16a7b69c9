namespace RnnGen.Samples.SpokenDigits;

/// <summary>Recognises one recording with saved weights.</summary>
/// <param name="options">What to do.</param>
/// <param name="display">Shows it.</param>
internal sealed class ListeningRun(Options options, IDisplay display)
{
    private const int FramesPerLine = 5;

    /// <summary>Shows the network's guess every 50 ms, then the result.</summary>
    /// <param name="path">The recording.</param>
    /// <exception cref="FormatException">The recording or a saved file is damaged; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read, or nothing was saved yet.</exception>
    public void Run(string path)
    {
        float[] features = new LogMel().Extract(WavReader.Read(path), path);
        (DigitRecognizer network, FeatureScale scale) = new ModelFolder(options.Folder).Load();
        using (network)
        {
            scale.Apply(features);
            int frame = 0;
            Guess guess = default;
            foreach (Guess now in Recogniser.Listen(network, features))
            {
                guess = now;
                if (++frame % FramesPerLine == 0)
                    display.Line(FormattableString.Invariant($"{frame * 10,5} ms  {guess.Digit}  {100 * guess.Probability,5:F1} %"));
            }

            display.Line(FormattableString.Invariant($"{path}: {guess.Digit} ({100 * guess.Probability:F1} %)"));
        }
    }
}
