using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Training;

/// <summary>
/// Stochastic gradient descent, with momentum on demand (<c>torch.optim.SGD</c>): <c>d = g + weightDecay·w</c>; with momentum <c>v = momentum·v + d</c> and
/// <c>d = v</c>, or Nesterov's <c>d = d + momentum·v</c>; <c>w = w − learningRate·d</c>.
/// </summary>
public sealed class Sgd : Optimizer
{
    /// <summary>Describes the optimiser.</summary>
    /// <param name="learningRate">The step size, at least 0.</param>
    /// <param name="momentum">How much of the last direction is kept, at least 0.</param>
    /// <param name="nesterov">Whether to look ahead along the momentum; needs <paramref name="momentum"/>.</param>
    /// <param name="weightDecay">L2 penalty: this times the weight is added to its gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    /// <exception cref="ArgumentException"><paramref name="nesterov"/> without momentum.</exception>
    public Sgd(float learningRate, float momentum = 0, bool nesterov = false, float weightDecay = 0)
        : base(learningRate, weightDecay, momentum > 0 ? MomentumRule.Slots : PlainRule.Slots)
    {
        Momentum = NotNegative(momentum, nameof(momentum));
        Nesterov = nesterov;
        if (nesterov && momentum == 0)
            throw new ArgumentException("nesterov: expected a momentum above 0 with it, got 0", nameof(nesterov));
    }

    /// <summary>How much of the last direction is kept.</summary>
    public float Momentum { get; }

    /// <summary>Whether to look ahead along the momentum.</summary>
    public bool Nesterov { get; }

    /// <summary>The optimiser and all its settings.</summary>
    public override string ToString() =>
        $"Sgd(learningRate: {LearningRate:R}, momentum: {Momentum:R}, nesterov: {Nesterov}, weightDecay: {WeightDecay:R})";

    /// <inheritdoc/>
    protected internal override void Update(in OptimizerUpdate update)
    {
        float rate = (float)update.LearningRate;
        if (Momentum > 0)
            update.Apply(new MomentumRule(rate, Momentum, Nesterov, WeightDecay));
        else
            update.Apply(new PlainRule(rate, WeightDecay));
    }

    private readonly struct PlainRule(float rate, float weightDecay) : IUpdateRule
    {
        public static int Slots => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Update(Vector<float> weight, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second) =>
            weight - rate * (gradient + weightDecay * weight);
    }

    private readonly struct MomentumRule(float rate, float momentum, bool nesterov, float weightDecay) : IUpdateRule
    {
        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Update(Vector<float> weight, Vector<float> gradient, ref Vector<float> velocity, ref Vector<float> second)
        {
            Vector<float> direction = gradient + weightDecay * weight;
            velocity = momentum * velocity + direction; // the first time velocity is 0, so it starts as the direction itself, as PyTorch has it
            return weight - rate * (nesterov ? direction + momentum * velocity : velocity);
        }
    }
}
