using System.Diagnostics;
using System.Globalization;
using RnnGen.Latency;
using RnnGen.Training;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>The whole pipeline: features, training, test, saving, loading, recognising frame by frame, measuring, plotting.</summary>
/// <param name="options">What to do.</param>
/// <param name="display">Shows it.</param>
internal sealed class TrainingRun(Options options, IDisplay display)
{
    // Constant throughout: with five-fold cross-validation over the training speakers, a cosine schedule and weight decay were no better.
    private const float LearningRate = 3e-3f;
    private const float ClipNorm = 1;
    private const int Demonstrations = 4;

    private readonly ModelFolder _folder = new(options.Folder);

    /// <summary>Does everything.</summary>
    public void Run()
    {
        _folder.Create();
        DataSet data = Prepare();
        data.Scale.Save(_folder.Scale);
        using var trained = new DigitRecognizer(options.Seed);
        TrainingReport report = Train(trained, data);
        ConfusionMatrix confusion = Test(trained, data);

        trained.Save(_folder.Weights);
        RawWeights.Save(trained, data.Scale, _folder.RawWeights);
        using DigitRecognizer network = DigitRecognizer.Load(_folder.Weights);
        Reduce(network, data.Test);
        Demonstrate(network, data.Test);
        LatencyReport latency = Measure(network, data.Test);

        TrainingPlot.Save(_folder.TrainingPlot, report, confusion.Accuracy);
        latency.SavePicture(_folder.LatencyPlot);
        display.Line();
        foreach (string file in (string[])[_folder.Weights, _folder.RawWeights, _folder.Scale, _folder.TrainingPlot, _folder.LatencyPlot])
            display.Line($"wrote {file}");
    }

    private DataSet Prepare()
    {
        long start = Stopwatch.GetTimestamp();
        DataSet data = DataSet.Prepare();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Line($"{data.Training.Length} utterances to train on and {data.Test.Length} of other speakers to test on; features computed in {seconds:F1} s");
        return data;
    }

    private TrainingReport Train(DigitRecognizer network, DataSet data)
    {
        Line($"training {DigitRecognizer.ParameterCount} parameters for {options.Epochs} epochs, seed {options.Seed}");
        var set = TrainingSet.PerSequence(
            [.. data.Training.Select(utterance => utterance.Features)],
            DigitRecognizer.InputSize,
            [.. data.Training.Select(utterance => utterance.Digit)]);
        using var trainer = new Trainer<DigitRecognizer>(network, new TrainerOptions
        {
            Optimizer = new Adam(LearningRate),
            Loss = Loss.CrossEntropy,
            BatchSize = options.BatchSize,
            ClipNorm = ClipNorm,
            Seed = options.Seed,
        });
        TrainingReport report = display.Training(progress => trainer.Fit(set, validation: null, options.Epochs, progress));
        Line($"trained in {report.Elapsed.TotalSeconds:F1} s");
        return report;
    }

    private ConfusionMatrix Test(DigitRecognizer network, DataSet data)
    {
        ConfusionMatrix confusion = Recogniser.Test(network, data.Test);
        display.Line();
        Line($"test accuracy {100 * confusion.Accuracy:F2} % ({confusion.Correct} of {confusion.Total} utterances of unseen speakers)");
        display.Show(confusion, "said \\ heard", firstLabel: 0);
        return confusion;
    }

    /// <summary>Measures what reduced precision costs.</summary>
    private void Reduce(DigitRecognizer exact, Utterance[] test)
    {
        using HalfDigitRecognizer half = HalfDigitRecognizer.Load(_folder.Weights);
        using ByteDigitRecognizer bytes = ByteDigitRecognizer.Load(_folder.Weights);
        display.Line();
        display.Line("the saved weights in reduced precision, compared with 32 bits:");
        Compare(half, Precision.BFloat16);
        Compare(bytes, Precision.Int8);

        void Compare<TNetwork>(TNetwork network, Precision precision)
            where TNetwork : class, INetwork<TNetwork>
        {
            ConfusionMatrix confusion = Recogniser.Test(network, test);
            Line($"  {precision}: test accuracy {100 * confusion.Accuracy:F2} % ({confusion.Correct}); {network.CompareWith(exact, Recogniser.Batch(test))}");
        }
    }

    /// <summary>A few utterances, evenly spread over the test set and thereby over the digits, as a live program would hear them.</summary>
    private void Demonstrate(DigitRecognizer network, Utterance[] test)
    {
        display.Line();
        display.Line("saved and loaded into a new network; its guess every 50 ms, one frame at a time:");
        for (int i = 0; i < Demonstrations; i++)
        {
            Utterance utterance = test[((2 * i) + 1) * test.Length / (2 * Demonstrations)];
            Guess[] guesses = [.. Recogniser.Listen(network, utterance.Features)];
            string running = string.Join(' ', guesses.Where((_, frame) => frame % 5 == 4).Select(guess => guess.Digit));
            string verdict = guesses[^1].Digit == utterance.Digit ? "right" : "wrong";
            Line($"  {utterance.Name}  {running} -> {guesses[^1].Digit} ({100 * guesses[^1].Probability:F1} %), {verdict}");
        }
    }

    /// <summary>Over all test utterances, one after another.</summary>
    private LatencyReport Measure(DigitRecognizer network, Utterance[] test)
    {
        float[] frames = [.. test.SelectMany(utterance => utterance.Features)];
        var latency = LatencyReport.Measure(network, frames, new LatencyOptions { Steps = frames.Length / DigitRecognizer.InputSize });
        display.Line();
        foreach (string line in latency.ToString().Split('\n'))
            display.Line(line);
        return latency;
    }

    private void Line(FormattableString text) => display.Line(text.ToString(CultureInfo.InvariantCulture));
}
