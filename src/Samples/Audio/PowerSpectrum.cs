namespace RnnGen.Samples.Audio;

/// <summary>
/// The power spectrum of real samples by a fast Fourier transform (Cooley and Tukey 1965, radix 2, decimation in time). It keeps its work memory, allocates
/// nothing after construction and depends on no library, so it also suits small programs.
/// </summary>
internal sealed class PowerSpectrum
{
    private readonly int _length;
    private readonly int[] _reversed;
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private readonly double[] _real;
    private readonly double[] _imaginary;

    /// <summary>Prepares a transform.</summary>
    /// <param name="length">Its length, a power of two.</param>
    public PowerSpectrum(int length)
    {
        _length = length;
        _reversed = new int[length];
        _real = new double[length];
        _imaginary = new double[length];
        _cosines = new double[length / 2];
        _sines = new double[length / 2];
        for (int i = 1; i < length; i++)
            _reversed[i] = (_reversed[i / 2] / 2) + (i % 2 * length / 2);
        for (int i = 0; i < length / 2; i++)
            (_sines[i], _cosines[i]) = Math.SinCos(-2 * Math.PI * i / length);
    }

    /// <summary>Transforms samples, padded with zeros to the length of the transform.</summary>
    /// <param name="samples">At most as many as the transform is long.</param>
    /// <param name="window">The factor of each sample.</param>
    /// <param name="power">Receives |X|² of the bins from 0 to the Nyquist frequency, [length / 2 + 1].</param>
    public void Compute(ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> power)
    {
        Array.Clear(_real);
        Array.Clear(_imaginary);
        for (int i = 0; i < samples.Length; i++)
            _real[_reversed[i]] = samples[i] * window[i];
        for (int half = 1; half < _length; half *= 2)
            Combine(half);
        for (int bin = 0; bin < power.Length; bin++)
            power[bin] = (_real[bin] * _real[bin]) + (_imaginary[bin] * _imaginary[bin]);
    }

    /// <summary>Combines transforms of one length into transforms of twice the length.</summary>
    private void Combine(int half)
    {
        int turn = _length / (2 * half);
        for (int start = 0; start < _length; start += 2 * half)
        {
            for (int k = 0; k < half; k++)
            {
                (int even, int odd) = (start + k, start + k + half);
                (double cosine, double sine) = (_cosines[k * turn], _sines[k * turn]);
                double real = (_real[odd] * cosine) - (_imaginary[odd] * sine);
                double imaginary = (_real[odd] * sine) + (_imaginary[odd] * cosine);
                (_real[odd], _imaginary[odd]) = (_real[even] - real, _imaginary[even] - imaginary);
                (_real[even], _imaginary[even]) = (_real[even] + real, _imaginary[even] + imaginary);
            }
        }
    }
}
