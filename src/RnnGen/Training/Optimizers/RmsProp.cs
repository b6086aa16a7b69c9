using System.Numerics;
using System.Runtime.CompilerServices;
using Lanes = System.Numerics.Vector;

namespace RnnGen.Training;

/// <summary>
/// RMSprop (Hinton 2012; <c>torch.optim.RMSprop</c>, not centred): <c>g += weightDecay·w</c>, <c>v = αv + (1−α)g²</c>, <c>d = g / (√v + ε)</c>; with momentum
/// <c>b = momentum·b + d</c> and <c>d = b</c>; <c>w −= learningRate·d</c>.
/// </summary>
public sealed class RmsProp : Optimizer
{
    /// <summary>Describes the optimiser. α and ε are doubles because 1 − 0.99f is off by 1e-6.</summary>
    /// <param name="learningRate">The step size, at least 0.</param>
    /// <param name="alpha">How much of the mean squared gradient is kept, 0 to less than 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0; above 0.</param>
    /// <param name="weightDecay">L2 penalty: this times the weight is added to its gradient.</param>
    /// <param name="momentum">How much of the last direction is kept, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public RmsProp(float learningRate, double alpha = 0.99, double epsilon = 1e-8, float weightDecay = 0, float momentum = 0)
        : base(learningRate, weightDecay, momentum > 0 ? MomentumRule.Slots : PlainRule.Slots)
    {
        Alpha = BelowOne(alpha, nameof(alpha));
        Epsilon = AboveZero(epsilon, nameof(epsilon));
        Momentum = NotNegative(momentum, nameof(momentum));
    }

    /// <summary>How much of the mean squared gradient is kept.</summary>
    public double Alpha { get; }

    /// <summary>Keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <summary>How much of the last direction is kept.</summary>
    public float Momentum { get; }

    /// <summary>The optimiser and all its settings.</summary>
    public override string ToString() =>
        $"RmsProp(learningRate: {LearningRate:R}, alpha: {Alpha:R}, epsilon: {Epsilon:R}, weightDecay: {WeightDecay:R}, momentum: {Momentum:R})";

    /// <inheritdoc/>
    protected internal override void Update(in OptimizerUpdate update)
    {
        var scaling = new Scaling((float)Alpha, (float)(1 - Alpha), (float)Epsilon, WeightDecay);
        if (Momentum > 0)
            update.Apply(new MomentumRule(scaling, (float)update.LearningRate, Momentum));
        else
            update.Apply(new PlainRule(scaling, (float)update.LearningRate));
    }

    /// <summary>Divides gradients by their root mean square.</summary>
    private readonly struct Scaling(float keep, float add, float epsilon, float weightDecay)
    {
        public Vector<float> Direction(Vector<float> weight, Vector<float> gradient, ref Vector<float> square)
        {
            gradient += weightDecay * weight;
            square = keep * square + add * gradient * gradient;
            return gradient / (Lanes.SquareRoot(square) + new Vector<float>(epsilon));
        }
    }

    private readonly struct PlainRule(Scaling scaling, float rate) : IUpdateRule
    {
        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Update(Vector<float> weight, Vector<float> gradient, ref Vector<float> square, ref Vector<float> second) =>
            weight - rate * scaling.Direction(weight, gradient, ref square);
    }

    private readonly struct MomentumRule(Scaling scaling, float rate, float momentum) : IUpdateRule
    {
        public static int Slots => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Update(Vector<float> weight, Vector<float> gradient, ref Vector<float> square, ref Vector<float> velocity)
        {
            velocity = momentum * velocity + scaling.Direction(weight, gradient, ref square);
            return weight - rate * velocity;
        }
    }
}
