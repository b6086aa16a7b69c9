namespace RnnGen.Samples.GuitarAmp.Tests;

public sealed class CircuitTests
{
    [Theory]
    [InlineData(100, 1)]
    [InlineData(1000, 0.70711)]
    [InlineData(10000, 0.00673)] // tan(π 1000 / 48000)² / (that of 10000 Hz), nearly
    public void A_low_pass_filter_has_the_gains_of_its_kind(int frequency, double gain) =>
        Assert.Equal(gain, Gain(Biquad.LowPass(Tone.Rate, 1000, Math.Sqrt(0.5)), frequency), 1e-3);

    [Theory]
    [InlineData(100, 0.01)]
    [InlineData(1000, 0.70711)]
    [InlineData(10000, 1)]
    public void A_high_pass_filter_has_the_gains_of_its_kind(int frequency, double gain) =>
        Assert.Equal(gain, Gain(Biquad.HighPass(Tone.Rate, 1000, Math.Sqrt(0.5)), frequency), 1e-3);

    [Theory]
    [InlineData(20, 1)]
    [InlineData(800, 1.99526)] // 6 dB
    public void A_peak_filter_raises_its_frequency(int frequency, double gain) =>
        Assert.Equal(gain, Gain(Biquad.Peak(Tone.Rate, 800, 1, 6), frequency), 1e-3);

    [Fact]
    public void Silence_stays_silence() => Assert.All(AmpCircuit.Play(new WavAudio(Tone.Rate, new float[1000])), sample => Assert.Equal(0, sample));

    [Fact]
    public void Soft_tones_pass_and_loud_ones_are_squeezed()
    {
        Assert.InRange(Play(400, 0.002, 400) / Play(400, 0.001, 400), 1.99, 2.01);
        Assert.InRange(Play(400, 1, 400) / Play(400, 0.5, 400), 1, 1.1);
    }

    [Fact]
    public void Clipping_is_asymmetric_and_nothing_folds_back()
    {
        Assert.InRange(Play(400, 0.5, 800) / Play(400, 0.5, 400), 0.02, 1); // a symmetric one has no even harmonics
        Assert.InRange(Play(400, 0.5, 1200) / Play(400, 0.5, 400), 0.1, 1);
        Assert.InRange(Play(7000, 1, 48000 - (5 * 7000)) / Play(7000, 1, 7000), 0, 0.01);
    }

    private static double Gain(Biquad filter, int frequency) => Tone.Amplitude([.. Tone.Of(frequency, 1).Select(sample => filter.Next(sample))], frequency);

    private static double Play(int frequency, double amplitude, int heard) =>
        Tone.Amplitude([.. AmpCircuit.Play(new WavAudio(Tone.Rate, Tone.Of(frequency, amplitude))).Select(sample => (double)sample)], heard);
}
