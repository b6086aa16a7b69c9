namespace RnnGen.Training;

/// <summary>
/// Measures how far outputs are from targets. Derive from it for a loss of your own; the library's losses do so in the same way.
/// </summary>
/// <remarks>
/// <para>
/// What is minimised and reported is <c>Σ w·loss / Σ w</c> over all rows that count, with their weights w, which are 1 by default. A row is a step of a
/// sequence, or a sequence for a many-to-one network. With weights of 0 and 1 (a label mask) that is the mean over the rows that count.
/// <see cref="TrainerOptions.Normalization"/> can divide by the number of sequences instead.
/// </para>
/// <para>
/// <see cref="Compute"/> returns the sum <c>L = Σ w·loss</c> and writes its gradient, <c>∂L/∂outputs</c>; the trainer divides both. It is called for the rows
/// of a mini-batch or, with <see cref="TrainerOptions.TruncateEvery"/>, of a chunk (twice a chunk where <see cref="TrainerOptions.TruncateBackward"/> is
/// less: for the steps without a gradient, and for the others), and not at all where no row counts. A loss describes and never changes: trainers may share
/// one, on several threads.
/// </para>
/// <example>
/// <code>
/// public sealed class LogCosh() : Loss("LogCosh")
/// {
///     protected override double Compute(in LossRows rows, Span&lt;float&gt; gradients)
///     {
///         double sum = 0;
///         for (int row = 0; row &lt; rows.Count; row++)
///         {
///             float weight = rows.Weight(row);
///             if (weight == 0)
///                 continue;                                        // its gradient is ignored
///             for (int k = row * rows.OutputSize; k &lt; (row + 1) * rows.OutputSize; k++)
///             {
///                 double x = rows.Outputs[k] - rows.Values[k];
///                 sum += weight * (Math.Abs(x) + Math.Log(0.5 + 0.5 * Math.Exp(-2 * Math.Abs(x))));
///                 gradients[k] = (float)(weight * Math.Tanh(x));
///             }
///         }
///
///         return sum;
///     }
/// }
/// </code>
/// </example>
/// </remarks>
public abstract partial class Loss
{
    /// <summary>A loss of values, whose gradient is that of the outputs; the properties say so where it is another kind.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    protected Loss(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The loss's name, for messages and reports.</summary>
    public string Name { get; }

    /// <summary>Whether targets are values, classes or either; values by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to none of them.</exception>
    public LossTargets Targets
    {
        get;
        protected init => field = value is LossTargets.Values or LossTargets.Classes or LossTargets.ValuesOrClasses
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Targets), $"Targets: {Name} expects Values, Classes or ValuesOrClasses, got {value}");
    } = LossTargets.Values;

    /// <summary>The least that a target value may be; any finite value by default. The trainer refuses others before <see cref="Compute"/> sees them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a value that is not finite.</exception>
    public float MinTarget
    {
        get;
        protected init => field = Finite(value, nameof(MinTarget));
    } = float.MinValue;

    /// <summary>The most that a target value may be; any finite value by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a value that is not finite.</exception>
    public float MaxTarget
    {
        get;
        protected init => field = Finite(value, nameof(MaxTarget));
    } = float.MaxValue;

    /// <summary>
    /// The output activation that the loss is fused with, <see cref="Activation.Softmax"/> or <see cref="Activation.Sigmoid"/>: the loss is then computed from
    /// <see cref="LossRows.Logits"/>, and <see cref="Compute"/> writes the gradient of the logits. Null by default: the loss is computed from
    /// <see cref="LossRows.Outputs"/>, whatever their activation, and the gradient is that of the outputs.
    /// </summary>
    /// <remarks>A fused loss takes networks that end in this activation, or in a linear layer, whose outputs are then logits. Others are refused.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another activation.</exception>
    public Activation? FusedActivation
    {
        get;
        protected init => field = value is null or Activation.Softmax or Activation.Sigmoid
            ? value
            : throw new ArgumentOutOfRangeException(nameof(FusedActivation), $"FusedActivation: {Name} expects null, Softmax or Sigmoid, got {value}");
    }

    /// <summary>
    /// Whether the loss is a figure of all rows together, such as a ratio, that is not to be divided by anything; false by default. Then
    /// <see cref="Compute"/> returns that figure and writes its gradient, and <see cref="TrainerOptions.Normalization"/> does not matter. Over several batches
    /// or chunks the figure is averaged, each with the sum of the weights of its rows.
    /// </summary>
    public bool IsNormalized { get; protected init; }

    /// <summary>
    /// The loss and all its settings, <see cref="Name"/> unless overridden. A checkpoint remembers it and continues with the same one only, so override it to
    /// include your settings, and write numbers in the invariant culture.
    /// </summary>
    public override string ToString() => Name;

    /// <summary>The sum of the rows' losses, each times its weight, <c>L = Σ w·loss</c>, and its gradient.</summary>
    /// <remarks>
    /// The gradient is in the shape of the outputs, <c>[Steps, BatchSize, OutputSize]</c>, or <c>[BatchSize, OutputSize]</c> for a many-to-one network:
    /// <c>∂L/∂output</c>, weights included, or <c>∂L/∂logit</c> where <see cref="FusedActivation"/> is set. Every value of a row that counts must be written: what
    /// lies there at entry is not a number. What is written into rows that do not count (<see cref="LossRows.IsCounted"/>) is ignored. A value that is not finite or
    /// not written is an error that names the loss, and the weights stay as they were. In evaluation the gradient is not used.
    /// </remarks>
    /// <param name="rows">What the network answered, what it should have answered, and what each row counts.</param>
    /// <param name="gradients">Receives the gradient.</param>
    protected internal abstract double Compute(in LossRows rows, Span<float> gradients);

    /// <summary>Called when a trainer is made: the place to refuse a network that the loss makes no sense for. Takes any unless overridden.</summary>
    /// <param name="outputSize">Values per row.</param>
    /// <param name="manyToOne">Whether a row is a sequence; otherwise it is a step of one.</param>
    /// <exception cref="ArgumentException">The loss does not take such a network; the message says why.</exception>
    protected virtual void CheckNetwork(int outputSize, bool manyToOne)
    {
    }

    private float Finite(float value, string property) => float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(property, $"{property}: {Name} expects a finite value, got {value}");
}

/// <summary>What kind of targets a <see cref="Loss"/> takes.</summary>
public enum LossTargets
{
    /// <summary>A row of values, as many as the network has outputs.</summary>
    Values,

    /// <summary>A class per row, from 0 to OutputSize − 1.</summary>
    Classes,

    /// <summary>Either.</summary>
    ValuesOrClasses,
}
