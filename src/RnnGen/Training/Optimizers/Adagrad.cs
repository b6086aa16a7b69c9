using System.Numerics;
using System.Runtime.CompilerServices;
using Lanes = System.Numerics.Vector;

namespace RnnGen.Training;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer 2011; <c>torch.optim.Adagrad</c>): <c>g += weightDecay·w</c>, <c>s = s + g²</c> from 0,
/// <c>w −= learningRate · g / (√s + ε)</c>.
/// </summary>
/// <remarks>
/// s only grows, so what rounding takes from it is remembered too and added with the next update's g²: s is off by 2⁻²³ of itself at most, however many updates
/// there are up to 2⁴⁶. In plain floats it would stop growing where g² is below 2⁻²⁴ s, after 2²⁴ like updates at the latest.
/// </remarks>
public sealed class Adagrad : Optimizer
{
    // Checkpoints of earlier versions have the sums alone: one slot.

    /// <summary>Describes the optimiser.</summary>
    /// <param name="learningRate">The step size, at least 0.</param>
    /// <param name="epsilon">Keeps the divisor from 0; above 0.</param>
    /// <param name="weightDecay">L2 penalty: this times the weight is added to its gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Adagrad(float learningRate, double epsilon = 1e-10, float weightDecay = 0)
        : base(learningRate, weightDecay, Rule.Slots, requiredSlots: 1) => Epsilon = AboveZero(epsilon, nameof(epsilon));

    /// <summary>Keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <summary>The optimiser and all its settings.</summary>
    public override string ToString() =>
        $"Adagrad(learningRate: {LearningRate:R}, epsilon: {Epsilon:R}, weightDecay: {WeightDecay:R})";

    /// <inheritdoc/>
    protected internal override void Update(in OptimizerUpdate update) =>
        update.Apply(new Rule((float)update.LearningRate, (float)Epsilon, WeightDecay));

    private readonly struct Rule(float rate, float epsilon, float weightDecay) : IUpdateRule
    {
        public static int Slots => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Update(Vector<float> weight, Vector<float> gradient, ref Vector<float> sum, ref Vector<float> lost)
        {
            gradient += weightDecay * weight;
            Vector<float> square = gradient * gradient + lost, before = sum;
            sum = before + square;

            // Knuth's two-sum: exact whichever is larger. Where the sum is infinite, nothing is lost any more.
            Vector<float> added = sum - before, error = (before - (sum - added)) + (square - added);
            lost = Lanes.ConditionalSelect(Lanes.Equals(error, error), error, Vector<float>.Zero);
            return weight - rate * gradient / (Lanes.SquareRoot(sum) + new Vector<float>(epsilon));
        }
    }
}
