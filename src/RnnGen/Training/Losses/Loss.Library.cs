namespace RnnGen.Training;

/// <content>The library's own losses.</content>
public abstract partial class Loss
{
    /// <summary>
    /// Cross entropy with the softmax of the logits, <c>−Σ yₖ log pₖ</c> a row, stable for logits of any size. For networks that end in
    /// <c>[Dense(n, Activation.Softmax)]</c>, or in a linear layer, whose outputs are then logits. Targets: one class per row, or a row of probabilities, each
    /// from 0 to 1; that their sum is 1 is not checked.
    /// </summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss();

    /// <summary>
    /// Binary cross entropy with the logistic function of the logits, <c>−y log p − (1−y) log(1−p)</c>, the mean over all outputs of all rows; stable for
    /// logits of any size. For networks that end in <c>[Dense(n, Activation.Sigmoid)]</c>, or in a linear layer, whose outputs are then logits. Targets:
    /// values from 0 to 1.
    /// </summary>
    public static Loss BinaryCrossEntropy { get; } = new BinaryCrossEntropyLoss();

    /// <summary>
    /// The losses of a network's several outputs: their sum, each with its weight, <c>Σₖ cₖ Σ w·lossₖ / Σ w</c> over all rows that count. An output without a loss
    /// is not trained directly. Targets: those of a <see cref="TrainingSet"/> with <see cref="OutputTargets"/>; given by hand, a row of values, in place of
    /// each output its values or, for a loss that takes classes, the class as the first of them.
    /// </summary>
    /// <param name="losses">The losses, each of another output.</param>
    /// <exception cref="ArgumentException">There is none, or an output has two.</exception>
    public static Loss PerOutput(params IReadOnlyList<OutputLoss> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Count == 0)
            throw new ArgumentException("losses: expected at least one, got none", nameof(losses));
        if (losses.GroupBy(loss => loss.Output).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"losses: expected one of each output, got {twice.Count()} of {twice.Key.Name}", nameof(losses));
        return new PerOutputLoss([.. losses]);
    }

    /// <summary>The mean squared difference of outputs o and target values y, <c>(o − y)²</c>, over all outputs of all rows. Targets: finite values.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary>
    /// The mean absolute difference of outputs o and target values y, <c>|o − y|</c>, over all outputs of all rows (<c>torch.nn.L1Loss</c>). The gradient is 0
    /// where they are equal. Targets: finite values.
    /// </summary>
    public static Loss MeanAbsoluteError { get; } = new MeanAbsoluteErrorLoss();

    /// <summary>
    /// Error-to-signal ratio, the loss of amplifier and effect models (Wright, Damskägg and Välimäki 2019): <c>Σ w (y − o)² / (Σ w y² + 1e-5 Σ w)</c> with
    /// outputs o, target values y and the weights w of their rows, each sum over all outputs of all rows that count. <see cref="ErrorToSignalLoss"/> tells
    /// more, and <see cref="ErrorToSignalLoss.WithPreEmphasis"/> adds pre-emphasis. Targets: finite values.
    /// </summary>
    public static ErrorToSignalLoss ErrorToSignal { get; } = new(preEmphasis: 0);

    /// <summary>
    /// Huber's loss (1964; <c>torch.nn.HuberLoss</c>), the mean over all outputs of all rows: with d = o − y, <c>½ d²</c> where |d| ≤ δ, and
    /// <c>δ (|d| − ½ δ)</c> beyond. Its gradient is d, limited to [−δ, δ]. Targets: finite values.
    /// </summary>
    /// <param name="delta">δ: from where on the loss grows linearly; finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not finite or not above 0.</exception>
    public static Loss Huber(float delta = 1) => new HuberLoss(delta);
}
