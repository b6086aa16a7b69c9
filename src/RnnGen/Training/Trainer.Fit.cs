using System.Diagnostics;

namespace RnnGen;

/// <content>Training and evaluation on whole sets.</content>
public sealed partial class Trainer<TNetwork>
{
    private int[] _classes = [];
    private float[] _values = [];

    /// <summary>The mean loss and the accuracy on a set. Changes nothing but the trainer's scratch memory.</summary>
    /// <param name="set">The sequences and what the network should answer.</param>
    /// <exception cref="ArgumentException">The set does not fit the network or the loss.</exception>
    public Evaluation Evaluate(TrainingSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        set.Check(_layout, Options.Loss, nameof(set));
        return Evaluate(set, new MiniBatches(set, Options.BatchSize));
    }

    /// <summary>
    /// Trains for some epochs on mini-batches of similar length, drawn with <see cref="TrainerOptions.Seed"/>. Further calls go on where the last one
    /// ended, with what the optimiser remembers.
    /// </summary>
    /// <param name="training">What is learnt.</param>
    /// <param name="validation">Evaluated after every epoch; null for no validation.</param>
    /// <param name="epochs">How many times the training set is gone through, at least once.</param>
    /// <param name="progress">Told after every mini-batch and every epoch.</param>
    /// <exception cref="ArgumentException">
    /// A set does not fit the network or the loss, or <see cref="TrainerOptions.Patience"/> is set without validation.
    /// </exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    public TrainingReport Fit(TrainingSet training, TrainingSet? validation, int epochs, IProgress<TrainingProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (epochs < 1)
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, $"epochs: expected at least 1, got {epochs}");
        if (validation is null && Options.Patience is not null)
            throw new ArgumentException("validation: expected a set, because Patience stops on its loss, got null", nameof(validation));
        training.Check(_layout, Options.Loss, nameof(training));
        validation?.Check(_layout, Options.Loss, nameof(validation));

        long start = Stopwatch.GetTimestamp();
        var batches = new MiniBatches(training, Options.BatchSize);
        MiniBatches? validationBatches = validation is null ? null : new MiniBatches(validation, Options.BatchSize);
        int longest = Math.Max(training.MaxSteps, validation?.MaxSteps ?? 0);
        Reserve(Math.Min(longest, Options.TruncateEvery ?? longest), Math.Min(Options.BatchSize, Math.Max(training.Count, validation?.Count ?? 0)));

        var history = new List<EpochReport>(epochs);
        var best = new BestEpoch(Options.Patience is null ? null : Network.Memory.PackedWeights.ToArray());
        bool stopped = false;
        for (int epoch = 1; epoch <= epochs && !stopped; epoch++)
        {
            long epochStart = Stopwatch.GetTimestamp();
            batches.Shuffle(_random);
            TrainingProgress last = TrainEpoch(training, batches, new EpochClock(epoch, epochs, start, epochStart), progress);
            Evaluation? found = validationBatches is null ? null : Evaluate(validation!, validationBatches);
            var report = new EpochReport(epoch, new Evaluation(last.Loss, last.Accuracy), found, Stopwatch.GetElapsedTime(epochStart));
            history.Add(report);
            best.Consider(epoch, found?.Loss ?? last.Loss, Network.Memory.PackedWeights);
            stopped = epoch < epochs && epoch - best.Epoch >= Options.Patience;
            progress?.Report(last with { Completed = report, Remaining = stopped ? TimeSpan.Zero : last.Remaining });
        }

        best.Weights?.CopyTo(Network.Memory.PackedWeights);
        return new TrainingReport(history, best.Epoch, stopped, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>One update a mini-batch; what the last one told.</summary>
    private TrainingProgress TrainEpoch(TrainingSet training, MiniBatches batches, EpochClock clock, IProgress<TrainingProgress>? progress)
    {
        var result = default(PassResult);
        var told = default(TrainingProgress);
        int sequences = 0;
        for (int batch = 0; batch < batches.Count; batch++)
        {
            ReadOnlySpan<int> chosen = batches[batch];
            result = result.With(Pass(training, chosen, update: true));
            sequences += chosen.Length;
            Evaluation soFar = result.ToEvaluation(training.AreClasses);
            double done = clock.Epoch - 1 + (batch + 1.0) / batches.Count;
            TimeSpan remaining = Stopwatch.GetElapsedTime(clock.Start) * ((clock.Epochs - done) / done);
            double rate = sequences / Stopwatch.GetElapsedTime(clock.EpochStart).TotalSeconds;
            told = new TrainingProgress(clock.Epoch, clock.Epochs, batch + 1, batches.Count, soFar.Loss, soFar.Accuracy, rate, remaining, Completed: null);
            progress?.Report(told);
        }

        return told;
    }

    private Evaluation Evaluate(TrainingSet set, MiniBatches batches)
    {
        var result = default(PassResult);
        for (int batch = 0; batch < batches.Count; batch++)
            result = result.With(Pass(set, batches[batch], update: false));
        return result.ToEvaluation(set.AreClasses);
    }

    /// <summary>Runs some sequences of a checked set as one batch.</summary>
    private PassResult Pass(TrainingSet set, ReadOnlySpan<int> chosen, bool update)
    {
        SequenceBatch batch = set.Batch(chosen);
        int rows = set.ArePerSequence ? batch.BatchSize : batch.Steps * batch.BatchSize;
        if (set.AreClasses)
        {
            Span<int> classes = Room(ref _classes, rows);
            set.CopyClasses(chosen, classes);
            return Pass(batch, new Targets(classes), update, countCorrect: true);
        }

        Span<float> values = Room(ref _values, rows * set.ValuesPerRow);
        set.CopyValues(chosen, values);
        return Pass(batch, new Targets(values), update, countCorrect: false);
    }

    private static Span<T> Room<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new T[length];
        return buffer.AsSpan(0, length);
    }

    /// <summary>Where an epoch stands in time.</summary>
    private readonly record struct EpochClock(int Epoch, int Epochs, long Start, long EpochStart);

    /// <summary>Remembers the epoch with the lowest loss, and its weights if they are to be restored.</summary>
    private sealed class BestEpoch(float[]? weights)
    {
        private float _loss = float.PositiveInfinity;

        public int Epoch { get; private set; }

        public float[]? Weights => weights;

        public void Consider(int epoch, float loss, ReadOnlySpan<float> current)
        {
            if (Epoch != 0 && !(loss < _loss)) // a NaN is never better
                return;
            Epoch = epoch;
            _loss = float.IsNaN(loss) ? float.PositiveInfinity : loss;
            if (weights is not null)
                current.CopyTo(weights);
        }
    }
}
