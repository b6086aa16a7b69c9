using RnnGen.Runtime;

namespace RnnGen;

/// <summary>
/// Binary cross entropy from logits: <c>max(z, 0) − z·y + log(1 + e^−|z|)</c>, whose last term is <c>−log max(p, 1−p)</c> with p = σ(z), never of a small
/// number. The gradient is <c>p − y</c>.
/// </summary>
internal sealed class BinaryCrossEntropyLoss() : Loss(nameof(BinaryCrossEntropy))
{
    internal override bool OfLogits => true;

    internal override (float Least, float Most) TargetRange => (0, 1);

    internal override void CheckNetwork(NetworkLayout layout) => CheckFusion(layout, OutputActivation.Sigmoid);

    internal override double Compute(in LossRows rows, Targets targets, Span<float> gradients)
    {
        rows.Activate(OutputActivation.Sigmoid, gradients);
        double sum = 0;
        var logarithms = new LogarithmSum();
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            float weight = rows.Weight(row);
            if (weight == 0)
                continue;
            Span<float> gradient = gradients.Slice(row * rows.Size, rows.Size);
            ReadOnlySpan<float> target = targets.Values.Slice(row * rows.Size, rows.Size);
            ReadOnlySpan<float> logits = rows.Logits.Slice(row * rows.Size, rows.Size);
            for (int k = 0; k < target.Length; k++)
            {
                double probability = gradient[k];
                sum += weight * (Math.Max(logits[k], 0) - (double)logits[k] * target[k]);
                logarithms.Add(Math.Max(probability, 1 - probability), weight);
                gradient[k] -= target[k];
            }
        }

        rows.Scale(gradients, 1 / (rows.Divisor * rows.Size));
        return (sum - logarithms.Total) / rows.Size;
    }
}
