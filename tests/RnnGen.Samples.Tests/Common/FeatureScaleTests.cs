namespace RnnGen.Samples.Tests;

public sealed class FeatureScaleTests
{
    private const int Features = 20;

    [Fact]
    public void Standardised_features_have_mean_0_and_deviation_1()
    {
        var random = new Random(3);

        // Feature 0 never changes, the others vary more and more.
        float[] Sequence(int frames) => [.. Enumerable.Range(0, frames * Features).Select(i => (random.NextSingle() * (i % Features)) - 9)];
        float[][] sequences = [.. Enumerable.Range(1, 5).Select(i => Sequence(20 * i))];

        FeatureScale scale = FeatureScale.Measure(sequences, Features);
        foreach (float[] sequence in sequences)
            scale.Apply(sequence);

        for (int feature = 0; feature < Features; feature++)
        {
            double[] values = [.. sequences.SelectMany(sequence => sequence.Where((_, i) => i % Features == feature)).Select(value => (double)value)];
            Assert.Equal(0, values.Average(), 1e-4);
            Assert.Equal(feature == 0 ? 0 : 1, values.Average(value => value * value), 1e-3);
        }
    }

    [Fact]
    public void A_feature_far_from_0_keeps_its_deviation()
    {
        // Squares are 1e16: their sum in double has steps of 512 at the end, and a variance of 64 is looked for.
        const float Far = 1e8f;
        float[][] sequences = [.. Enumerable.Range(0, 100).Select(_ => new[] { Far - 8, Far + 8, Far - 8, Far + 8 })];
        FeatureScale scale = FeatureScale.Measure(sequences, 1);
        Assert.Equal(Far, scale.Mean[0]);
        Assert.Equal(8, scale.Deviation[0], 1e-6);
    }

    [Fact]
    public void A_saved_scale_comes_back_bit_by_bit()
    {
        using var folder = new TemporaryFolder();
        var scale = new FeatureScale(Values(i => -MathF.PI * i), Values(i => 1 / (i + 3f)));
        scale.Save(folder["scale.json"]);
        FeatureScale loaded = FeatureScale.Load(folder["scale.json"], Features);
        Assert.Equal(scale.Mean, loaded.Mean);
        Assert.Equal(scale.Deviation, loaded.Deviation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("{ \"mean\": [1, 2], \"deviation\": [1, 2] }")]
    [InlineData("{ \"mean\": [1, 2")]
    [InlineData("{ \"mean\": \"much\", \"deviation\": 1 }")]
    public void A_damaged_file_is_named(string text) => AssertRefused(text);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e39)] // infinite as a float
    public void A_deviation_that_is_not_positive_and_finite_is_refused(double deviation)
    {
        string mean = string.Join(",", Values(i => i));
        string deviations = string.Join(",", Enumerable.Range(0, Features).Select(i => i == 4 ? FormattableString.Invariant($"{deviation}") : "1"));
        AssertRefused($"{{ \"mean\": [{mean}], \"deviation\": [{deviations}] }}");
    }

    private static void AssertRefused(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["scale.json"], text);
        var exception = Assert.Throws<FormatException>(() => FeatureScale.Load(folder["scale.json"], Features));
        Assert.Equal($"{folder["scale.json"]}: expected JSON with the mean and deviation of 20 features", exception.Message);
    }

    private static float[] Values(Func<int, float> value) => [.. Enumerable.Range(0, Features).Select(value)];
}
