using RnnGen.Samples.JapaneseVowels;
using RnnGen.Samples.SpokenDigits;
using RnnGen.Training;
using Digits = RnnGen.Samples.SpokenDigits.DataSet;
using Vowels = RnnGen.Samples.JapaneseVowels.DataSet;

namespace RnnGen.Benchmarks.Learning;

/// <summary>What is learnt: made data, whose lengths go with the class or not, and recordings. Options are those of the samples.</summary>
internal static class LearningTasks
{
    private const int TestCount = 400;

    /// <summary>Those whose data are on this machine.</summary>
    public static IEnumerable<LearningTask> Available()
    {
        yield return Tone("tones-64", "64 tones whose length goes with the class, GRU(16), batches of 8, 30 epochs", 400, 8, 30, seed =>
            (Tones.LengthsByClass(seed, 64), Tones.LengthsByClass(-1 - seed, TestCount)));
        yield return Tone("tones-1024", "1024 tones whose length goes with the class, GRU(16), batches of 8, 2 epochs", 300, 8, 2, seed =>
            (Tones.LengthsByClass(seed, 1024), Tones.LengthsByClass(-1 - seed, TestCount)));
        yield return Tone("spread-512", "512 tones of 10 to 300 steps whatever the class, GRU(16), batches of 16, 6 epochs", 60, 16, 6, seed =>
            (Tones.SpreadLengths(seed, 512), Tones.SpreadLengths(-1 - seed, TestCount)));
        yield return SpokenDigits();
        if (Directory.Exists(Vowels.StandardFolder))
            yield return JapaneseVowels();
        if (Directory.Exists(GestureSet.Folder))
            yield return Gestures();
    }

    private static LearningTask Tone(
        string name, string description, int seeds, int batchSize, int epochs, Func<int, (LabelledSequences Training, LabelledSequences Test)> sets) =>
        LearningTask.Of(name, description, seeds, seed => new ToneNetwork(seed), seed => Options(new Adam(0.01f), batchSize, seed), epochs, sets);

    private static LearningTask SpokenDigits()
    {
        var data = Digits.Prepare();
        var training = new LabelledSequences([.. data.Training.Select(one => one.Features)], [.. data.Training.Select(one => one.Digit)]);
        var test = new LabelledSequences([.. data.Test.Select(one => one.Features)], [.. data.Test.Select(one => one.Digit)]);
        return LearningTask.Of(
            "spoken-digits",
            "SpokenDigits: 820 utterances of 17 to 108 steps, LSTM(64), batches of 32, 20 epochs",
            10,
            seed => new DigitRecognizer(seed),
            seed => Options(new Adam(3e-3f), 32, seed),
            20,
            _ => (training, test));
    }

    private static LearningTask JapaneseVowels()
    {
        var data = Vowels.Load(Vowels.StandardFolder);
        var test = new LabelledSequences([.. data.Test.Select(one => one.Features)], [.. data.Test.Select(one => one.Speaker)]);
        return LearningTask.Of(
            "japanese-vowels",
            "JapaneseVowels: ten noisy copies of 270 utterances of 7 to 26 steps, one network of the five, batches of 32, 10 epochs",
            6,
            seed => new SpeakerRecognizer(seed),
            seed => Options(new AdamW(3e-3f, weightDecay: 0.01f), 32, seed, LearningRateSchedule.CosineWithWarmup(10, 850)),
            10,
            seed => (Copies(seed), test));

        LabelledSequences Copies(int seed)
        {
            var copies = Committee.WithNoise(data.Training, new Random(seed));
            return new LabelledSequences([.. copies.Select(one => one.Features)], [.. copies.Select(one => one.Speaker)]);
        }
    }

    private static LearningTask Gestures()
    {
        (LabelledSequences Training, LabelledSequences Test) data = GestureSet.Load();
        return LearningTask.Of(
            "gestures",
            "PickupGestureWiimoteZ: 50 gestures of 29 to 361 steps, lengths go with the class, bidirectional GRU(32), batches of 8, 60 epochs",
            10,
            seed => new GestureNetwork(seed),
            seed => Options(new Adam(3e-3f), 8, seed),
            60,
            _ => data);
    }

    private static TrainerOptions Options(Optimizer optimizer, int batchSize, int seed, LearningRateSchedule? schedule = null) => new()
    {
        Optimizer = optimizer,
        Loss = Loss.CrossEntropy,
        BatchSize = batchSize,
        ClipNorm = 1,
        Schedule = schedule ?? LearningRateSchedule.Constant,
        Seed = seed,
    };
}
