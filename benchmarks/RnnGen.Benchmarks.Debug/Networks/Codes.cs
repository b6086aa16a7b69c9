using RnnGen.Training;

namespace RnnGen.Benchmarks.Debug;

/// <summary>What is timed: each takes the number of its calls.</summary>
public static class Codes
{
    private const int Steps = 20;
    private const int Sequences = 16;

    public static (string Name, Action<int> Code)[] All()
    {
        var lstm = new Lstm64(seed: 1);
        var gru = new Gru128(seed: 1);
        float[] frame = Wave(Lstm64.InputSize), wide = Wave(Gru128.InputSize), scores = new float[Lstm64.OutputSize], states = new float[Gru128.OutputSize];
        return
        [
            ("step of Lstm(64) on 20 features, Dense(10)", calls =>
            {
                for (; calls > 0; calls--)
                    lstm.Step(frame, scores);
            }),
            ("step of Gru(128) on 64 features", calls =>
            {
                for (; calls > 0; calls--)
                    gru.Step(wide, states);
            }),
            ($"update of the first, {Sequences} sequences of {Steps} steps, Adam", Updates()),
        ];
    }

    private static Action<int> Updates()
    {
        var network = new Lstm64(seed: 1);
        var trainer = new Trainer<Lstm64>(network, new TrainerOptions { Optimizer = new Adam(1e-3f), Loss = Loss.CrossEntropy, BatchSize = Sequences });
        float[][] sequences = [.. Enumerable.Range(0, Sequences).Select(_ => Wave(Steps * Lstm64.InputSize))];
        var batch = SequenceBatch.Pad(sequences, Lstm64.InputSize, Padding.Trailing);
        int[] classes = [.. Enumerable.Range(0, Sequences * Steps).Select(step => step % Lstm64.OutputSize)];
        return calls =>
        {
            for (; calls > 0; calls--)
                trainer.Update(batch, classes);
        };
    }

    private static float[] Wave(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i))];
}

[Network(20)]
[Lstm(64)]
[Dense(10, Activation.Softmax)]
public sealed partial class Lstm64;

[Network(64)]
[Gru(128)]
public sealed partial class Gru128;
