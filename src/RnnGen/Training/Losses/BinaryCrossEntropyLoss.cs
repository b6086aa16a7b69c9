namespace RnnGen.Training;

/// <summary>
/// Binary cross entropy from logits: <c>max(z, 0) − z·y + log(1 + e^−|z|)</c>, whose last term is <c>−log max(p, 1−p)</c> with p = σ(z), never of a small
/// number. The gradient is <c>p − y</c>.
/// </summary>
internal sealed class BinaryCrossEntropyLoss : Loss
{
    internal BinaryCrossEntropyLoss()
        : base(nameof(BinaryCrossEntropy))
    {
        FusedActivation = Activation.Sigmoid;
        (MinTarget, MaxTarget) = (0, 1);
    }

    protected internal override double Compute(in LossRows rows, Span<float> gradients)
    {
        rows.CopyActivatedTo(gradients);
        double sum = 0;
        var logarithms = new LogarithmSum();
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            float weight = rows.Weight(row);
            if (weight == 0)
                continue;
            Span<float> gradient = gradients.Slice(row * rows.OutputSize, rows.OutputSize);
            ReadOnlySpan<float> target = rows.ValuesOf(row);
            ReadOnlySpan<float> logits = rows.LogitsOf(row);
            for (int k = 0; k < target.Length; k++)
            {
                double probability = gradient[k];
                sum += weight * (Math.Max(logits[k], 0) - (double)logits[k] * target[k]);
                logarithms.Add(Math.Max(probability, 1 - probability), weight);
                gradient[k] -= target[k];
            }
        }

        rows.MultiplyByWeights(gradients, 1.0 / rows.OutputSize);
        return (sum - logarithms.Total) / rows.OutputSize;
    }
}
