using System.Numerics;

namespace RnnGen.Samples.Audio.Tests;

public sealed class LogMelTests
{
    [Fact]
    public void Features_equal_those_of_a_naive_transform()
    {
        var random = new Random(7);
        float[] samples = [.. Enumerable.Range(0, 700).Select(i => (float)(0.4 * Math.Sin(0.3 * i)) + (0.1f * random.NextSingle()))];
        samples.AsSpan(0, 200).Clear(); // a silent frame must come out at the floor

        float[] features = new LogMel().Extract(samples, "noise");

        Assert.Equal(7 * LogMel.Bands, features.Length);
        for (int frame = 0; frame < 7; frame++)
        {
            double[] expected = NaiveFrame(samples.AsSpan(frame * 80, 200));
            for (int band = 0; band < LogMel.Bands; band++)
                Assert.Equal(expected[band], features[(frame * LogMel.Bands) + band], 1e-5);
        }

        Assert.Equal(Math.Log(1e-6), features[0], 1e-5);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(199, 0)]
    [InlineData(200, 1)]
    [InlineData(279, 1)]
    [InlineData(280, 2)]
    [InlineData(1277, 14)]
    [InlineData(8787, 108)]
    public void A_frame_needs_a_whole_window(int samples, int frames)
    {
        Assert.Equal(frames, LogMel.FrameCount(samples));
        if (frames > 0)
            Assert.Equal(frames * LogMel.Bands, new LogMel().Extract(new float[samples], "silence").Length);
    }

    [Fact]
    public void A_recording_without_one_frame_is_named()
    {
        var exception = Assert.Throws<FormatException>(() => new LogMel().Extract(new float[199], "short.wav"));
        Assert.Equal("short.wav: expected at least 200 samples (25 ms), got 199", exception.Message);
    }

    [Fact]
    public void Frames_do_not_know_their_neighbours()
    {
        float[] samples = [.. Enumerable.Range(0, 360).Select(i => MathF.Sin(0.7f * i))];
        var logMel = new LogMel();
        float[] all = logMel.Extract(samples, "tone");
        Assert.Equal(all[(2 * LogMel.Bands)..], logMel.Extract(samples.AsSpan(160), "its end"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(1000)]
    [InlineData(3500)]
    public void A_tone_is_loudest_in_the_band_around_it(double hertz)
    {
        float[] samples = [.. Enumerable.Range(0, 200).Select(i => (float)Math.Sin(2 * Math.PI * hertz * i / 8000))];
        float[] features = new LogMel().Extract(samples, "tone");
        double mel = 2595 * Math.Log10(1 + (hertz / 700));
        double nearest = Enumerable.Range(0, LogMel.Bands).MinBy(band => Math.Abs(Edge(band + 1) - mel));
        Assert.Equal(nearest, features.IndexOf(features.Max()));
    }

    /// <summary>By the definitions, bin by bin; nothing is shared with the code under test.</summary>
    private static double[] NaiveFrame(ReadOnlySpan<float> window)
    {
        var power = new double[129];
        for (int bin = 0; bin < power.Length; bin++)
        {
            Complex sum = 0;
            for (int n = 0; n < window.Length; n++)
            {
                double hamming = 0.54 - (0.46 * Math.Cos(2 * Math.PI * n / 199));
                sum += window[n] * hamming * Complex.Exp(new Complex(0, -2 * Math.PI * bin * n / 256));
            }

            power[bin] = sum.Magnitude * sum.Magnitude;
        }

        var features = new double[LogMel.Bands];
        for (int band = 0; band < features.Length; band++)
        {
            double energy = 0;
            (double left, double centre, double right) = (Hertz(Edge(band)), Hertz(Edge(band + 1)), Hertz(Edge(band + 2)));
            for (int bin = 0; bin < power.Length; bin++)
            {
                double hertz = bin * 31.25;
                energy += power[bin] * Math.Max(0, Math.Min((hertz - left) / (centre - left), (right - hertz) / (right - centre)));
            }

            features[band] = Math.Log(Math.Max(energy, 1e-6));
        }

        return features;
    }

    /// <summary>The i-th of 22 points from 100 to 4000 Hz, evenly spaced in mel.</summary>
    private static double Edge(int i)
    {
        double low = 2595 * Math.Log10(1 + (100 / 700.0));
        double high = 2595 * Math.Log10(1 + (4000 / 700.0));
        return low + ((high - low) * i / 21);
    }

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
