using RnnGen.Runtime;

namespace RnnGen.Training;

/// <content>Passes over sets, and evaluation.</content>
public sealed partial class Trainer<TNetwork>
{
    private int[] _classes = [];
    private float[] _values = [];
    private float[] _weights = [];

    /// <summary>
    /// Measures the network on a set. Changes nothing but the trainer's scratch memory, whether it ends or is cancelled.
    /// </summary>
    /// <param name="set">The sequences and their targets.</param>
    /// <param name="topK">The k of <see cref="ClassificationMetrics.TopAccuracy"/>: a row is correct if its class is among the k largest outputs.</param>
    /// <param name="cancellationToken">Checked before every mini-batch.</param>
    /// <exception cref="ArgumentException">The set does not fit the network or the loss.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="topK"/> is not 1 to OutputSize.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public Evaluation Evaluate(TrainingSet set, int topK = 1, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(set);
        set.Check(_layout, Options.Loss, nameof(set));
        if (topK < 1 || topK > _layout.OutputSize)
            throw new ArgumentOutOfRangeException(nameof(topK), $"topK: expected 1 to {_layout.OutputSize} (OutputSize), got {topK}");
        if (Options.Loss is PerOutputLoss losses)
            return Evaluate(set, losses, topK, cancellationToken);
        ClassificationMetrics? classification = set.HasClassTargets ? new ClassificationMetrics(_layout.OutputSize, topK) : null;
        RegressionMetrics? regression = set.HasClassTargets ? null : new RegressionMetrics(_layout.OutputSize);
        IMetrics? metrics = (IMetrics?)classification ?? regression;
        PassResult result = EvaluateBatches(set, new MiniBatches(set, Options.BatchSize), nameof(set), cancellationToken, metrics);
        return new Evaluation((float)result.Loss(NormalizationOf(Options.Loss)), classification, regression);
    }

    /// <summary>The same of several outputs, each by itself.</summary>
    private Evaluation Evaluate(TrainingSet set, PerOutputLoss losses, int topK, CancellationToken cancellationToken)
    {
        var metrics = new OutputMetrics(losses, set.Columns!, topK);
        PassResult result = EvaluateBatches(set, new MiniBatches(set, Options.BatchSize), nameof(set), cancellationToken, metrics);
        return new Evaluation((float)result.Loss(NormalizationOf(losses)), null, null) { Outputs = metrics.ToEvaluations() };
    }

    private PassResult EvaluateBatches(
        TrainingSet set, MiniBatches batches, string argument, CancellationToken cancellationToken, IMetrics? metrics = null)
    {
        var result = default(PassResult);
        for (int batch = 0; batch < batches.Count; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = result.With(Pass(set, batches[batch], update: false, argument, metrics));
        }

        return result;
    }

    /// <summary>Runs some sequences of a checked set as one batch.</summary>
    private PassResult Pass(TrainingSet set, ReadOnlySpan<int> chosen, bool update, string argument, IMetrics? metrics = null)
    {
        Enter();
        try
        {
            return PassInside(set, chosen, update, argument, metrics);
        }
        catch (ObjectDisposedException) when (_disposed)
        {
            throw new ObjectDisposedException(Name); // users do not know the tape
        }
        finally
        {
            Leave();
        }
    }

    private PassResult PassInside(TrainingSet set, ReadOnlySpan<int> chosen, bool update, string argument, IMetrics? metrics)
    {
        SequenceBatch batch = set.Batch(chosen, argument);
        int rows = set.IsPerSequence ? batch.BatchSize : batch.Steps * batch.BatchSize;
        Targets targets;
        if (set.HasClassTargets)
        {
            Span<int> classes = Buffer(ref _classes, rows);
            set.CopyClasses(chosen, classes);
            targets = new Targets(classes);
        }
        else
        {
            Span<float> values = Buffer(ref _values, Guard.Elements(argument, "target values in a batch (rows × OutputSize)", rows, set.RowWidth));
            set.CopyValues(chosen, values);
            targets = new Targets(values) { Columns = set.Columns };
        }

        if (set.IsWeighted)
        {
            Span<float> weights = Buffer(ref _weights, rows);
            set.CopyWeights(chosen, weights);
            targets = targets.WithWeights(weights);
        }

        return Pass(Options.Loss, batch, targets, update, metrics, argument);
    }

    private static Span<T> Buffer<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = []; // Both need not fit into memory side by side.
            buffer = new T[length];
        }

        return buffer.AsSpan(0, length);
    }
}
