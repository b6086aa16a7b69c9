using RnnGen.Training;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>Trains a network on an amplifier's input and output.</summary>
internal static class AmpTraining
{
    /// <summary>Steps per chunk: each chunk is an update.</summary>
    private const int ChunkLength = 1024;

    /// <summary>Warm-up steps at the start of a sequence, which do not count in the loss: the state before them is unknown.</summary>
    private const int WarmUpLength = ChunkLength;

    /// <summary>Steps of a sequence that count in the loss.</summary>
    private const int SequenceLength = 8 * ChunkLength;

    private const int BatchSize = 16;
    private const float LearningRate = 8e-3f;
    private const int WarmUpUpdates = 50;

    /// <summary>Error-to-signal ratio; the pre-emphasis filter weights treble as the ear does (Wright and Välimäki 2020).</summary>
    private static readonly Loss Ratio = Loss.ErrorToSignal.WithPreEmphasis(0.85f);

    /// <summary>Trains.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="input">The guitar.</param>
    /// <param name="target">The amplifier.</param>
    /// <param name="epochs">Passes over it.</param>
    /// <param name="seed">Of the order.</param>
    /// <param name="progress">Receives progress.</param>
    public static TrainingReport Train(LearntAmp network, float[] input, float[] target, int epochs, int seed, IProgress<TrainingProgress> progress)
    {
        TrainingSet set = Cut(input, target);
        int updates = epochs * ((set.Count + BatchSize - 1) / BatchSize) * (SequenceLength / ChunkLength);
        using var trainer = new Trainer<LearntAmp>(network, new TrainerOptions
        {
            Optimizer = new Adam(LearningRate),
            Loss = Ratio,
            BatchSize = BatchSize,
            TruncateEvery = ChunkLength,
            ClipNorm = 1,
            Schedule = LearningRateSchedule.CosineWithWarmup(WarmUpUpdates, Math.Max(WarmUpUpdates + 1, updates), floor: 0.02),
            Seed = seed,
            Threads = Math.Min(Environment.ProcessorCount, 2),
        });
        return trainer.Fit(set, validation: null, epochs, progress);
    }

    /// <summary>Sequences that overlap by a warm-up, so that every sample but the first ones counts once.</summary>
    private static TrainingSet Cut(float[] input, float[] target)
    {
        var inputs = new List<float[]>();
        var targets = new List<float[]>();
        for (int start = 0; start + WarmUpLength + ChunkLength <= input.Length; start += SequenceLength)
        {
            int end = Math.Min(start + WarmUpLength + SequenceLength, input.Length);
            inputs.Add(input[start..end]);
            targets.Add(target[start..end]);
        }

        float[][] weights = [.. inputs.Select(sequence => Enumerable.Range(0, sequence.Length).Select(step => step < WarmUpLength ? 0f : 1).ToArray())];
        return TrainingSet.PerStep(inputs, features: 1, targets, weights);
    }
}
