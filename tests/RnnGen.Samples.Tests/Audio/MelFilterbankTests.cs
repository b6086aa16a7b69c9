namespace RnnGen.Samples.Audio.Tests;

public sealed class MelFilterbankTests
{
    private readonly MelFilterbank _filters = new(bands: 20, lowest: 100, highest: 4000, rate: 8000, fftLength: 256);

    [Fact]
    public void Neighbouring_triangles_share_every_bin_between_the_outer_centres()
    {
        // The centres of the first and last band lie at 170 and 3620 Hz: bins 5.5 and 115.8.
        for (int bin = 6; bin <= 115; bin++)
            Assert.Equal(1, Weights(bin).Sum(), 1e-12);
    }

    [Fact]
    public void Nothing_is_heard_at_the_edges_and_below()
    {
        foreach (int bin in (int[])[0, 1, 2, 3, 128])
            Assert.All(Weights(bin), weight => Assert.Equal(0, weight, 1e-12));
    }

    [Fact]
    public void Every_band_hears_something() => Assert.All(Enumerable.Range(0, 20), band =>
        Assert.True(Enumerable.Range(0, 129).Sum(bin => Weights(bin)[band]) > 1));

    /// <summary>What each band takes of one bin.</summary>
    private double[] Weights(int bin)
    {
        var power = new double[129];
        power[bin] = 1;
        return [.. Enumerable.Range(0, _filters.Bands).Select(band => _filters.Energy(band, power))];
    }
}
