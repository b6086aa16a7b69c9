namespace RnnGen.Samples.GuitarAmp;

/// <summary>
/// The amplifier to be learnt: what couples the guitar in takes the bass away and raises the middle, one stage clips asymmetrically, and the loudspeaker takes
/// the treble away. It runs at four times the rate, so that what clipping adds above half the rate does not fold back as other tones.
/// </summary>
/// <param name="rate">Samples a second.</param>
internal sealed class AmpCircuit(int rate)
{
    private const int Oversampling = 4;
    private const double Gain = 9;
    private const double Level = 0.6;

    /// <summary>How far the stage goes downwards; upwards it goes to 1. The difference makes even harmonics.</summary>
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
            // Zeros between the samples, which the filter fills; it then gives a quarter of them.
            double between = Through(_interpolation, i == 0 ? Oversampling * x : 0);
            double driven = Clip(Gain * _middle.Next(_coupling.Next(between)));
            y = Through(_decimation, _speaker.Next(_bias.Next(driven)));
        }

        return Level * y;
    }

    /// <summary>Bends softly to 1 above and to <see cref="Lowest"/> below, with slope 1 at 0.</summary>
    private static double Clip(double x) => x > 0 ? Math.Tanh(x) : -Lowest * Math.Tanh(x / -Lowest);

    private static double Through(Biquad[] filters, double x)
    {
        foreach (Biquad filter in filters)
            x = filter.Next(x);
        return x;
    }

    /// <summary>A Butterworth filter of order 4 below half the rate; it has no delay to speak of, which a network would have to learn.</summary>
    private static Biquad[] Butterworth(int rate) =>
        [.. new[] { 0.54119610, 1.30656296 }.Select(q => Biquad.LowPass(Oversampling * rate, 0.4 * rate, q))];
}
