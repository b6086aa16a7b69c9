namespace RnnGen.Training;

/// <summary>
/// How weights move against their gradient: a description that never changes, so trainers may share one. What an optimiser remembers from update to update
/// belongs to the trainer. The library's formulas are PyTorch's (<c>torch.optim</c>); state is float32, what depends on the update's number only is computed
/// in double. Derive from it for an optimiser of your own; the library's do so in the same way.
/// </summary>
/// <remarks>
/// <para>
/// What an optimiser remembers of each weight are its <see cref="Slots"/>: floats that begin as 0 and that checkpoints keep. All else that an update depends on
/// is what <see cref="OptimizerUpdate"/> gives, so that training continues from a checkpoint with the same bits.
/// </para>
/// <example>
/// <code>
/// // Lion (Chen et al. 2023, https://arxiv.org/abs/2302.06675).
/// public sealed class Lion(float learningRate, float beta1 = 0.9f, float beta2 = 0.99f) : Optimizer(learningRate, slots: 1)
/// {
///     public override string ToString() =&gt; string.Create(CultureInfo.InvariantCulture, $"Lion({LearningRate:R}, {beta1:R}, {beta2:R})");
///
///     protected override void Update(in OptimizerUpdate update)
///     {
///         Span&lt;float&gt; weights = update.Weights, momentum = update.Slot(0);
///         float rate = (float)update.LearningRate;
///         for (int i = 0; i &lt; weights.Length; i++)
///         {
///             float gradient = update.Gradients[i];
///             weights[i] -= rate * Math.Sign(beta1 * momentum[i] + (1 - beta1) * gradient);
///             momentum[i] = beta2 * momentum[i] + (1 - beta2) * gradient;
///         }
///     }
/// }
/// </code>
/// </example>
/// </remarks>
public abstract class Optimizer
{
    private const int MaxSlots = 8;

    /// <summary>Describes an optimiser.</summary>
    /// <param name="learningRate">The step size, at least 0.</param>
    /// <param name="weightDecay">How strongly weights are drawn to zero, at least 0; the formula uses it, nobody else.</param>
    /// <param name="slots">How many floats are remembered of each weight, 0 to 8.</param>
    /// <param name="requiredSlots">
    /// How many of them a checkpoint must have, the first ones; the others are then 0. All by default: fewer are for an optimiser that remembers more than
    /// an earlier version of it did.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    protected Optimizer(float learningRate, float weightDecay = 0, int slots = 0, int? requiredSlots = null)
    {
        LearningRate = NotNegative(learningRate, nameof(learningRate));
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
        if (slots is < 0 or > MaxSlots)
            throw new ArgumentOutOfRangeException(nameof(slots), $"slots: expected 0 to {MaxSlots}, got {slots}");
        if (requiredSlots < 0 || requiredSlots > slots)
            throw new ArgumentOutOfRangeException(nameof(requiredSlots), $"requiredSlots: expected 0 to {slots} (slots), got {requiredSlots}");
        Slots = slots;
        RequiredSlots = requiredSlots ?? slots;
    }

    /// <summary>The step size, before the <see cref="LearningRateSchedule"/>'s factor.</summary>
    public float LearningRate { get; }

    /// <summary>How strongly weights are drawn to zero; 0 for not at all.</summary>
    public float WeightDecay { get; }

    /// <summary>How many floats are remembered of each weight.</summary>
    public int Slots { get; }

    /// <summary>How many of them a checkpoint must have.</summary>
    public int RequiredSlots { get; }

    /// <summary>
    /// The optimiser and all its settings. A checkpoint remembers it and continues with the same one only, so let yours tell its settings, and write numbers in
    /// the invariant culture.
    /// </summary>
    public override string ToString() => $"{GetType().FullName}(learningRate: {LearningRate:R}, weightDecay: {WeightDecay:R})";

    /// <summary>One update of all weights.</summary>
    /// <remarks>
    /// Weights lie in the order in which kernels read them, with padding between them, so that only a formula makes sense that processes each by itself (or uses
    /// sums over all). <b>Where weight, gradient and slots are 0, all of them must stay 0</b>: kernels rely on padding that is zero. The trainer looks at the
    /// padding after its first update, and names an optimiser that has changed it. Nothing may be thrown halfway: that update would be half done.
    /// </remarks>
    /// <param name="update">Weights to be changed, their gradients, and what is remembered.</param>
    protected internal abstract void Update(in OptimizerUpdate update);

    private protected static float NotNegative(float value, string argument) => (float)NotNegative((double)value, argument);

    private protected static double NotNegative(double value, string argument) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw Outside(argument, value, "a finite value of at least 0");

    /// <summary>Checks a decay. One that is 1 as a float is refused: what it decays would grow without end.</summary>
    private protected static double BelowOne(double value, string argument) =>
        value >= 0 && (float)value < 1
            ? value
            : throw Outside(argument, value, "at least 0 and less than 1 (as a float, 0.99999994 at most)");

    /// <summary>Checks ε. Zero is refused: a weight that never had a gradient would become 0 / 0, padding first of all.</summary>
    private protected static double AboveZero(double value, string argument) =>
        (float)value > 0 && float.IsFinite((float)value)
            ? value
            : throw Outside(argument, value, "a finite value above 0");

    private static ArgumentOutOfRangeException Outside(string argument, double value, string expected) =>
        new(argument, $"{argument}: expected {expected}, got {value}");
}
