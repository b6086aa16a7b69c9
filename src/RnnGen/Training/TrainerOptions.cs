namespace RnnGen.Training;

/// <summary>How to train. Every option is checked when it is set.</summary>
public sealed class TrainerOptions
{
    /// <summary>Updates the weights from their gradients.</summary>
    public required Optimizer Optimizer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Optimizer));
    }

    /// <summary>The loss that is minimised.</summary>
    public required Loss Loss
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Loss));
    }

    /// <summary>Sequences per mini-batch in <c>Fit</c> and <c>Evaluate</c>; 32 by default.</summary>
    public int BatchSize
    {
        get;
        init => field = Positive(value, nameof(BatchSize));
    } = 32;

    /// <summary>How <c>Fit</c> forms mini-batches; a plain shuffle by default.</summary>
    public Batching Batching
    {
        get;
        init => field = value is Batching.Shuffle or Batching.GroupByLength or Batching.InOrder
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Batching), $"Batching: expected Shuffle, GroupByLength or InOrder, got {value}");
    }

    /// <summary>The largest Euclidean norm of all gradients together; larger ones are scaled down to it. Null (unset) for no limit.</summary>
    public float? ClipNorm
    {
        get;
        init => field = Positive(value, nameof(ClipNorm));
    }

    /// <summary>The largest absolute value that a gradient may have, applied before <see cref="ClipNorm"/>. Null (unset) for no limit.</summary>
    public float? ClipValue
    {
        get;
        init => field = Positive(value, nameof(ClipValue));
    }

    /// <summary>
    /// Truncated back-propagation through time: sequences are cut into chunks of this many steps, k₁; each chunk is an update, and the state is carried over,
    /// but no gradient. Null (unset) for whole sequences. Only for networks with an output per step that run forward in time. The memory is that of one chunk,
    /// however long the sequences are.
    /// </summary>
    public int? TruncateEvery
    {
        get;
        init => field = Positive(value, nameof(TruncateEvery));
    }

    /// <summary>
    /// How many steps a gradient flows back in truncated training, k₂ (Williams and Peng 1990); <see cref="TruncateEvery"/>, k₁, by default.
    /// </summary>
    /// <remarks>
    /// Below k₁, only the losses of a chunk's last k₂ steps have a gradient; those of its earlier steps count in the reported loss and in its
    /// divisor. Above k₁, the gradient of a chunk's losses flows through the last k₂ steps, which are computed again from the state before them.
    /// </remarks>
    public int? TruncateBackward
    {
        get;
        init => field = Positive(value, nameof(TruncateBackward));
    }

    /// <summary>
    /// What the sum of the losses is divided by, for the gradient and in reports; the steps that count by default. Losses that are figures of a whole batch
    /// (<see cref="Loss.IsNormalized"/>) are not divided.
    /// </summary>
    public LossNormalization Normalization
    {
        get;
        init => field = value is LossNormalization.PerStep or LossNormalization.PerSequence
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Normalization), $"Normalization: expected PerStep or PerSequence, got {value}");
    }

    /// <summary>How the learning rate changes from update to update; constant by default.</summary>
    public LearningRateSchedule Schedule
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Schedule));
    } = LearningRateSchedule.Constant;

    /// <summary>Decides the order in which <c>Fit</c> sees the sequences, and which values dropout zeroes; 0 by default.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The longest sequence to expect: the constructor then allocates the memory for it and <see cref="BatchSize"/>. Null (unset) to allocate when
    /// larger batches come.
    /// </summary>
    public int? MaxSteps
    {
        get;
        init => field = Positive(value, nameof(MaxSteps));
    }

    /// <summary>
    /// Threads that train, the caller's included, at most 1024; 1 by default. They share a batch's sequences and the weights: the results are the same bits for any
    /// number, and a checkpoint may continue with another number. Worth it from 8 sequences per thread and about 64 units up.
    /// </summary>
    public int Threads
    {
        get;
        init => field = Runtime.Shares.CheckThreads(value, nameof(Threads));
    } = 1;

    /// <summary>
    /// Early stopping: <c>Fit</c> ends when the validation loss has not improved for this many epochs, and the weights of the best epoch are restored at
    /// its end. Null (unset) to run all epochs and keep the last weights.
    /// </summary>
    public int? Patience
    {
        get;
        init => field = Positive(value, nameof(Patience));
    }

    private static int Positive(int value, string option) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(option, $"{option}: expected at least 1, got {value}");

    private static int? Positive(int? value, string option) => value is int given ? Positive(given, option) : null;

    private static float? Positive(float? value, string option) =>
        value is null || (value > 0 && float.IsFinite(value.Value))
            ? value
            : throw new ArgumentOutOfRangeException(option, $"{option}: expected a finite value above 0, got {value}");
}
