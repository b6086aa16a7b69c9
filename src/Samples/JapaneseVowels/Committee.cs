using RnnGen.Training;

namespace RnnGen.Samples.JapaneseVowels;

/// <summary>An ensemble of networks that differ only in their seed; their outputs are averaged.</summary>
internal sealed class Committee : IDisposable
{
    /// <summary>How many.</summary>
    public const int Size = 5;

    // By the cross-validation that chose the network.
    private const float LearningRate = 3e-3f;
    private const float WeightDecay = 0.01f;
    private const float ClipNorm = 1;
    private const int BatchSize = 32;
    private const int Copies = 10;
    private const double NoiseDeviation = 0.6;

    private readonly SpeakerRecognizer[] _members;
    private readonly long _seed;

    /// <summary>Creates untrained networks.</summary>
    /// <param name="seed">Of the weights, the noise, dropout and the order of the training set. Committees of different seeds have no member in common.</param>
    public Committee(int seed)
    {
        _seed = (long)seed * Size;
        _members = [.. Enumerable.Range(0, Size).Select(member => new SpeakerRecognizer(_seed + member))];
    }

    /// <summary>Trains one network, on noisy copies of the utterances.</summary>
    /// <param name="member">Which, from 0.</param>
    /// <param name="training">The utterances.</param>
    /// <param name="epochs">Passes over all copies.</param>
    /// <param name="progress">Receives progress.</param>
    public TrainingReport Train(int member, Utterance[] training, int epochs, IProgress<TrainingProgress>? progress = null)
    {
        long seed = _seed + member;
        Utterance[] copies = WithNoise(training, new Random(unchecked((int)seed)));
        int updates = epochs * ((copies.Length + BatchSize - 1) / BatchSize);
        using var trainer = new Trainer<SpeakerRecognizer>(_members[member], new TrainerOptions
        {
            Optimizer = new AdamW(LearningRate, weightDecay: WeightDecay),
            Loss = Loss.CrossEntropy,
            BatchSize = BatchSize,
            ClipNorm = ClipNorm,
            Schedule = LearningRateSchedule.CosineWithWarmup(Math.Min(10, updates / 10), updates),
            Seed = seed,
        });
        var set = TrainingSet.PerSequence(
            [.. copies.Select(utterance => utterance.Features)], SpeakerRecognizer.InputSize, [.. copies.Select(utterance => utterance.Speaker)]);
        return trainer.Fit(set, validation: null, epochs, progress);
    }

    /// <summary>Computes the confusion matrix.</summary>
    public ConfusionMatrix Test(Utterance[] utterances)
    {
        var batch = SequenceBatch.Pad([.. utterances.Select(utterance => utterance.Features)], SpeakerRecognizer.InputSize, Padding.Trailing);
        var sum = new float[utterances.Length * SpeakerRecognizer.OutputSize];
        var answers = new float[sum.Length];
        foreach (SpeakerRecognizer member in _members)
        {
            member.Run(batch, answers);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += answers[i];
        }

        var metrics = new ClassificationMetrics(SpeakerRecognizer.OutputSize);
        metrics.Add(sum, [.. utterances.Select(utterance => utterance.Speaker)]);
        return metrics.Confusion;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SpeakerRecognizer member in _members)
            member.Dispose();
    }

    internal static Utterance[] WithNoise(Utterance[] utterances, Random random) =>
    [
        .. Enumerable.Range(0, Copies).SelectMany(_ => utterances).Select(utterance => utterance with
        {
            Features = [.. utterance.Features.Select(value => value + (float)(NoiseDeviation * Normal(random)))],
        }),
    ];

    /// <summary>Normally distributed, mean 0, deviation 1 (Box and Muller 1958).</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
