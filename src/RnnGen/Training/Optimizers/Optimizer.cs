namespace RnnGen;

/// <summary>
/// How weights move against their gradient: a description that never changes, so trainers may share one. What an optimiser remembers from update to update
/// belongs to the trainer. The formulas are PyTorch's (<c>torch.optim</c>); state is float32, what depends on the update's number only is computed in double.
/// </summary>
public abstract class Optimizer
{
    private protected Optimizer(float learningRate, float weightDecay)
    {
        LearningRate = NotNegative(learningRate, nameof(learningRate));
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
    }

    /// <summary>The step size, before the <see cref="LearningRateSchedule"/>'s factor.</summary>
    public float LearningRate { get; }

    /// <summary>How strongly weights are drawn to zero; 0 for not at all.</summary>
    public float WeightDecay { get; }

    /// <summary>How many values this optimiser remembers for each weight, at most two.</summary>
    internal abstract int Slots { get; }

    /// <summary>How many of them a checkpoint must have; what it lacks is 0.</summary>
    internal virtual int RequiredSlots => Slots;

    /// <summary>One update of all weights. Where weight, gradient and memory are 0 (padding), they stay 0.</summary>
    /// <param name="state">What was remembered; <see cref="OptimizerState.Updates"/> already counts this update.</param>
    /// <param name="weights">Packed weights.</param>
    /// <param name="gradients">Their gradients, as long.</param>
    /// <param name="gradientScale">Multiplies every gradient first: 1, or the coefficient of clipping by norm.</param>
    /// <param name="learningRate"><see cref="LearningRate"/> times the schedule's factor.</param>
    internal abstract void Update(OptimizerState state, Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, double learningRate);

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
