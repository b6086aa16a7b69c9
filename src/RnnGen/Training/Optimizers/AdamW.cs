namespace RnnGen.Training;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019; <c>torch.optim.AdamW</c>): <c>w *= 1 − learningRate·weightDecay</c>, then <see cref="Adam"/>'s
/// update without its penalty.
/// </summary>
/// <remarks>
/// Updates are counted in 64 bits, and βᵗ is computed in double: 1 − βᵗ is off by 2⁻⁵² / (1 − β) at most, however many updates there are. m and v decay by β as
/// a float, as PyTorch's do, which shifts v by up to 2⁻²⁵ / (1 − β₂) of itself: 3e-5 for 0.999, 3 % for 0.999999.
/// </remarks>
public sealed class AdamW : Optimizer
{
    /// <summary>Describes the optimiser. β and ε are doubles because 1 − 0.999f is off by 1e-5.</summary>
    /// <param name="learningRate">The step size, at least 0.</param>
    /// <param name="beta1">How much of the mean gradient is kept, 0 to less than 1.</param>
    /// <param name="beta2">How much of the mean squared gradient is kept, 0 to less than 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0; above 0.</param>
    /// <param name="weightDecay">The share of a weight that decays, times the learning rate, an update.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public AdamW(float learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, float weightDecay = 0.01f)
        : base(learningRate, weightDecay, AdamRule.Slots)
    {
        Beta1 = BelowOne(beta1, nameof(beta1));
        Beta2 = BelowOne(beta2, nameof(beta2));
        Epsilon = AboveZero(epsilon, nameof(epsilon));
    }

    /// <summary>How much of the mean gradient is kept.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the mean squared gradient is kept.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <summary>The optimiser and all its settings.</summary>
    public override string ToString() =>
        $"AdamW(learningRate: {LearningRate:R}, beta1: {Beta1:R}, beta2: {Beta2:R}, epsilon: {Epsilon:R}, weightDecay: {WeightDecay:R})";

    /// <inheritdoc/>
    protected internal override void Update(in OptimizerUpdate update) =>
        update.Apply(AdamRule.Create(update.Number, update.LearningRate, Beta1, Beta2, Epsilon, penalty: 0, decay: WeightDecay));
}
