namespace RnnGen.Samples.GuitarAmp.Tests;

/// <summary>Sines, and how much of one is in a signal.</summary>
internal static class Tone
{
    public const int Rate = TestSignals.Rate;

    /// <summary>A second of a sine.</summary>
    public static float[] Of(double frequency, double amplitude) =>
        [.. Enumerable.Range(0, Rate).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / Rate)))];

    /// <summary>The amplitude of a sine of whole Hz in the last half of a second's signal.</summary>
    public static double Amplitude(IReadOnlyList<double> signal, int frequency)
    {
        double real = 0, imaginary = 0;
        for (int i = Rate / 2; i < Rate; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * frequency * i / Rate);
            real += cosine * signal[i];
            imaginary += sine * signal[i];
        }

        return 4.0 / Rate * double.Hypot(real, imaginary);
    }
}
