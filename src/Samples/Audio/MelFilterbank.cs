namespace RnnGen.Samples.Audio;

/// <summary>
/// Triangular filters whose centres are evenly spaced on the mel scale, <c>m = 2595 log₁₀(1 + f / 700)</c> (O'Shaughnessy 1987). Each rises from its left
/// neighbour's centre to 1 at its own and falls to its right neighbour's.
/// </summary>
internal sealed class MelFilterbank
{
    private readonly Filter[] _filters;

    /// <summary>Computes the filters.</summary>
    /// <param name="bands">How many.</param>
    /// <param name="lowest">Where the first begins, in Hz.</param>
    /// <param name="highest">Where the last ends, in Hz.</param>
    /// <param name="rate">Samples per second.</param>
    /// <param name="fftLength">The length of the transform; bin k stands for the frequency <c>k × rate / fftLength</c>.</param>
    public MelFilterbank(int bands, double lowest, double highest, int rate, int fftLength)
    {
        double first = Mel(lowest);
        double step = (Mel(highest) - first) / (bands + 1);
        double binsPerHertz = (double)fftLength / rate;

        _filters = new Filter[bands];
        for (int band = 0; band < bands; band++)
        {
            double Edge(int i) => Hertz(first + ((band + i) * step)) * binsPerHertz;
            _filters[band] = Triangle(Edge(0), Edge(1), Edge(2));
        }
    }

    /// <summary>How many bands there are.</summary>
    public int Bands => _filters.Length;

    /// <summary>The energy that a band gathers from a power spectrum, bins 0 to the Nyquist frequency.</summary>
    public double Energy(int band, ReadOnlySpan<double> power)
    {
        Filter filter = _filters[band];
        double energy = 0;
        for (int i = 0; i < filter.Weights.Length; i++)
            energy += filter.Weights[i] * power[filter.FirstBin + i];
        return energy;
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);

    /// <summary>A triangle between three points of the bin axis, at whole bins; bins where it is zero are left out.</summary>
    private static Filter Triangle(double left, double centre, double right)
    {
        int firstBin = (int)Math.Floor(left) + 1;
        int lastBin = (int)Math.Ceiling(right) - 1;
        var weights = new double[lastBin - firstBin + 1];
        for (int i = 0; i < weights.Length; i++)
        {
            int bin = firstBin + i;
            weights[i] = bin <= centre ? (bin - left) / (centre - left) : (right - bin) / (right - centre);
        }

        return new Filter(firstBin, weights);
    }

    private readonly record struct Filter(int FirstBin, double[] Weights);
}
