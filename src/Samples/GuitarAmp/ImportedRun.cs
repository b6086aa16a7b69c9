using RnnGen.Formats;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>Plays through an existing model.</summary>
/// <param name="options">What to do.</param>
/// <param name="display">Shows it.</param>
internal sealed class ImportedRun(Options options, IDisplay display)
{
    private readonly AmpFolder _folder = new(options.Folder);
    private readonly Performance _performance = new(options, display);

    /// <summary>Reads the model, plays, writes the output.</summary>
    /// <param name="path">The model.</param>
    /// <exception cref="FormatException">The model cannot be played; the message names it and says why.</exception>
    public void Run(string path)
    {
        using Amp amp = Read(path);
        WavAudio input = _performance.Input();
        _folder.Create();
        WavAudio output = _performance.Play(amp, input);
        WavWriter.Write(_folder.Input, input);
        WavWriter.Write(_folder.Output, output);
        SpectrogramPlot.Save(_folder.Plot, ("guitar", input), (Path.GetFileName(path), output));
        display.Line();
        foreach (string file in (string[])[_folder.Input, _folder.Output, _folder.Plot])
            display.Line($"wrote {file}");
    }

    private Amp Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file", path);

        try
        {
            ModelDescription model = ModelFormats.Read(path);
            Amp amp = ReadyAmps.Create(model, path);
            display.Line($"{path}: {model.Source}; {amp.Name}");
            foreach (string note in model.Notes.Concat(model.Warnings))
                display.Line($"  {note}");
            return amp;
        }
        catch (UnsupportedLayerException refused)
        {
            throw new FormatException($"{path}: {refused.Message}", refused);
        }
    }
}
