using RnnGen.Samples.Audio;

namespace RnnGen.Samples.Embedded;

/// <summary>
/// Processes samples as they arrive. During speech it updates its guess after each frame of 10 ms; a pause ends a digit. It allocates nothing after construction.
/// </summary>
public sealed class DigitListener : IDisposable
{
    /// <summary>Samples per second.</summary>
    public const int Rate = WavFormat.ExpectedRate;

    /// <summary>Milliseconds from one frame to the next.</summary>
    public const int FrameMilliseconds = 1000 * LogMel.HopLength / Rate;

    /// <summary>The mean square above which a frame counts as speech: 55 dB below full scale. Few frames of the recordings are quieter.</summary>
    private const double SpeechPower = 3.2e-6;

    /// <summary>Quiet frames that end a digit, 250 ms: no training recording is quiet for that long within a word.</summary>
    private const int PauseFrames = 25;

    private readonly DigitRecognizer _network;
    private readonly LogMel _logMel = new();
    private readonly float[] _window = new float[LogMel.WindowLength];
    private readonly float[] _features = new float[LogMel.Bands];
    private readonly float[] _scores = new float[DigitRecognizer.OutputSize];
    private int _filled;
    private int _quiet;

    /// <summary>Creates a listener.</summary>
    /// <param name="network">Recognises the digits; the listener disposes of it.</param>
    public DigitListener(DigitRecognizer network) => _network = network;

    /// <summary>Frames of the current or last digit.</summary>
    public int Frames { get; private set; }

    /// <summary>Whether the current frame is speech.</summary>
    public bool Speaking { get; private set; }

    /// <summary>The likeliest digit after the last frame of speech.</summary>
    public int Digit { get; private set; }

    /// <summary>How likely it is, 0 to 1.</summary>
    public float Probability { get; private set; }

    /// <summary>Processes one sample.</summary>
    /// <param name="sample">In [−1, 1).</param>
    /// <returns>What the sample completes.</returns>
    public Heard Hear(float sample)
    {
        _window[_filled++] = sample;
        if (_filled < _window.Length)
            return Heard.Nothing;

        Heard heard = HearFrame();
        _window.AsSpan(LogMel.HopLength).CopyTo(_window);
        _filled -= LogMel.HopLength;
        return heard;
    }

    /// <summary>Ends the current digit, as at the end of a recording; the next sample starts a new one.</summary>
    /// <returns><see cref="Heard.Digit"/>, or <see cref="Heard.Nothing"/> if there was no speech.</returns>
    public Heard End()
    {
        _filled = 0;
        bool spoke = Speaking;
        Speaking = false;
        return spoke ? Heard.Digit : Heard.Nothing;
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private Heard HearFrame()
    {
        bool isLoud = Power(_window) > SpeechPower;
        if (!Speaking)
        {
            if (!isLoud)
                return Heard.Nothing;
            (Speaking, Frames) = (true, 0);
            _network.Reset();
        }

        _quiet = isLoud ? 0 : _quiet + 1;
        if (_quiet == PauseFrames)
        {
            Speaking = false;
            return Heard.Digit;
        }

        Frames++;
        _logMel.ExtractFrame(_window, _features);
        _network.Step(_features, _scores);
        if (isLoud)
            Guess();
        return Heard.Frame;
    }

    private void Guess()
    {
        Digit = 0;
        for (int digit = 1; digit < _scores.Length; digit++)
            if (_scores[digit] > _scores[Digit])
                Digit = digit;
        Probability = _scores[Digit];
    }

    private static double Power(float[] window)
    {
        double sum = 0;
        foreach (float sample in window)
            sum += (double)sample * sample;
        return sum / window.Length;
    }
}

/// <summary>What a sample completes.</summary>
public enum Heard
{
    /// <summary>Nothing, or a frame without speech.</summary>
    Nothing,

    /// <summary>A frame of a digit: there is a new guess.</summary>
    Frame,

    /// <summary>A digit: the guess is final.</summary>
    Digit,
}
