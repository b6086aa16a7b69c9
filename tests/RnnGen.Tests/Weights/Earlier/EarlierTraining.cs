using RnnGen.Training;

namespace RnnGen.Tests.Weights;

/// <summary>How those files were written.</summary>
internal static class EarlierTraining
{
    public const int Epochs = 3;

    public static TrainerOptions Options() => new()
    {
        Optimizer = new Adam(0.01f), Loss = Loss.CrossEntropy, BatchSize = 4, ClipNorm = 1, Seed = 7, Patience = 100,
    };

    public static TrainingSet Set(int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(Sequence)];
        return TrainingSet.PerSequence(sequences, 3, [.. Enumerable.Range(0, count).Select(i => i % 3)]);
    }

    public static float[] Sequence(int i) => [.. Enumerable.Range(0, 3 * (3 + (i % 4))).Select(j => (((j * 7) + (i * 5)) % 11 * 0.125f) - 0.5f)];
}
