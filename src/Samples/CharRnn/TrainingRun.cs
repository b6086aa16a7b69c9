using System.Globalization;
using RnnGen.Training;

namespace RnnGen.Samples.CharRnn;

/// <summary>Reads the text, trains, generates samples.</summary>
/// <param name="options">What to do.</param>
/// <param name="display">Shows it.</param>
internal sealed class TrainingRun(Options options, IDisplay display)
{
    /// <summary>Sequences an update.</summary>
    public const int BatchSize = 32;

    /// <summary>Steps per chunk: each chunk is an update, and no gradient flows further back.</summary>
    public const int ChunkLength = 64;

    /// <summary>The largest norm of a gradient.</summary>
    public const float ClipNorm = 1;

    /// <summary>The fraction of the text, at its end, that is held out.</summary>
    public const double ValidationShare = 0.1;

    private const float LearningRate = 2e-2f;
    private const int WarmUp = 20;

    private static readonly double[] Temperatures = [0.5, 0.8, 1];

    /// <summary>Does everything.</summary>
    public void Run()
    {
        LearningText text = options.Text is null ? LearningText.Standard() : LearningText.Read(options.Text);
        int cut = (int)(text.Content.Length * (1 - ValidationShare));
        if (text.Content.Length - cut < 2)
            throw new FormatException($"{text.Name}: expected at least 20 characters, got {text.Content.Length}");

        Alphabet alphabet = Alphabet.Of(text.Content);
        int[] classes = alphabet.Encode(text.Content);
        Line($"{text.Name}: {cut} characters to train on and {text.Content.Length - cut} to test on");
        if (text.Content.Count(character => !alphabet.Has(character)) is > 0 and int rare)
            Line($"{100.0 * rare / text.Content.Length:F1} % of them are too rare for their own class and share one");
        using var network = new CharacterModel(options.Seed);
        Train(network, classes.AsSpan(0, cut), classes.AsSpan(cut));
        Write(new Writer(network, alphabet, options.Seed));
    }

    /// <summary>How the network is trained in a number of updates.</summary>
    public static TrainerOptions TrainingOptions(int updates, int seed, int threads) => new()
    {
        Optimizer = new Adam(LearningRate),
        Loss = Loss.CrossEntropy,
        BatchSize = BatchSize,
        TruncateEvery = ChunkLength,
        ClipNorm = ClipNorm,
        Schedule = LearningRateSchedule.CosineWithWarmup(WarmUp, Math.Max(WarmUp + 1, updates), floor: 0.05),
        Seed = seed,
        Threads = threads,
    };

    /// <summary>Converts a cross entropy to bits.</summary>
    public static double Bits(float loss) => loss / Math.Log(2);

    private static string Describe(TrainingProgress progress)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"epoch {progress.Epoch}/{progress.Epochs}");
        string speed = string.Create(CultureInfo.InvariantCulture, $"{progress.SequencesPerSecond * TextSet.SequenceLength:F0} characters/s");
        string bits = progress.Completed is { Validation: { } validation } complete
            ? string.Create(CultureInfo.InvariantCulture, $"{Bits(complete.Training.Loss):F3} bits per character in training, {Bits(validation.Loss):F3} in validation")
            : string.Create(CultureInfo.InvariantCulture, $"{Bits(progress.Loss):F3} bits per character in training");
        return $"{place}  {bits}  {speed}  {progress.Remaining.ToClock()} left";
    }

    private void Train(CharacterModel network, ReadOnlySpan<int> training, ReadOnlySpan<int> validation)
    {
        (TrainingSet learnt, TrainingSet tested) = (TextSet.Of(training), TextSet.Of(validation));
        int batches = (learnt.Count + BatchSize - 1) / BatchSize;
        int chunks = (Math.Min(learnt.MaxSteps, TextSet.SequenceLength) + ChunkLength - 1) / ChunkLength;
        using var trainer = new Trainer<CharacterModel>(network, TrainingOptions(options.Epochs * batches * chunks, options.Seed, options.Threads));
        Line($"training {CharacterModel.ParameterCount} parameters for {options.Epochs} epochs, seed {options.Seed}, {options.Threads} threads");
        TrainingReport report = display.Training(progress => trainer.Fit(learnt, tested, options.Epochs, progress), Describe);
        double perSecond = (double)options.Epochs * training.Length / report.Elapsed.TotalSeconds;
        EpochReport last = report.Epochs[^1];
        Line($"trained in {report.Elapsed.TotalSeconds:F1} s: {trainer.Updates} updates, {perSecond:F0} characters/s, validation included");
        Line($"{Bits(last.Training.Loss):F3} bits per character in training, {Bits(last.Validation!.Value.Loss):F3} in validation");
    }

    private void Write(Writer writer)
    {
        foreach (double temperature in options.Temperature is { } one ? [one] : Temperatures)
        {
            display.Line();
            Line($"temperature {temperature}:");
            foreach (string line in writer.Write(options.Length, temperature).Split('\n'))
                display.Line($"  {line}".TrimEnd());
        }
    }

    private void Line(FormattableString text) => display.Line(text.ToString(CultureInfo.InvariantCulture));
}
