using RnnGen.Training;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>Recognises utterances with a trained network: one frame at a time as they are spoken, or many at once.</summary>
internal static class Recogniser
{
    private const int BatchSize = 32;

    /// <summary>Processes an utterance frame by frame, as a live program would, and returns the network's guess after each.</summary>
    /// <param name="network">The network; its state is reset first.</param>
    /// <param name="features">Standardised, [frames × <see cref="LogMel.Bands"/>].</param>
    public static IEnumerable<Guess> Listen(DigitRecognizer network, float[] features)
    {
        var scores = new float[DigitRecognizer.OutputSize];
        network.Reset();
        for (int start = 0; start < features.Length; start += LogMel.Bands)
        {
            network.Step(features.AsSpan(start, LogMel.Bands), scores);
            yield return Guess.Of(scores);
        }
    }

    /// <summary>Computes the confusion matrix, in padded batches.</summary>
    public static ConfusionMatrix Test<TNetwork>(TNetwork network, Utterance[] utterances)
        where TNetwork : class, INetwork<TNetwork>
    {
        var metrics = new ClassificationMetrics(DigitRecognizer.OutputSize);
        foreach (Utterance[] chunk in utterances.Chunk(BatchSize))
        {
            SequenceBatch batch = Batch(chunk);
            var scores = new float[chunk.Length * DigitRecognizer.OutputSize];
            network.Run(batch, scores);
            metrics.Add(scores, [.. chunk.Select(utterance => utterance.Digit)]);
        }

        return metrics.Confusion;
    }

    /// <summary>Utterances side by side.</summary>
    public static SequenceBatch Batch(Utterance[] utterances) =>
        SequenceBatch.Pad([.. utterances.Select(utterance => utterance.Features)], DigitRecognizer.InputSize, Padding.Trailing);
}
