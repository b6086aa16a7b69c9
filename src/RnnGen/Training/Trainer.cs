using RnnGen.Runtime;
using System.Diagnostics;

namespace RnnGen.Training;

/// <summary>
/// Trains a network: forward, loss, back-propagation through time, clipping, optimiser. Updates allocate nothing once the tape is large enough. A trainer
/// serves one thread at a time; only <see cref="Dispose"/> may come at any time, from any thread.
/// </summary>
/// <remarks>
/// A trainer owns the memory of its passes and its threads, not the network, which outlives it. The network may be disposed of at any time as well, from
/// another thread or from a progress report: a call in progress then throws <see cref="ObjectDisposedException"/>. A trainer that is not disposed of releases its
/// threads when it is collected.
/// </remarks>
/// <typeparam name="TNetwork">The generated class.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class Trainer<TNetwork> : IDisposable
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly NetworkLayout _layout = TNetwork.Layout;
    private readonly OutputLayout[] _heads = TNetwork.Layout.Heads();
    private readonly OptimizerState _optimizer;
    private readonly RandomOrder _random;
    private readonly FunctionLoss _function = new();
    private readonly FixedParameters _fixed;
    private bool _checksPadding;
    private SequenceBatch? _part;

    /// <summary>Creates a trainer with a fresh optimiser state.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">
    /// The loss does not fit the network's output activation, or truncated training does not fit the network.
    /// </exception>
    /// <exception cref="NotSupportedException">The network was generated with <c>Training = false</c>.</exception>
    public Trainer(TNetwork network, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        _ = Tape<TNetwork>.RequiredLayout;
        options.Loss.CheckNetwork(_layout);
        CheckTruncation(options);
        Network = network;
        Options = options;
        _optimizer = new OptimizerState(options.Optimizer, _layout.WeightsLength);
        _fixed = new FixedParameters(network.Parameters);
        _checksPadding = PaddingCheck.IsNeeded(options.Optimizer);
        _random = new RandomOrder(options.Seed);
        if (options.MaxSteps is int steps)
            Reserve(TapeSteps(steps), options.BatchSize, nameof(options), "MaxSteps × BatchSize");
    }

    /// <summary>The network.</summary>
    public TNetwork Network { get; }

    /// <summary>How it is trained.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Updates so far.</summary>
    public long Updates => _optimizer.Updates;

    /// <summary>
    /// One update from class targets (one per chunk with <see cref="TrainerOptions.TruncateEvery"/>), from the state before a first step: zero, or what is
    /// learned.
    /// </summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="targets">[Steps, BatchSize], or [BatchSize] for a many-to-one network; values at masked steps are ignored.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">
    /// The batch has other features than the network, there is another number of targets, or the loss needs values.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The network does not have the class of an unmasked step; the message names step and sequence.</exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public float Update(SequenceBatch batch, ReadOnlySpan<int> targets) => Update(batch, new Targets(targets));

    /// <summary>One update from class targets, of which some count more than others or not at all.</summary>
    /// <remarks>
    /// A chunk of truncated training in which nothing counts is not an update; the state is carried through it. See <see cref="Loss"/> for what weights mean.
    /// </remarks>
    /// <param name="batch">The sequences.</param>
    /// <param name="targets">[Steps, BatchSize], or [BatchSize] for a many-to-one network; values at steps that do not count are ignored.</param>
    /// <param name="weights">
    /// In the shape of <paramref name="targets"/>: 0 where a step does not count (a label mask), 1 where it does, or any other finite weight above 0. A step
    /// that is masked in the batch never counts.
    /// </param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">
    /// The batch has other features than the network, there is another number of targets or weights, no weight is above 0, or the loss needs values.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A weight is negative or not finite, or the network does not have the class of a step that counts; the message names step and sequence.
    /// </exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public float Update(SequenceBatch batch, ReadOnlySpan<int> targets, ReadOnlySpan<float> weights) =>
        Update(batch, new Targets(targets).WithWeights(weights));

    /// <summary>
    /// One update from values (one per chunk with <see cref="TrainerOptions.TruncateEvery"/>), from the state before a first step: zero, or what is
    /// learned.
    /// </summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="targets">
    /// [Steps, BatchSize, OutputSize], or [BatchSize, OutputSize] for a many-to-one network; values at masked steps are ignored.
    /// </param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">The batch has other features than the network, or there is another number of values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The loss does not take the value of an unmasked step (see <see cref="Loss"/>); the message names step, sequence and output.
    /// </exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public float Update(SequenceBatch batch, ReadOnlySpan<float> targets) => Update(batch, new Targets(targets));

    /// <summary>One update from values, of which some count more than others or not at all.</summary>
    /// <inheritdoc cref="Update(SequenceBatch, ReadOnlySpan{int}, ReadOnlySpan{float})" path="/remarks"/>
    /// <param name="batch">The sequences.</param>
    /// <param name="targets">
    /// [Steps, BatchSize, OutputSize], or [BatchSize, OutputSize] for a many-to-one network; values at steps that do not count are ignored.
    /// </param>
    /// <param name="weights">[Steps, BatchSize], or [BatchSize] for a many-to-one network: as with classes.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">
    /// The batch has other features than the network, there is another number of values or weights, or no weight is above 0.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A weight is negative or not finite, or the loss does not take the value of a step that counts (see <see cref="Loss"/>); the message names step and
    /// sequence.
    /// </exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public float Update(SequenceBatch batch, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
        Update(batch, new Targets(targets).WithWeights(weights));

    /// <summary>One update from a loss that a function computes, instead of <see cref="TrainerOptions.Loss"/> and targets.</summary>
    /// <remarks>
    /// <para>
    /// The function is called once, with the outputs of all steps, and the weights move against the gradient that it writes. Nothing is divided:
    /// <see cref="TrainerOptions.Normalization"/> has no effect. Outputs are those after the output activation; masked steps have outputs of 0, and any gradient
    /// written there is ignored. If nothing is written the gradient is 0. The function may not use the trainer.
    /// </para>
    /// <para>
    /// With <see cref="TrainerOptions.TruncateEvery"/> it is called once per chunk, in order, with the chunk's outputs alone, and each call is an update; a chunk
    /// in which all steps are masked is none. Where <see cref="TrainerOptions.TruncateBackward"/> is less, a chunk is two calls: one for the steps whose
    /// gradient is not used, one for the others, whose gradient is multiplied by their share of the chunk's unmasked steps.
    /// </para>
    /// <para>Only the function itself allocates: create the delegate once where that matters.</para>
    /// </remarks>
    /// <param name="batch">The sequences.</param>
    /// <param name="loss">The loss and its gradient, from outputs.</param>
    /// <returns>
    /// The loss before the update, as the function returned it; with <see cref="TrainerOptions.TruncateEvery"/> the mean of what it returned, each with its
    /// number of unmasked steps.
    /// </returns>
    /// <exception cref="ArgumentException">The batch has other features than the network.</exception>
    /// <exception cref="ArithmeticException">Loss or gradients are not finite. The weights are those before that update.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way, or the function calls the trainer.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public float Update(SequenceBatch batch, LossFunction loss)
    {
        ThrowIfDisposed();
        Guard.Batch(batch, _layout);
        ArgumentNullException.ThrowIfNull(loss);
        Enter();
        try
        {
            _function.Function = loss;
            return Update(_function, batch, default);
        }
        finally
        {
            _function.Function = null;
            Leave();
        }
    }

    private float Update(SequenceBatch batch, Targets targets)
    {
        ThrowIfDisposed();
        Guard.Batch(batch, _layout);
        Options.Loss.CheckTargets(targets, _layout, batch);
        Enter();
        try
        {
            return Update(Options.Loss, batch, targets);
        }
        finally
        {
            Leave();
        }
    }

    private float Update(Loss loss, SequenceBatch batch, Targets targets)
    {
        _position = null; // an update by hand is not one that Fit would go on after
        try
        {
            return (float)Pass(loss, batch, targets, update: true).Loss(NormalizationOf(loss));
        }
        catch (ObjectDisposedException) when (_disposed)
        {
            throw new ObjectDisposedException(Name); // users do not know the tape
        }
    }

    /// <summary>Refuses truncation where it would mean something other than it says.</summary>
    private void CheckTruncation(TrainerOptions options)
    {
        if (options.TruncateEvery is not int every)
        {
            if (options.TruncateBackward is int backward)
                throw new ArgumentException($"TruncateBackward: expected null without TruncateEvery, got {backward}", nameof(options));
            return;
        }

        string? why = _layout.ManyToOne ? "has one output per sequence, so only the last chunk would have a loss"
            : _layout.ReverseLayer is string layer ? $"needs later steps in {layer}, which a chunk does not have"
            : null;
        if (why is not null)
            throw new ArgumentException($"TruncateEvery: expected null, got {every}: {_layout.Network} {why}", nameof(options));
    }

    private void ApplyGradients(Loss loss, Tape<TNetwork> tape, double value, ReadOnlySpan<float> lossGradients)
    {
        CheckFinite(float.IsFinite((float)value), "loss", value, loss.Name);
        double factor = Options.Schedule.Factor(Updates);
        CheckFinite(double.IsFinite(factor) && factor >= 0, "schedule's factor", factor);

        tape.ClearGradients();
        if (loss.OfLogits)
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
        if (scale != 1)
            VectorLoops.Scale(gradients, scale);
        Span<float> weights = Network.Memory.PackedWeights;
        _fixed.Save();
        _optimizer.Update(weights, gradients, Options.Optimizer.LearningRate * factor);
        _fixed.Restore();
        if (_checksPadding)
        {
            _checksPadding = false;
            PaddingCheck.Restore(Options.Optimizer, _layout, weights, _optimizer);
        }
    }

    private void CheckFinite(bool isFine, string what, double value, string? of = null)
    {
        if (!isFine)
        {
            string whose = of is null ? "" : $" ({of})";
            string message = $"update {Updates + 1}: the {what} is {value}{whose}; the weights of {_layout.Network} are those before this update";
            throw new ArithmeticException($"{message}. Try a lower learning rate, clipping, or look for NaN in the data");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"Trainer<{_layout.Network}>: {Updates} updates, {Options.Optimizer.GetType().Name}, {Options.Loss.Name}";
}
