using System.Globalization;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

// As users write them: this assembly sees nothing of the library that is internal.

// README: optimizer
/// <summary>Lion (Chen et al. 2023, https://arxiv.org/abs/2302.06675).</summary>
public sealed class Lion(float learningRate, float beta1 = 0.9f, float beta2 = 0.99f) : Optimizer(learningRate, slots: 1)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Lion({LearningRate:R}, {beta1:R}, {beta2:R})");

    protected override void Update(in OptimizerUpdate update)
    {
        Span<float> weights = update.Weights, momentum = update.Slot(0);
        float rate = (float)update.LearningRate;
        for (int i = 0; i < weights.Length; i++)
        {
            float gradient = update.Gradients[i];
            weights[i] -= rate * Math.Sign(beta1 * momentum[i] + (1 - beta1) * gradient);
            momentum[i] = beta2 * momentum[i] + (1 - beta2) * gradient;
        }
    }
}
// README: end

/// <summary>An optimiser that does what its user says, wrong things included.</summary>
public sealed class ScriptedOptimizer(string name, int slots, ScriptedOptimizer.Script script, int? requiredSlots = null)
    : Optimizer(0.05f, slots: slots, requiredSlots: requiredSlots)
{
    public delegate void Script(in OptimizerUpdate update);

    public override string ToString() => name;

    protected override void Update(in OptimizerUpdate update) => script(update);
}
