using System.Globalization;
using RnnGen.Training;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>The whole pipeline: an amplifier, a signal, training, a riff that is new to the network, the error, the latency, recordings and a plot.</summary>
/// <param name="options">What to do.</param>
/// <param name="display">Shows it.</param>
internal sealed class TrainingRun(Options options, IDisplay display)
{
    private const double SweepSeconds = 3;
    private const double RiffSeconds = 15;

    private readonly AmpFolder _folder = new(options.Folder);
    private readonly Performance _performance = new(options, display);

    /// <summary>Does everything.</summary>
    public void Run()
    {
        WavAudio input = _performance.Input();
        if (input.Rate != TestSignals.Rate)
            throw new FormatException($"{options.Input}: expected {TestSignals.Rate} Hz, the rate that the amplifier is trained at, got {input.Rate} Hz");
        _folder.Create();
        using var network = new LearntAmp(options.Seed);
        Train(network);
        network.Save(_folder.Weights);

        // Played by what was saved, as a plug-in would.
        using var amp = new Amp<LearntAmp>(LearntAmp.Load(_folder.Weights));
        display.Line();
        WavAudio target = input with { Samples = AmpCircuit.Play(input) };
        WavAudio output = _performance.Play(amp, input);
        double error = ErrorToSignalRatio.Of(output.Samples, target.Samples);
        Line($"error-to-signal ratio: {100 * error:F2} % ({10 * Math.Log10(error):F1} dB); unprocessed guitar: {100 * ErrorToSignalRatio.Of(input.Samples, target.Samples):F0} %");
        Write(input, target, output);
    }

    private static string Describe(TrainingProgress progress)
    {
        string epochs = progress.Epochs.ToString(CultureInfo.InvariantCulture);
        string epoch = progress.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(epochs.Length);
        string ratio = (100 * progress.Loss).ToString("F2", CultureInfo.InvariantCulture).PadLeft(6);
        return $"epoch {epoch}/{epochs}  error-to-signal {ratio} % with pre-emphasis  {progress.Remaining.ToClock()} left";
    }

    private void Train(LearntAmp network)
    {
        var signal = new WavAudio(TestSignals.Rate, [.. TestSignals.Sweep(SweepSeconds), .. TestSignals.Riff(RiffSeconds, options.Seed)]);
        float[] target = AmpCircuit.Play(signal);
        Line($"training {LearntAmp.ParameterCount} parameters on {signal.Seconds:F0} s of sweep and plucked strings for {options.Epochs} epochs, seed {options.Seed}");
        TrainingReport report = display.Training(
            progress => AmpTraining.Train(network, signal.Samples, target, options.Epochs, options.Seed, progress), Describe);
        Line($"trained in {report.Elapsed.TotalSeconds:F1} s");
    }

    private void Write(WavAudio input, WavAudio target, WavAudio output)
    {
        WavWriter.Write(_folder.Input, input);
        WavWriter.Write(_folder.Target, target);
        WavWriter.Write(_folder.Output, output);
        SpectrogramPlot.Save(_folder.Plot, ("guitar", input), ("amplifier", target), ("network", output));
        display.Line();
        foreach (string file in (string[])[_folder.Weights, _folder.Input, _folder.Target, _folder.Output, _folder.Plot])
            display.Line($"wrote {file}");
    }

    private void Line(FormattableString text) => display.Line(text.ToString(CultureInfo.InvariantCulture));
}
