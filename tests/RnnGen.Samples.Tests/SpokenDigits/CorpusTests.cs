namespace RnnGen.Samples.SpokenDigits.Tests;

public sealed class CorpusTests
{
    private static readonly Lazy<DataSet> Data = new(DataSet.Prepare);

    [Fact]
    public void Every_speaker_says_every_digit_once()
    {
        foreach ((IReadOnlyList<Recording> recordings, int speakers) in new[] { (Corpus.Training(), 82), (Corpus.Test(), 32) })
        {
            Assert.Equal(10 * speakers, recordings.Count);
            Assert.Equal(speakers, recordings.Select(Speaker).Distinct().Count());
            Assert.Equal(10 * speakers, recordings.Select(recording => (Speaker(recording), recording.Digit)).Distinct().Count());
            Assert.All(recordings, recording => Assert.InRange(recording.Digit, 0, 9));
        }
    }

    [Fact]
    public void No_speaker_is_in_both_sets() => Assert.Empty(Corpus.Training().Select(Speaker).Intersect(Corpus.Test().Select(Speaker)));

    [Fact]
    public void Utterances_keep_their_own_lengths()
    {
        Assert.Equal((17, 108), (Data.Value.Training.Min(utterance => utterance.Frames), Data.Value.Training.Max(utterance => utterance.Frames)));
        Assert.Equal((14, 63), (Data.Value.Test.Min(utterance => utterance.Frames), Data.Value.Test.Max(utterance => utterance.Frames)));
    }

    [Fact]
    public void The_scale_is_that_of_the_training_set_alone()
    {
        FeatureScale again = FeatureScale.Measure(Data.Value.Training.Select(utterance => utterance.Features), LogMel.Bands);
        Assert.All(again.Mean, mean => Assert.Equal(0, mean, 1e-4));
        Assert.All(again.Deviation, deviation => Assert.Equal(1, deviation, 1e-3));
        Assert.Contains(FeatureScale.Measure(Data.Value.Test.Select(utterance => utterance.Features), LogMel.Bands).Mean, mean => Math.Abs(mean) > 0.01);
    }

    private static string Speaker(Recording recording) => recording.Name.Split('_')[1];
}
