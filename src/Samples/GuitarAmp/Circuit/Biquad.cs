namespace RnnGen.Samples.GuitarAmp;

/// <summary>
/// A filter of two poles and two zeros, transposed direct form II; coefficients by the bilinear transform (Bristow-Johnson, "Cookbook formulae for audio
/// equalizer biquad filter coefficients").
/// </summary>
internal sealed class Biquad
{
    private readonly double _b0, _b1, _b2, _a1, _a2;
    private double _z1, _z2;

    private Biquad(double a0, double b0, double b1, double b2, double a1, double a2) =>
        (_b0, _b1, _b2, _a1, _a2) = (b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);

    /// <summary>A low-pass filter.</summary>
    public static Biquad LowPass(double rate, double frequency, double q)
    {
        (double cosine, double alpha) = Angle(rate, frequency, q);
        return new Biquad(1 + alpha, (1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2, -2 * cosine, 1 - alpha);
    }

    /// <summary>A high-pass filter.</summary>
    public static Biquad HighPass(double rate, double frequency, double q)
    {
        (double cosine, double alpha) = Angle(rate, frequency, q);
        return new Biquad(1 + alpha, (1 + cosine) / 2, -1 - cosine, (1 + cosine) / 2, -2 * cosine, 1 - alpha);
    }

    /// <summary>A peaking filter.</summary>
    public static Biquad Peak(double rate, double frequency, double q, double decibels)
    {
        (double cosine, double alpha) = Angle(rate, frequency, q);
        double gain = Math.Pow(10, decibels / 40);
        return new Biquad(1 + (alpha / gain), 1 + (alpha * gain), -2 * cosine, 1 - (alpha * gain), -2 * cosine, 1 - (alpha / gain));
    }

    /// <summary>The next sample.</summary>
    public double Next(double x)
    {
        double y = (_b0 * x) + _z1;
        _z1 = (_b1 * x) - (_a1 * y) + _z2;
        _z2 = (_b2 * x) - (_a2 * y);
        return y;
    }

    private static (double Cosine, double Alpha) Angle(double rate, double frequency, double q)
    {
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * frequency / rate);
        return (cosine, sine / (2 * q));
    }
}
