namespace RnnGen.Samples.SpokenDigits;

/// <summary>The training and test sets.</summary>
/// <param name="Training">Standardised.</param>
/// <param name="Test">Other speakers, standardised by the training set's scale.</param>
/// <param name="Scale">Measured over the training set alone.</param>
internal sealed record DataSet(Utterance[] Training, Utterance[] Test, FeatureScale Scale)
{
    /// <summary>Reads the recordings and computes their features.</summary>
    public static DataSet Prepare()
    {
        var logMel = new LogMel();
        Utterance[] training = Extract(Corpus.Training());
        Utterance[] test = Extract(Corpus.Test());
        FeatureScale scale = FeatureScale.Measure(training.Select(utterance => utterance.Features), LogMel.Bands);
        foreach (Utterance utterance in training.Concat(test))
            scale.Apply(utterance.Features);
        return new DataSet(training, test, scale);

        Utterance[] Extract(IReadOnlyList<Recording> recordings) =>
            [.. recordings.Select(recording => new Utterance(recording.Name, recording.Digit, logMel.Extract(recording.Samples, recording.Name)))];
    }
}
