namespace RnnGen.Samples.Audio;

/// <summary>
/// The network's features of a recording: every 10 ms, the logarithm of the energy in 20 bands of 100 to 4000 Hz, over a Hamming window of 25 ms.
/// An instance keeps its work memory between recordings and is for one thread.
/// </summary>
internal sealed class LogMel
{
    /// <summary>Features per frame.</summary>
    public const int Bands = 20;

    /// <summary>Samples in the window of a frame: 25 ms.</summary>
    public const int WindowLength = 200;

    /// <summary>Samples from one frame to the next: 10 ms.</summary>
    public const int HopLength = 80;

    private const int FftLength = 256;

    /// <summary>Keeps the logarithm of silence finite. The smallest step of µ-law, 8 / 32768, leaves about as much noise in a band.</summary>
    private const double EnergyFloor = 1e-6;

    private readonly MelFilterbank _filters = new(Bands, lowest: 100, highest: 4000, WavFormat.ExpectedRate, FftLength);
    private readonly PowerSpectrum _spectrum = new(FftLength);
    private readonly double[] _hamming = Hamming();
    private readonly double[] _power = new double[(FftLength / 2) + 1];

    /// <summary>How many whole windows a recording holds.</summary>
    public static int FrameCount(int samples) => samples < WindowLength ? 0 : 1 + ((samples - WindowLength) / HopLength);

    /// <summary>The features of a recording, [<see cref="FrameCount"/> × <see cref="Bands"/>].</summary>
    /// <param name="samples">8000 per second.</param>
    /// <param name="name">The recording's name, for messages.</param>
    /// <exception cref="FormatException">It is too short for one frame.</exception>
    public float[] Extract(ReadOnlySpan<float> samples, string name)
    {
        if (samples.Length < WindowLength)
            throw new FormatException($"{name}: expected at least {WindowLength} samples (25 ms), got {samples.Length}");

        var features = new float[FrameCount(samples.Length) * Bands];
        for (int frame = 0; frame * Bands < features.Length; frame++)
            ExtractFrame(samples.Slice(frame * HopLength, WindowLength), features.AsSpan(frame * Bands, Bands));
        return features;
    }

    /// <summary>The features of one frame.</summary>
    /// <param name="window">[<see cref="WindowLength"/>] samples.</param>
    /// <param name="features">Receives [<see cref="Bands"/>].</param>
    public void ExtractFrame(ReadOnlySpan<float> window, Span<float> features)
    {
        _spectrum.Compute(window, _hamming, _power);
        for (int band = 0; band < Bands; band++)
            features[band] = (float)Math.Log(Math.Max(_filters.Energy(band, _power), EnergyFloor));
    }

    private static double[] Hamming()
    {
        var window = new double[WindowLength];
        for (int n = 0; n < WindowLength; n++)
            window[n] = 0.54 - (0.46 * Math.Cos(2 * Math.PI * n / (WindowLength - 1)));
        return window;
    }
}
