using System.Globalization;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>Plays a recording and reports the latency.</summary>
/// <param name="options">What to play.</param>
/// <param name="display">Shows it.</param>
internal sealed class Performance(Options options, IDisplay display)
{
    private const double RiffSeconds = 6;

    /// <summary>The input: the recording that the command line names, or a riff that is not in the training signal.</summary>
    /// <exception cref="FormatException">The recording is damaged or empty; the message names it.</exception>
    public WavAudio Input()
    {
        if (options.Input is not { } path)
            return new WavAudio(TestSignals.Rate, TestSignals.Riff(RiffSeconds, unchecked(options.Seed + 1_000_003)));

        WavAudio input = WavReader.Read(path, WavKinds.Any);
        return input.Samples.Length > 0 ? input : throw new FormatException($"{path}: the recording is empty");
    }

    /// <summary>Plays in blocks and shows how long they took.</summary>
    public WavAudio Play(Amp amp, WavAudio input)
    {
        Playback played = BlockPlayer.Play(amp, input);
        Line($"played {input.Seconds:F1} s at {input.Rate} Hz in blocks of {BlockPlayer.BlockLength} samples: {played.Times.RealTimeFactor:F0} times as fast as real time");
        display.Line(played.Times.ToString());
        Line($"bytes allocated by all blocks: {played.Allocated}");
        return played.Output;
    }

    private void Line(FormattableString text) => display.Line(text.ToString(CultureInfo.InvariantCulture));
}
