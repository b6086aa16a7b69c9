namespace RnnGen.Samples.GuitarAmp.Tests;

public sealed class SignalTests
{
    [Theory]
    [InlineData(110)]
    [InlineData(196)]
    [InlineData(440)]
    public void A_string_has_its_pitch_and_dies_away(double frequency)
    {
        var signal = new float[Tone.Rate];
        PluckedString.Add(signal, Tone.Rate, frequency, loudness: 0.5, damping: 0.99, new Random(1));
        int period = Enumerable.Range((int)(0.7 * Tone.Rate / frequency), (int)(0.6 * Tone.Rate / frequency)).MaxBy(lag => Correlation(signal, lag));
        Assert.InRange(period, (Tone.Rate / frequency) - 1, (Tone.Rate / frequency) + 1);
        Assert.True(Energy(signal[..4800]) > 10 * Energy(signal[^4800..]));
    }

    [Fact]
    public void Riffs_are_those_of_their_seeds()
    {
        float[] riff = TestSignals.Riff(1, seed: 1);
        Assert.Equal(riff, TestSignals.Riff(1, seed: 1));
        Assert.NotEqual(riff, TestSignals.Riff(1, seed: 2));
        Assert.All(riff, sample => Assert.InRange(sample, -1, 1));
        Assert.Equal(48000, riff.Length);
    }

    [Fact]
    public void A_sweep_begins_low_and_ends_high()
    {
        float[] sweep = TestSignals.Sweep(1);
        Assert.InRange(Crossings(sweep[..4800]), 5, 15); // 40 to 73 Hz in a tenth of a second
        Assert.InRange(Crossings(sweep[^4800..]), 1700, 3200); // 8.8 to 16 kHz
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(0.5f, 0.25)]
    public void The_ratio_is_that_of_energies(float factor, double expected)
    {
        float[] targets = TestSignals.Riff(0.5, seed: 1);
        Assert.Equal(expected, ErrorToSignalRatio.Of([.. targets.Select(target => factor * target)], targets), 1e-9);
    }

    private static double Correlation(float[] signal, int lag) => Enumerable.Range(0, 9600).Sum(i => (double)signal[i] * signal[i + lag]);

    private static double Energy(float[] signal) => signal.Sum(sample => (double)sample * sample);

    private static int Crossings(float[] signal) => signal.Zip(signal.Skip(1)).Count(pair => pair.First < 0 != pair.Second < 0);
}
