using RnnGen.Training;

namespace RnnGen.Tests.Training;

// As users write them: this assembly sees nothing of the library that is internal.

// README: loss
/// <summary>The logarithm of the hyperbolic cosine of o − y, summed over the outputs of a row and averaged over the rows.</summary>
public sealed class LogCosh() : Loss("LogCosh")
{
    protected override double Compute(in LossRows rows, Span<float> gradients)
    {
        double sum = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            float weight = rows.Weight(row);
            if (weight == 0)
                continue; // its gradient is ignored
            for (int k = row * rows.OutputSize; k < (row + 1) * rows.OutputSize; k++)
            {
                double x = rows.Outputs[k] - rows.Values[k];
                sum += weight * (Math.Abs(x) + Math.Log(0.5 + 0.5 * Math.Exp(-2 * Math.Abs(x))));
                gradients[k] = (float)(weight * Math.Tanh(x));
            }
        }

        return sum;
    }
}
// README: end

/// <summary>Cross entropy of classes from logits, written down naively.</summary>
public sealed class PlainCrossEntropy : Loss
{
    public PlainCrossEntropy()
        : base("PlainCrossEntropy")
    {
        Targets = LossTargets.Classes;
        FusedActivation = Activation.Softmax;
    }

    protected override double Compute(in LossRows rows, Span<float> gradients)
    {
        rows.CopyActivatedTo(gradients);
        double sum = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            if (!rows.IsCounted(row))
                continue;
            ref float probability = ref gradients[row * rows.OutputSize + rows.Classes[row]];
            sum -= rows.Weight(row) * Math.Log(probability);
            probability -= 1;
        }

        rows.MultiplyByWeights(gradients);
        return sum;
    }
}

/// <summary>A loss that does what its user says, wrong things included.</summary>
public sealed class ScriptedLoss(string name, ScriptedLoss.Script script) : Loss(name)
{
    public delegate double Script(in LossRows rows, Span<float> gradients);

    public LossTargets Takes
    {
        init => Targets = value;
    }

    public (float Least, float Most) Range
    {
        init => (MinTarget, MaxTarget) = value;
    }

    public Activation? Fused
    {
        init => FusedActivation = value;
    }

    public bool Normalized
    {
        init => IsNormalized = value;
    }

    public int? OnlyOutputs { get; init; }

    public string Settings { get; init; } = "";

    public override string ToString() => Name + Settings;

    protected override void CheckNetwork(int outputSize, bool manyToOne)
    {
        if (OnlyOutputs is int only && outputSize != only)
            throw new ArgumentException($"{Name}: expected {only} outputs, got {outputSize}");
    }

    protected override double Compute(in LossRows rows, Span<float> gradients) => script(rows, gradients);
}
