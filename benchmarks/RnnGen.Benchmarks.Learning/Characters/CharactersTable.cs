using System.Diagnostics;
using RnnGen.Benchmarks.Quick;
using RnnGen.Samples.CharRnn;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Learning.Characters;

/// <summary>The sample CharRnn on one thread beside a peer: characters a second, and the validation loss after the same updates from the same weights.</summary>
internal static class CharactersTable
{
    private const int Seed = 1;

    /// <summary>The loss of the first mini-batch, in which rounding has had no time to grow.</summary>
    private const double FirstLossTolerance = 0.01;

    public static string Measure(int epochs)
    {
        LearningText text = LearningText.Standard();
        int[] classes = Alphabet.Of(text.Content).Encode(text.Content);
        int cut = (int)(classes.Length * (1 - TrainingRun.ValidationShare));
        CharacterBatch[] training = Batches(classes[..cut], epochs);
        CharacterBatch validation = BatchOf(classes[cut..], [.. Enumerable.Range(0, (classes.Length - cut - 1) / TextSet.SequenceLength)]);

        const int UpdatesEach = TextSet.SequenceLength / TrainingRun.ChunkLength;
        TrainerOptions options = TrainingRun.TrainingOptions(training.Length * UpdatesEach, Seed, threads: 1);
        using var network = new CharacterModel(Seed);
        CharacterLearner? peer = CharacterPeer.Of(network.Parameters, options); // before the network learns
        CharacterLearner[] learners = peer is null ? [new GeneratedLearner(network, options)] : [new GeneratedLearner(network, options), peer];

        double[][] seconds = [.. learners.Select(_ => new double[training.Length])];
        for (int batch = 0; batch < training.Length; batch++) // by turns, so that a disturbance meets both
        {
            double[] losses = [.. learners.Select((learner, index) => Timed(() => learner.Learn(training[batch]), out seconds[index][batch]))];
            if (batch == 0 && losses.Any(loss => Math.Abs(loss - losses[0]) > FirstLossTolerance * losses[0]))
                throw new InvalidOperationException($"The first losses differ: {string.Join(", ", losses)}.");
        }

        var table = new MarkdownTable("", "characters/s, best", "median", "time / RnnGen's, best", "median", "validation loss, nats", "bits a character", "loss / RnnGen's");
        int characters = TextSet.SequenceLength * TrainingRun.BatchSize;
        double[] found = [.. learners.Select(learner => learner.Evaluate(validation))];
        for (int i = 0; i < learners.Length; i++)
        {
            table.Add(
                learners[i].Name,
                $"{characters / seconds[i].Min():F0}",
                $"{characters / Median(seconds[i]):F0}",
                $"{seconds[i].Min() / seconds[0].Min():F2}",
                $"{Median(seconds[i]) / Median(seconds[0]):F2}",
                $"{found[i]:F4}",
                $"{found[i] / Math.Log(2):F3}",
                $"{found[i] / found[0]:F4}");
            learners[i].Dispose();
        }

        string about = $"{Path.GetFileName(Path.GetDirectoryName(text.Name)) ?? text.Name}: {cut} characters, LSTM(128), B {TrainingRun.BatchSize}, T {TrainingRun.ChunkLength}, "
            + $"{training.Length * UpdatesEach} updates of equal batches from equal weights, one thread.";
        return $"{about} A time is that of {UpdatesEach} updates; {training.Length} of each by turns.\n\n{table}";
    }

    /// <summary>Full mini-batches of full sequences, in an order drawn anew for each epoch.</summary>
    private static CharacterBatch[] Batches(int[] text, int epochs)
    {
        var random = new Random(Seed);
        int[] sequences = [.. Enumerable.Range(0, (text.Length - 1) / TextSet.SequenceLength)];
        var batches = new List<CharacterBatch>();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(sequences);
            batches.AddRange(sequences.Chunk(TrainingRun.BatchSize).Where(chosen => chosen.Length == TrainingRun.BatchSize).Select(chosen => BatchOf(text, chosen)));
        }

        return [.. batches];
    }

    private static CharacterBatch BatchOf(int[] text, int[] sequences)
    {
        int[] TimeMajor(int shift) =>
            [.. Enumerable.Range(shift, TextSet.SequenceLength).SelectMany(step => sequences.Select(sequence => text[(sequence * TextSet.SequenceLength) + step]))];
        return new CharacterBatch(TimeMajor(0), TimeMajor(1), TextSet.SequenceLength, sequences.Length);
    }

    private static double Timed(Func<double> call, out double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        double result = call();
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return result;
    }

    private static double Median(double[] seconds) => seconds.Order().ElementAt(seconds.Length / 2);
}
