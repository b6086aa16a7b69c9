namespace RnnGen.Samples.SpokenDigits.Tests;

public sealed class RawWeightsTests
{
    [Fact]
    public void Raw_features_get_the_answers_of_standardised_ones()
    {
        var random = new Random(3);
        float[] raw = [.. Enumerable.Range(0, 50 * LogMel.Bands).Select(i => (10 * random.NextSingle()) - 12 + (i % LogMel.Bands))];
        var scale = FeatureScale.Measure([raw], LogMel.Bands);
        float[] standardised = [.. raw];
        scale.Apply(standardised);
        using var network = new DigitRecognizer(seed: 4);
        var expected = new float[DigitRecognizer.OutputSize];
        network.Run(standardised, expected);

        using DigitRecognizer folded = RawWeights.Fold(network, scale);
        var actual = new float[DigitRecognizer.OutputSize];
        folded.Run(raw, actual);

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        folded.Reset();
        folded.Run(standardised, actual);
        Assert.Contains(expected.Zip(actual), pair => Math.Abs(pair.First - pair.Second) > 1e-3);
    }
}
