using RnnGen.Training;

namespace RnnGen.Tests.Limits;

/// <summary>What each numeric parameter of the public surface refuses: the extremes of its type, products over 2³¹, values that are not finite.</summary>
internal static class ArgumentCases
{
    private const int Most = int.MaxValue;
    private const int Least = int.MinValue;

    private static readonly float[] One = [1];
    private static readonly int[] Lengths = [1];
    private static readonly int[] NotPositive = [0, -1, Least];
    private static readonly float[] NotRates = [-1, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
    private static readonly double[] NotShares = [-1, 1, double.NaN, double.PositiveInfinity];
    private static readonly double[] NotEpsilons = [0, -1, 1e-300, 1e300, double.NaN, double.PositiveInfinity];

    private static readonly TrainingSet ASet = TrainingSet.PerStep([new float[6]], 3, [new int[2]]);

    public static IReadOnlyList<ArgumentCase> All { get; } =
        [.. Batches(), .. Sets(), .. Tapes(), .. Networks(), .. Options(), .. Optimizers(), .. Losses(), .. Schedules(), .. Metrics(), .. Trainers()];

    private static IEnumerable<ArgumentCase> Batches() =>
    [
        new("OneHot.Encode.size", "size", Each(NotPositive, value => OneHot.Encode([0], value))),
        new("OneHot.Encode.size", "classes", () => OneHot.Encode(new int[200_000], 16384), () => OneHot.Encode(new int[2], Most)),
        new("SequenceBatch.Pad.features", "features", Each(NotPositive, value => SequenceBatch.Pad([One], value, Padding.Trailing))),
        new("SequenceBatch.Pad.features", "sequences", () => SequenceBatch.Pad([One], Most, default), () => SequenceBatch.Pad(LongAndMany(), 1, default)),
        new("SequenceBatch.Pad.padding", "padding", () => SequenceBatch.Pad([One], 1, (Padding)Most)),
        new("SequenceBatch.Pad.classes", "classes", () => SequenceBatch.Pad([new int[1 << 20], .. Enumerable.Repeat(new int[1], 2048)], Padding.Leading)),
        .. Sizes("steps", (value, steps) => steps(value, 1, 1)),
        .. Sizes("batchSize", (value, steps) => steps(1, value, 1)),
        .. Sizes("features", (value, steps) => steps(1, 1, value), classes: false),
        new(
            "SequenceBatch.FromTimeMajor.steps", "data", () => SequenceBatch.FromTimeMajor(One, Most, Most, Most),
            () => SequenceBatch.FromTimeMajor(One, 65536, 65536, 1), () => SequenceBatch.FromTimeMajor(One, 65537, 65536, 1, Lengths)),
        new("SequenceBatch.FromTimeMajor.steps", "classes", () => SequenceBatch.FromTimeMajor(Lengths, 65536, 65536)),
    ];

    private static IEnumerable<ArgumentCase> Sizes(string size, Action<int, Action<int, int, int>> give, bool classes = true)
    {
        foreach (Action<int, int, int> make in Makers(classes))
            yield return new($"SequenceBatch.FromTimeMajor.{size}", size, Each(NotPositive, value => give(value, make)));
    }

    private static IEnumerable<Action<int, int, int>> Makers(bool classes)
    {
        yield return (steps, batch, features) => SequenceBatch.FromTimeMajor(One, steps, batch, features);
        yield return (steps, batch, features) => SequenceBatch.FromTimeMajor(One, steps, batch, features, Lengths);
        yield return (steps, batch, features) => SequenceBatch.FromTimeMajor(One, steps, batch, features, One);
        yield return (steps, batch, features) => SequenceBatch.FromTimeMajor(One, steps, batch, features, [true]);
        if (!classes)
            yield break;
        yield return (steps, batch, _) => SequenceBatch.FromTimeMajor(Lengths, steps, batch);
        yield return (steps, batch, _) => SequenceBatch.FromTimeMajor(Lengths, steps, batch, Lengths);
        yield return (steps, batch, _) => SequenceBatch.FromTimeMajor(Lengths, steps, batch, new byte[] { 1 });
    }

    private static IEnumerable<ArgumentCase> Sets() =>
    [
        new("TrainingSet.PerSequence.features", "features", Each(NotPositive, value => TrainingSet.PerSequence([One], value, [0]))),
        new("TrainingSet.PerSequence.features", "sequences", () => TrainingSet.PerSequence([One], Most, [One])),
        new("TrainingSet.PerStep.features", "features", Each(NotPositive, value => TrainingSet.PerStep([One], value, [One]))),
        new("TrainingSet.PerStep.features", "sequences", () => TrainingSet.PerStep([One], Most, [new int[1]])),
        new("TrainingSet.PerSequence.weights", "weights", Each(NotRates, value => TrainingSet.PerSequence([One], 1, [0], [value]))),
        new("TrainingSet.PerStep.weights", "weights", Each(NotRates, value => TrainingSet.PerStep([One], 1, [One], [[value]]))),
        new("TrainingSet.PerStep.classes", "classes", Each([-1, 1 << 24, Most, Least], value => TrainingSet.PerStep([[value]], [new int[1]]))),
    ];

    private static IEnumerable<ArgumentCase> Tapes() =>
    [
        new("Tape..ctor.maxSteps", "maxSteps", Each([.. NotPositive, Most], value => new Tape<TrainedBothWays>(value, 7))),
        new("Tape..ctor.batchSize", "batchSize", Each(NotPositive, value => new Tape<TrainedBothWays>(7, value))),
        new("INetwork.CreateTape.maxSteps", "maxSteps", Each([.. NotPositive, Most], value => TrainedBothWays.CreateTape(value, 7))),
        new("INetwork.CreateTape.batchSize", "batchSize", Each(NotPositive, value => TrainedBothWays.CreateTape(7, value))),
        new("INetwork.CreateTape.batchSize", "maxSteps", () => TrainedBothWays.CreateTape(7, Most), () => TrainedBothWays.CreateTape(Most, Most)),
        new("Tape.Threads", "Threads", Each([.. NotPositive, 1025, Most], value => TrainedBothWays.CreateTape(1, 1).Threads = value)),
    ];

    private static IEnumerable<ArgumentCase> Networks()
    {
        var network = new LimitLinear(seed: 1);
        var classes = new LimitClasses(seed: 1);
        yield return new("INetwork.Threads", "Threads", Each([.. NotPositive, 1025, Most], value => network.Threads = value));
        yield return new(
            "Feedback.Run.steps", "steps",
            [
                .. Each(NotPositive, value => network.Run(One, value, new float[1])),
                .. Each(NotPositive, value => network.Run(One, value, new float[1], Next)),
                .. Each(NotPositive, value => classes.Run(0, value, new float[5], _ => 0)),
            ]);
        yield return new(
            "Feedback.Run.steps", "outputs",
            () => network.Run(One, Most, new float[1]), () => network.Run(One, Most, new float[1], Next), () => classes.Run(0, Most, new float[5], _ => 0));
        yield return new("Feedback.Run.first", "first", Each([-1, 5, Most, Least], value => classes.Run(value, 1, new float[5], _ => 0)));
        yield return new("NextClass.Invoke", "next", Each([-1, 5, Most, Least], value => classes.Run(0, 2, new float[10], _ => value)));
        yield return new("ParameterCollection.Item.index", "index", Each([-1, 2, Most, Least], value => _ = network.Parameters[value]));
        GradientCollection gradients = LimitLinear.CreateTape(1, 1).Gradients;
        yield return new("GradientCollection.Item.index", "index", Each([-1, 2, Most, Least], value => _ = gradients[value]));

        static void Next(ReadOnlySpan<float> output, Span<float> frame) => output.CopyTo(frame);
    }

    private static IEnumerable<ArgumentCase> Options()
    {
        Optimizer optimizer = new Sgd(0);
        Loss loss = Loss.CrossEntropy;
        float[] notLimits = [0, .. NotRates];
        yield return Option("BatchSize", NotPositive, value => new TrainerOptions { Optimizer = optimizer, Loss = loss, BatchSize = value });
        yield return Option("TruncateEvery", NotPositive, value => new TrainerOptions { Optimizer = optimizer, Loss = loss, TruncateEvery = value });
        yield return Option("TruncateBackward", NotPositive, value => new TrainerOptions { Optimizer = optimizer, Loss = loss, TruncateBackward = value });
        yield return Option("MaxSteps", NotPositive, value => new TrainerOptions { Optimizer = optimizer, Loss = loss, MaxSteps = value });
        yield return Option("Patience", NotPositive, value => new TrainerOptions { Optimizer = optimizer, Loss = loss, Patience = value });
        yield return Option("Threads", [.. NotPositive, 1025, Most], value => new TrainerOptions { Optimizer = optimizer, Loss = loss, Threads = value });
        yield return Option("ClipNorm", notLimits, value => new TrainerOptions { Optimizer = optimizer, Loss = loss, ClipNorm = value });
        yield return Option("ClipValue", notLimits, value => new TrainerOptions { Optimizer = optimizer, Loss = loss, ClipValue = value });
        yield return new("CheckpointOptions..ctor.every", "every", Each([0L, -1, long.MinValue], value => new CheckpointOptions("file", value)));

        static ArgumentCase Option<T>(string name, T[] values, Func<T, object> make) => new($"TrainerOptions.{name}", name, Each(values, make));
    }

    private static IEnumerable<ArgumentCase> Optimizers() =>
    [
        .. Rates("Sgd", value => new Sgd(value), value => new Sgd(0, weightDecay: value)),
        new("Sgd..ctor.momentum", "momentum", Each(NotRates, value => new Sgd(0, value))),
        .. Rates("Adam", value => new Adam(value), value => new Adam(0, weightDecay: value)),
        new("Adam..ctor.beta1", "beta1", Each(NotShares, value => new Adam(0, value))),
        new("Adam..ctor.beta2", "beta2", Each(NotShares, value => new Adam(0, beta2: value))),
        new("Adam..ctor.epsilon", "epsilon", Each(NotEpsilons, value => new Adam(0, epsilon: value))),
        .. Rates("AdamW", value => new AdamW(value), value => new AdamW(0, weightDecay: value)),
        new("AdamW..ctor.beta1", "beta1", Each(NotShares, value => new AdamW(0, value))),
        new("AdamW..ctor.beta2", "beta2", Each(NotShares, value => new AdamW(0, beta2: value))),
        new("AdamW..ctor.epsilon", "epsilon", Each(NotEpsilons, value => new AdamW(0, epsilon: value))),
        .. Rates("Adagrad", value => new Adagrad(value), value => new Adagrad(0, weightDecay: value)),
        new("Adagrad..ctor.epsilon", "epsilon", Each(NotEpsilons, value => new Adagrad(0, value))),
        .. Rates("RmsProp", value => new RmsProp(value), value => new RmsProp(0, weightDecay: value)),
        new("RmsProp..ctor.alpha", "alpha", Each(NotShares, value => new RmsProp(0, value))),
        new("RmsProp..ctor.epsilon", "epsilon", Each(NotEpsilons, value => new RmsProp(0, epsilon: value))),
        new("RmsProp..ctor.momentum", "momentum", Each(NotRates, value => new RmsProp(0, momentum: value))),
    ];

    private static IEnumerable<ArgumentCase> Rates(string type, Func<float, object> rate, Func<float, object> decay)
    {
        yield return new($"{type}..ctor.learningRate", "learningRate", Each(NotRates, rate));
        yield return new($"{type}..ctor.weightDecay", "weightDecay", Each(NotRates, decay));
    }

    private static IEnumerable<ArgumentCase> Losses()
    {
        int[] notRows = [-1, 2, Most, Least];
        double[] notFactors = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        yield return new("Loss.Huber.delta", "delta", Each([0, .. NotRates], value => Loss.Huber(value)));
        yield return new(
            "ErrorToSignalLoss.WithPreEmphasis.coefficient", "coefficient", Each([1, .. NotRates], value => Loss.ErrorToSignal.WithPreEmphasis(value)));
        yield return new("LossRows.Weight.row", "row", Each(notRows, value => Within(rows => _ = rows.Weight(value))));
        yield return new("LossRows.IsCounted.row", "row", Each(notRows, value => Within(rows => _ = rows.IsCounted(value))));
        yield return new("LossRows.OutputsOf.row", "row", Each(notRows, value => Within(rows => _ = rows.OutputsOf(value))));
        yield return new("LossRows.LogitsOf.row", "row", Each(notRows, value => Within(rows => _ = rows.LogitsOf(value))));
        yield return new("LossRows.ValuesOf.row", "row", Each([0, .. notRows], value => Within(rows => _ = rows.ValuesOf(value)))); // targets are classes
        yield return new("LossRows.MultiplyByWeights.factor", "factor", Each(notFactors, value => Within(rows => rows.MultiplyByWeights(new float[6], value))));
        yield return new("LossRows.MultiplyByWeights.gradients", "gradients", () => Within(rows => rows.MultiplyByWeights(new float[5])));
        yield return new("LossRows.CopyActivatedTo.destination", "destination", () => Within(rows => rows.CopyActivatedTo(new float[7])));
        yield return new("OptimizerUpdate.Slot.index", "index", Each([-1, 1, Most, Least], WithSlot));

        static void WithSlot(int index)
        {
            using var network = new TrainedBothWays(seed: 1);
            var optimizer = new Training.ScriptedOptimizer("One", 1, (in OptimizerUpdate update) => update.Slot(index));
            using var trainer = new Trainer<TrainedBothWays>(network, new TrainerOptions { Optimizer = optimizer, Loss = Loss.CrossEntropy });
            trainer.Fit(ASet, null, 1);
        }
    }

    /// <summary>Calls from within a loss of two rows of three classes.</summary>
    private static void Within(LossCall call)
    {
        var loss = new Training.ScriptedLoss("Two rows", (in LossRows rows, Span<float> gradients) =>
        {
            call(rows);
            return 0;
        })
        {
            Takes = LossTargets.Classes,
        };
        using var network = new TrainedBothWays(seed: 1);
        using var trainer = new Trainer<TrainedBothWays>(network, new TrainerOptions { Optimizer = new Sgd(0), Loss = loss });
        trainer.Evaluate(ASet);
    }

    private delegate void LossCall(LossRows rows);

    private static IEnumerable<ArgumentCase> Schedules() =>
    [
        new("LearningRateSchedule.Step.every", "every", Each(NotPositive, value => LearningRateSchedule.Step(value, 1))),
        new("LearningRateSchedule.Step.factor", "factor", Each([0, -1, double.NaN, double.PositiveInfinity], value => LearningRateSchedule.Step(1, value))),
        new("LearningRateSchedule.CosineWithWarmup.warmupUpdates", "warmupUpdates", Each([-1, Least], value => CosineOf(value, 1))),
        new("LearningRateSchedule.CosineWithWarmup.totalUpdates", "totalUpdates", Each(NotPositive, value => CosineOf(0, value))),
        new("LearningRateSchedule.CosineWithWarmup.totalUpdates", "totalUpdates", () => CosineOf(Most, Most)),
        new("LearningRateSchedule.CosineWithWarmup.floor", "floor", Each([-1, 2, double.NaN], value => CosineOf(0, 1, value))),
    ];

    private static LearningRateSchedule CosineOf(int warmup, int total, double floor = 0) => LearningRateSchedule.CosineWithWarmup(warmup, total, floor);

    private static IEnumerable<ArgumentCase> Metrics()
    {
        int[] notClasses = [-1, 3, Most, Least];
        var matrix = new ConfusionMatrix(3);
        var regression = new RegressionMetrics(3);
        yield return new("ConfusionMatrix..ctor.classes", "classes", Each([.. NotPositive, 46_341, 65_536, Most], value => new ConfusionMatrix(value)));
        yield return new("ConfusionMatrix.Item.actual", "actual", Each(notClasses, value => _ = matrix[value, 0]));
        yield return new("ConfusionMatrix.Item.predicted", "predicted", Each(notClasses, value => _ = matrix[0, value]));
        yield return new("ConfusionMatrix.Support.actual", "actual", Each(notClasses, value => _ = matrix.Support(value)));
        yield return new("ConfusionMatrix.PredictedCount.predicted", "predicted", Each(notClasses, value => _ = matrix.PredictedCount(value)));
        yield return new("ConfusionMatrix.Precision.label", "label", Each(notClasses, value => _ = matrix.Precision(value)));
        yield return new("ConfusionMatrix.Recall.label", "label", Each(notClasses, value => _ = matrix.Recall(value)));
        yield return new("ConfusionMatrix.F1.label", "label", Each(notClasses, value => _ = matrix.F1(value)));
        yield return new("ConfusionMatrix.Add.actual", "actual", Each(notClasses, value => matrix.Add(value, 0)));
        yield return new("ConfusionMatrix.Add.predicted", "predicted", Each(notClasses, value => matrix.Add(0, value)));
        yield return new("ConfusionMatrix.Add.weight", "weight", Each([-1, double.NaN, double.PositiveInfinity], value => matrix.Add(0, 0, value)));
        yield return new("ClassificationMetrics..ctor.classes", "classes", Each([.. NotPositive, Most], value => new ClassificationMetrics(value)));
        yield return new("ClassificationMetrics..ctor.topK", "topK", Each([.. NotPositive, 4, Most], value => new ClassificationMetrics(3, value)));
        yield return new("RegressionMetrics..ctor.outputs", "outputs", Each([.. NotPositive, Most], value => new RegressionMetrics(value)));
        yield return new("RegressionMetrics.MeanSquaredErrorOf.output", "output", Each(notClasses, value => _ = regression.MeanSquaredErrorOf(value)));
        yield return new("RegressionMetrics.MeanAbsoluteErrorOf.output", "output", Each(notClasses, value => _ = regression.MeanAbsoluteErrorOf(value)));
        yield return new("RegressionMetrics.RSquaredOf.output", "output", Each(notClasses, value => _ = regression.RSquaredOf(value)));
    }

    private static IEnumerable<ArgumentCase> Trainers()
    {
        var network = new TrainedBothWays(seed: 1);
        var options = new TrainerOptions { Optimizer = new Sgd(0), Loss = Loss.CrossEntropy };
        var trainer = new Trainer<TrainedBothWays>(network, options);
        yield return new("Trainer.Fit.epochs", "epochs", Each(NotPositive, value => trainer.Fit(ASet, null, value)));
        yield return new("Trainer.Evaluate.topK", "topK", Each([.. NotPositive, 4, Most], value => trainer.Evaluate(ASet, value)));
        yield return new("Trainer..ctor.options", "options", Each([(1_000_000, 1000), (Most, Most), (Most, 1), (1, Most)], Large));

        object Large((int Steps, int Batch) sizes) => new Trainer<TrainedBothWays>(
            network, new TrainerOptions { Optimizer = new Sgd(0), Loss = Loss.CrossEntropy, MaxSteps = sizes.Steps, BatchSize = sizes.Batch });
    }

    private static float[][] LongAndMany() => [new float[1 << 20], .. Enumerable.Repeat(One, 2048)];

    private static Action[] Each<T>(IEnumerable<T> values, Action<T> call) => [.. values.Select(value => (Action)(() => call(value)))];

    private static Action[] Each<T>(IEnumerable<T> values, Func<T, object?> call) => [.. values.Select(value => (Action)(() => call(value)))];
}
