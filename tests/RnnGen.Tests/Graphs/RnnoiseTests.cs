using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>RNNoise as one network: the features, states and answers that its own C code recorded, with the weights of both models.</summary>
public sealed class RnnoiseTests
{
    /// <summary>The C code's tables of tanh and sigmoid are off by 1e-5, and its states and answers by what becomes of that.</summary>
    private const float Tolerance = 3e-5f;

    private const int Row = 257; // 42 features, 24 of the dense layer, 24 of the first state, speech, 48 and 96 of the other states, 22 gains
    private const int States = 24 + 48 + 96;

    [SkippableTheory]
    [InlineData("weights.rnn", "std_testing_raw_100x257.f32")]
    public void Answers_and_states_are_those_of_the_C_code(string weights, string trace)
    {
        using var network = new NoiseSuppressor(seed: 1);
        SetWeights(network, weights);
        float[] answers = new float[NoiseSuppressor.OutputSize], states = new float[NoiseSuppressor.StateSize];
        Assert.Equal((23, States), (answers.Length, states.Length));
        foreach (float[] row in Trace(trace))
        {
            network.Step(row.AsSpan(0, 42), answers);
            network.CopyStateTo(states);
            AssertNear(row.AsSpan(90, 1), NoiseSuppressor.Outputs.Vad.Of(answers));
            AssertNear(row.AsSpan(235, 22), NoiseSuppressor.Outputs.Gains.Of(answers));
            AssertNear(row.AsSpan(66, 24), states.AsSpan(0, 24));
            AssertNear(row.AsSpan(91, 48 + 96), states.AsSpan(24));
        }
    }

    [SkippableFact]
    public void A_run_of_a_sequence_and_of_a_batch_have_the_bits_of_steps()
    {
        using var network = new NoiseSuppressor(seed: 1);
        SetWeights(network, "weights.rnn");
        float[][] rows = Trace("std_testing_raw_100x257.f32");
        float[] frames = [.. rows.SelectMany(row => row[..42])];
        float[] stepped = new float[rows.Length * NoiseSuppressor.OutputSize], run = new float[stepped.Length], batch = new float[stepped.Length];
        for (int step = 0; step < rows.Length; step++)
            network.Step(rows[step].AsSpan(0, 42), stepped.AsSpan(step * NoiseSuppressor.OutputSize, NoiseSuppressor.OutputSize));
        network.Predict(frames, run);
        network.Run(SequenceBatch.FromTimeMajor(frames, rows.Length, 1, 42), batch);
        Numbers.AssertSameBits(stepped, run);
        Numbers.AssertSameBits(stepped, batch);
    }

    [SkippableFact]
    public void It_learns_from_the_start_what_the_trained_one_answers()
    {
        float[][] rows = Trace("std_testing_raw_100x257.f32");
        float[][][] pieces = [.. rows.Chunk(20)];
        TrainingSet set = TrainingSet.PerOutput(
            [.. pieces.Select(piece => piece.SelectMany(row => row[..42]).ToArray())], features: 42,
            [
                OutputTargets.ValuesPerStep(NoiseSuppressor.Outputs.Vad, [.. pieces.Select(piece => piece.Select(row => row[90]).ToArray())]),
                OutputTargets.ValuesPerStep(NoiseSuppressor.Outputs.Gains, [.. pieces.Select(piece => piece.SelectMany(row => row[235..]).ToArray())]),
            ]);
        using var network = new NoiseSuppressor(seed: 1);
        using var trainer = new Trainer<NoiseSuppressor>(network, new TrainerOptions
        {
            Optimizer = new Adam(3e-3f),
            Loss = Loss.PerOutput(
                new OutputLoss(NoiseSuppressor.Outputs.Vad, Loss.BinaryCrossEntropy, weight: 0.5f), new OutputLoss(NoiseSuppressor.Outputs.Gains, Loss.MeanSquaredError, weight: 10)),
            BatchSize = 5,
            ClipNorm = 1,
        });
        Evaluation before = trainer.Evaluate(set);
        trainer.Fit(set, null, epochs: 120);
        Evaluation after = trainer.Evaluate(set);
        Assert.True(after[NoiseSuppressor.Outputs.Gains].Loss < before[NoiseSuppressor.Outputs.Gains].Loss / 4, $"{before[NoiseSuppressor.Outputs.Gains].Loss}, {after[NoiseSuppressor.Outputs.Gains].Loss}");
        Assert.True(after[NoiseSuppressor.Outputs.Vad].Regression!.MeanAbsoluteError < before[NoiseSuppressor.Outputs.Vad].Regression!.MeanAbsoluteError / 2);
    }

    private static float[][] Trace(string file) =>
        [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(SharedFolder.Get("models", "rnnoise", file))).ToArray().Chunk(Row)];

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], Tolerance * Math.Max(1, Math.Abs(expected[i])));
    }

    /// <summary>The layers in the order of the file, dense ones as [inputs, units] and gates as z, r, h; all weights are multiples of 1/256.</summary>
    private static void SetWeights(NoiseSuppressor network, string file)
    {
        var values = new Queue<int>(ReadNumbers(SharedFolder.Get("models", "rnnoise", file)));
        foreach (string layer in new[] { "dense", "vad_gru", "noise_gru", "denoise_gru", "gains", "vad" })
        {
            (int inputs, int units, _) = (values.Dequeue(), values.Dequeue(), values.Dequeue());
            if (layer.EndsWith("gru", StringComparison.Ordinal))
            {
                network.Parameters[layer + ".weight_ih"].Set(Gates(Take(values, inputs * 3 * units), inputs, units));
                network.Parameters[layer + ".weight_hh"].Set(Gates(Take(values, units * 3 * units), units, units));
                network.Parameters[layer + ".bias_ih"].Set(Gates(Take(values, 3 * units), 1, units));
                network.Parameters[layer + ".bias_hh"].Set(new float[3 * units]);
            }
            else
            {
                float[] weight = Take(values, inputs * units);
                network.Parameters[layer + ".weight"].Set([.. Enumerable.Range(0, units).SelectMany(unit => Enumerable.Range(0, inputs).Select(input => weight[input * units + unit]))]);
                network.Parameters[layer + ".bias"].Set(Take(values, units));
            }
        }

        Assert.Empty(values);
    }

    /// <summary>From [inputs, gates z r h] to rows of the gates r z n.</summary>
    private static float[] Gates(float[] values, int inputs, int units) =>
    [
        .. new[] { 1, 0, 2 }.SelectMany(gate => Enumerable.Range(0, units).SelectMany(unit =>
            Enumerable.Range(0, inputs).Select(input => values[(input * 3 * units) + (gate * units) + unit]))),
    ];

    private static float[] Take(Queue<int> values, int count) => [.. Enumerable.Range(0, count).Select(_ => values.Dequeue() / 256f)];

    /// <summary>The numbers of the binary format, or of the text that begins with a line of its own.</summary>
    private static IEnumerable<int> ReadNumbers(string path) => path.EndsWith(".rnnn", StringComparison.Ordinal)
        ? File.ReadLines(path).Skip(1).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(number => int.Parse(number, CultureInfo.InvariantCulture))
        : File.ReadAllBytes(path).Select(value => (int)(sbyte)value);
}
