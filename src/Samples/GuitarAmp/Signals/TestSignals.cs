namespace RnnGen.Samples.GuitarAmp;

/// <summary>The signals that a model is trained and tested on.</summary>
internal static class TestSignals
{
    /// <summary>Samples per second.</summary>
    public const int Rate = 48000;

    private const double BeatSeconds = 0.21;
    private const double LowestNote = 82.41; // E2, a guitar's lowest string

    private static readonly int[] Pentatonic = [0, 3, 5, 7, 10, 12, 15, 17, 19, 22, 24];

    /// <summary>A logarithmic sine sweep from 40 Hz to 16 kHz, whose level rises and falls on the way.</summary>
    public static float[] Sweep(double seconds)
    {
        const double Lowest = 40, Highest = 16000;
        double octaves = Math.Log(Highest / Lowest);
        var signal = new float[(int)(seconds * Rate)];
        for (int i = 0; i < signal.Length; i++)
        {
            double place = (double)i / signal.Length;
            double phase = 2 * Math.PI * Lowest * seconds / octaves * (Math.Exp(octaves * place) - 1);
            double loudness = 0.05 + (0.75 * Math.Pow(Math.Sin(5 * Math.PI * place), 2));
            signal[i] = (float)(loudness * Math.Sin(phase));
        }

        return signal;
    }

    /// <summary>Notes and fifths, loud and soft, some of them muted.</summary>
    public static float[] Riff(double seconds, int seed)
    {
        var random = new Random(seed);
        var signal = new float[(int)(seconds * Rate)];
        int beat = (int)(BeatSeconds * Rate);
        for (int start = 0; start < signal.Length; start += beat)
        {
            if (random.NextDouble() < 0.15)
                continue;
            int beats = random.Next(1, 5);
            Span<float> rest = signal.AsSpan(start, Math.Min(beats * beat, signal.Length - start));
            double damping = random.NextDouble() < 0.3 ? 0.96 : 0.997;
            double loudness = 0.15 + (0.55 * random.NextDouble());
            double frequency = Note(Pentatonic[random.Next(Pentatonic.Length)]);
            PluckedString.Add(rest, Rate, frequency, loudness, damping, random);
            if (random.NextDouble() < 0.4)
                PluckedString.Add(rest, Rate, Note(7) / Note(0) * frequency, 0.8 * loudness, damping, random);
        }

        Fade(signal, Rate / 20);
        return [.. signal.Select(sample => MathF.Tanh(sample))]; // a pickup saturates too
    }

    /// <summary>The note some semitones above the lowest.</summary>
    private static double Note(int semitones) => LowestNote * Math.Pow(2, semitones / 12.0);

    private static void Fade(Span<float> signal, int samples)
    {
        for (int i = 0; i < Math.Min(samples, signal.Length); i++)
            signal[^(i + 1)] *= (float)i / samples;
    }
}
