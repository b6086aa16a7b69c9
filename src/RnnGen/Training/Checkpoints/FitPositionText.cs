namespace RnnGen.Training;

/// <summary>A position of <c>Fit</c> as the texts of a checkpoint's file. Numbers keep all their bits.</summary>
internal static class FitPositionText
{
    private const string Training = "fit.training";
    private const string Validation = "fit.validation";
    private const string Batch = "fit.batch";
    private const string Running = "fit.running";
    private const string BestEpoch = "fit.best_epoch";
    private const string BestLoss = "fit.best_loss";
    private const string History = "fit.history";
    private const string None = "-";

    /// <summary>Writes a position.</summary>
    public static void Write(FitPosition position, IDictionary<string, string> texts)
    {
        PassResult running = position.Running;
        texts[Training] = position.Sets.Training;
        texts[Validation] = position.Sets.Validation;
        texts[Batch] = $"{position.Batch}";
        texts[Running] = $"{running.LossSum:R} {running.Weight:R} {running.Correct:R} {running.Sequences}";
        texts[BestEpoch] = $"{position.BestEpoch}";
        texts[BestLoss] = $"{position.BestLoss:R}";
        texts[History] = string.Join('\n', position.History.Select(Line));
    }

    /// <summary>Reads a position; null where the texts hold none.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="bestWeights">The packed weights of the best epoch; null where there are none.</param>
    public static FitPosition? Read(CheckpointText texts, float[]? bestWeights)
    {
        if (!texts.Contains(Training))
            return null;
        var sets = new FitSets(texts[Training], texts[Validation]);
        string[] running = texts.Values(Running, texts[Running], 4);
        string history = texts[History];
        string[] lines = history.Length == 0 ? [] : history.Split('\n');
        var epochs = lines.Select((line, i) => Epoch(i + 1, texts.Values(History, line, 5))).ToList();
        int best = texts.Whole<int>(BestEpoch);
        if (best > epochs.Count || (best == 0 && epochs.Count > 0))
            throw CheckpointText.Bad(BestEpoch, $"one of {epochs.Count} epochs", texts[BestEpoch]);
        return new FitPosition(new Lazy<FitSets>(sets))
        {
            History = epochs,
            Batch = texts.Whole<int>(Batch),
            Running = new PassResult(
                CheckpointText.Number<double>(Running, running[0]),
                CheckpointText.Number<double>(Running, running[1]),
                CheckpointText.Number<double>(Running, running[2]),
                CheckpointText.Whole<long>(Running, running[3])),
            BestEpoch = best,
            BestLoss = CheckpointText.Number<float>(BestLoss, texts[BestLoss]),
            BestWeights = bestWeights,
        };
    }

    private static string Line(EpochReport report)
    {
        (Score training, Score? validation) = (report.Training, report.Validation);
        return $"{training.Loss:R} {Optional(training.Accuracy)} {Optional(validation?.Loss)} {Optional(validation?.Accuracy)} {report.Elapsed.Ticks}";
    }

    private static EpochReport Epoch(int number, string[] values)
    {
        Score? validation = Optional(values[2]) is float loss ? new Score(loss, Optional(values[3])) : null;
        var elapsed = TimeSpan.FromTicks(CheckpointText.Whole<long>(History, values[4]));
        return new EpochReport(number, new Score(CheckpointText.Number<float>(History, values[0]), Optional(values[1])), validation, elapsed);
    }

    private static string Optional(float? value) => value is float number ? $"{number:R}" : None;

    private static float? Optional(string text) => text == None ? null : CheckpointText.Number<float>(History, text);
}
