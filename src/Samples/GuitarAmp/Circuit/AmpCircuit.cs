namespace RnnGen.Samples.GuitarAmp;

/// <summary>
/// The amplifier to be modelled: the input filter cuts the bass and boosts the mids, one stage clips asymmetrically, and the loudspeaker cuts
/// the treble. It runs at four times the sample rate, so that the harmonics of clipping do not alias.
/// </summary>
/// <param name="rate">Samples per second.</param>
internal sealed class AmpCircuit(int rate)
{
    private const int Oversampling = 4;
    private const double Gain = 9;
    private const double Level = 0.6;

    /// <summary>The lower limit of the stage; the upper one is 1. The difference produces even harmonics.</summary>
    private const double Lowest = -0.65;

    private readonly Biquad[] _interpolation = Butterworth(rate);
    private readonly Biquad[] _decimation = Butterworth(rate);
    private readonly Biquad _coupling = Biquad.HighPass(Oversampling * rate, 90, 0.7);
    private readonly Biquad _middle = Biquad.Peak(Oversampling * rate, 800, 0.6, 7);
    private readonly Biquad _bias = Biquad.HighPass(Oversampling * rate, 50, 0.7);
    private readonly Biquad _speaker = Biquad.LowPass(Oversampling * rate, 4500, 0.9);

    /// <summary>A whole signal, from silence.</summary>
    public static float[] Play(WavAudio input)
    {
        var circuit = new AmpCircuit(input.Rate);
        return [.. input.Samples.Select(sample => (float)circuit.Next(sample))];
    }

    /// <summary>The next sample.</summary>
    public double Next(double x)
    {
        double y = 0;
        for (int i = 0; i < Oversampling; i++)
        {
            // Upsampling inserts zeros, which the filter interpolates at a quarter of the amplitude.
            double between = Through(_interpolation, i == 0 ? Oversampling * x : 0);
            double driven = Clip(Gain * _middle.Next(_coupling.Next(between)));
            y = Through(_decimation, _speaker.Next(_bias.Next(driven)));
        }

        return Level * y;
    }

    /// <summary>Saturates softly at 1 and at <see cref="Lowest"/>, with slope 1 at 0.</summary>
    private static double Clip(double x) => x > 0 ? Math.Tanh(x) : -Lowest * Math.Tanh(x / -Lowest);

    private static double Through(Biquad[] filters, double x)
    {
        foreach (Biquad filter in filters)
            x = filter.Next(x);
        return x;
    }

    /// <summary>A Butterworth filter of order 4 below half the rate; its delay, which a network would have to learn, is negligible.</summary>
    private static Biquad[] Butterworth(int rate) =>
        [.. new[] { 0.54119610, 1.30656296 }.Select(q => Biquad.LowPass(Oversampling * rate, 0.4 * rate, q))];
}
