using RnnGen.Runtime;

namespace RnnGen;

/// <summary>
/// Trains a network: forward, loss, back-propagation through time, clipping, optimiser. Updates allocate nothing once the tape is large enough. A trainer
/// is for one thread at a time.
/// </summary>
/// <typeparam name="TNetwork">The generated class.</typeparam>
public sealed partial class Trainer<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly NetworkLayout _layout = TNetwork.Layout;
    private readonly OptimizerState _optimizer;
    private readonly RandomOrder _random;
    private Tape<TNetwork>? _tape;
    private float[] _lossGradients = [];
    private SequenceBatch? _chunk;

    /// <summary>Makes a trainer with an optimiser that remembers nothing yet.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">
    /// The loss does not fit the network's output activation, or a many-to-one network is to be trained truncated.
    /// </exception>
    public Trainer(TNetwork network, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        options.Loss.CheckNetwork(_layout);
        if (options.TruncateEvery is not null && _layout.ManyToOne)
        {
            string why = $"{_layout.Network} has [LastStep], so that only the last chunk would have a loss";
            throw new ArgumentException($"TruncateEvery: expected null for a many-to-one network, got {options.TruncateEvery}: {why}", nameof(options));
        }

        Network = network;
        Options = options;
        _optimizer = new OptimizerState(options.Optimizer, network.Memory.PackedWeights.Length);
        _random = new RandomOrder(options.Seed);
        if (options.MaxSteps is int steps)
            Reserve(Math.Min(steps, options.TruncateEvery ?? steps), options.BatchSize);
    }

    /// <summary>The network.</summary>
    public TNetwork Network { get; }

    /// <summary>How it is trained.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Updates so far.</summary>
    public long Updates => _optimizer.Updates;

    /// <summary>One update from class targets (one update a chunk with <see cref="TrainerOptions.TruncateEvery"/>), from zero states.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="targets">[Steps, BatchSize], or [BatchSize] for a many-to-one network; what lies at masked steps does not matter.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="ArgumentException">
    /// The batch has other features than the network, there is another number of targets, or the loss needs values.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The network does not have the class of an unmasked step; the message names step and sequence.</exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    public float Update(SequenceBatch batch, ReadOnlySpan<int> targets) => Update(batch, new Targets(targets));

    /// <summary>One update from values (one update a chunk with <see cref="TrainerOptions.TruncateEvery"/>), from zero states.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="targets">
    /// [Steps, BatchSize, OutputSize], or [BatchSize, OutputSize] for a many-to-one network; what lies at masked steps does not matter.
    /// </param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="ArgumentException">The batch has other features than the network, or there is another number of values.</exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    public float Update(SequenceBatch batch, ReadOnlySpan<float> targets) => Update(batch, new Targets(targets));

    private float Update(SequenceBatch batch, Targets targets)
    {
        Guard.Batch(batch, _layout);
        Options.Loss.CheckTargets(targets, _layout, batch);
        return (float)Pass(batch, targets, update: true, countCorrect: false).Loss;
    }

    /// <summary>Runs a batch, in chunks where truncated, and updates after each chunk if asked to.</summary>
    private PassResult Pass(SequenceBatch batch, Targets targets, bool update, bool countCorrect)
    {
        int chunk = Math.Min(Options.TruncateEvery ?? batch.Steps, batch.Steps);
        Tape<TNetwork> tape = Reserve(chunk, batch.BatchSize);
        tape.InitialState.Clear();
        if (chunk == batch.Steps)
            return Chunk(tape, batch, targets, update, countCorrect);

        var result = default(PassResult);
        for (int start = 0; start < batch.Steps; start += chunk)
        {
            int steps = Math.Min(chunk, batch.Steps - start);
            _chunk = batch.Slice(start, steps, _chunk);
            if (_chunk.UnmaskedSteps == 0) // no loss, and the states stay as they are
                continue;
            Targets part = targets.Slice(start * batch.BatchSize, steps * batch.BatchSize, _layout.OutputSize);
            result = result.With(Chunk(tape, _chunk, part, update, countCorrect));
            tape.FinalState.CopyTo(tape.InitialState); // carried over as values: no gradient crosses the cut
        }

        _chunk?.Release();
        return result;
    }

    private PassResult Chunk(Tape<TNetwork> tape, SequenceBatch batch, Targets targets, bool update, bool countCorrect)
    {
        Network.Forward(tape, batch);
        ReadOnlySpan<float> outputs = tape.Outputs;
        var rows = new LossRows
        {
            Logits = tape.Logits,
            Outputs = outputs,
            Mask = _layout.ManyToOne ? default : batch.Mask,
            Unmasked = _layout.ManyToOne ? batch.BatchSize : batch.UnmaskedSteps,
            Size = _layout.OutputSize,
            Activation = _layout.OutputActivation,
        };
        Span<float> gradients = _lossGradients.AsSpan(0, outputs.Length);
        double loss = Options.Loss.Compute(rows, targets, gradients);
        int correct = countCorrect && targets.AreClasses ? rows.CountCorrect(targets.Classes) : 0;
        if (update)
            ApplyGradients(tape, loss, gradients);
        return new PassResult(loss, rows.Unmasked, correct);
    }

    private void ApplyGradients(Tape<TNetwork> tape, double loss, ReadOnlySpan<float> lossGradients)
    {
        CheckFinite(float.IsFinite((float)loss), "loss", loss);
        double factor = Options.Schedule.Factor(Updates);
        CheckFinite(double.IsFinite(factor) && factor >= 0, "schedule's factor", factor);

        tape.ClearGradients();
        if (Options.Loss.OfLogits)
            Network.BackwardFromLogits(tape, lossGradients);
        else
            Network.Backward(tape, lossGradients);

        Span<float> gradients = tape.PackedGradients;
        double norm = GradientClipping.Norm(gradients);
        CheckFinite(double.IsFinite(norm), "gradients' norm", norm);
        if (Options.ClipValue is float limit)
        {
            GradientClipping.ClipByValue(gradients, limit);
            norm = GradientClipping.Norm(gradients);
        }

        float scale = Options.ClipNorm is float maximum ? GradientClipping.Coefficient(norm, maximum) : 1;
        _optimizer.Update(Network.Memory.PackedWeights, gradients, scale, Options.Optimizer.LearningRate * factor);
    }

    /// <summary>The tape, with room for a batch at least.</summary>
    private Tape<TNetwork> Reserve(int steps, int batchSize)
    {
        if (_tape is null || _tape.MaxSteps < steps || _tape.BatchSize < batchSize)
        {
            steps = Math.Max(steps, _tape?.MaxSteps ?? 0);
            batchSize = Math.Max(batchSize, _tape?.BatchSize ?? 0);
            int rows = _layout.ManyToOne ? batchSize : checked(steps * batchSize);
            float[] lossGradients = new float[checked(rows * _layout.OutputSize)];
            Tape<TNetwork> tape = TNetwork.CreateTape(steps, batchSize);
            _tape?.Dispose();
            _tape = tape;
            _lossGradients = lossGradients;
        }

        return _tape;
    }

    private void CheckFinite(bool isFine, string what, double value)
    {
        if (!isFine)
        {
            string message = $"update {Updates + 1}: the {what} is {value}; the weights of {_layout.Network} are those before this update";
            throw new ArithmeticException(FormattableString.Invariant($"{message}. Try a lower learning rate, clipping, or look for NaN in the data"));
        }
    }

    /// <summary>What a pass found.</summary>
    /// <param name="Loss">The mean loss.</param>
    /// <param name="Rows">Rows that count.</param>
    /// <param name="Correct">Rows with the right class.</param>
    private readonly record struct PassResult(double Loss, long Rows, long Correct)
    {
        /// <summary>This and another together.</summary>
        public PassResult With(PassResult other)
        {
            long rows = Rows + other.Rows;
            return new PassResult(Rows == 0 ? other.Loss : (Loss * Rows + other.Loss * other.Rows) / rows, rows, Correct + other.Correct);
        }

        /// <summary>The result as users see it.</summary>
        public Evaluation ToEvaluation(bool classes) => new((float)Loss, classes ? (float)Correct / Rows : null);
    }
}
