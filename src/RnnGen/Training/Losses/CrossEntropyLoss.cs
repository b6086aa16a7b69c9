namespace RnnGen.Training;

/// <summary>
/// Cross entropy from logits. With p their softmax, the loss of a row is <c>−Σ yₖ log pₖ</c> and its gradient <c>pₖ Σ y − yₖ</c>. A log p is taken from p
/// itself while p is large enough to be exact, otherwise from the logits.
/// </summary>
internal sealed class CrossEntropyLoss : Loss
{
    private const float SmallProbability = 1e-20f; // far above the smallest normal float, so p still has full precision

    internal CrossEntropyLoss()
        : base(nameof(CrossEntropy))
    {
        FusedActivation = Activation.Softmax;
        Targets = LossTargets.ValuesOrClasses;
        (MinTarget, MaxTarget) = (0, 1);
    }

    protected internal override double Compute(in LossRows rows, Span<float> gradients)
    {
        rows.CopyActivatedTo(gradients);
        double sum = rows.HasClassTargets ? OfClasses(rows, gradients) : OfProbabilities(rows, gradients);
        rows.MultiplyByWeights(gradients);
        return sum;
    }

    private static double OfClasses(in LossRows rows, Span<float> gradients)
    {
        ReadOnlySpan<int> classes = rows.Classes;
        double sum = 0;
        var logarithms = new LogarithmSum();
        for (int row = 0; row < classes.Length; row++)
        {
            float weight = rows.Weight(row);
            if (weight == 0)
                continue;
            Span<float> gradient = gradients.Slice(row * rows.OutputSize, rows.OutputSize);
            ref float probability = ref gradient[classes[row]];
            if (probability > SmallProbability)
                logarithms.Add(probability, weight);
            else
                sum += weight * (LogPartition(rows, row, gradient) - rows.LogitsOf(row)[classes[row]]);
            probability -= 1;
        }

        return sum - logarithms.Total;
    }

    private static double OfProbabilities(in LossRows rows, Span<float> gradients)
    {
        double sum = 0;
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            float weight = rows.Weight(row);
            if (weight == 0)
                continue;
            Span<float> gradient = gradients.Slice(row * rows.OutputSize, rows.OutputSize);
            ReadOnlySpan<float> target = rows.ValuesOf(row);
            ReadOnlySpan<float> logits = rows.LogitsOf(row);
            double partition = LogPartition(rows, row, gradient);
            double total = 0;
            for (int k = 0; k < target.Length; k++)
            {
                total += target[k];
                if (target[k] != 0) // a logit of −∞ is not a loss where the target is 0
                    sum += weight * (target[k] * (partition - logits[k]));
            }

            for (int k = 0; k < target.Length; k++)
                gradient[k] = gradient[k] * (float)total - target[k];
        }

        return sum;
    }

    /// <summary><c>log Σ e^zₖ</c>, from the largest probability: that one is never small.</summary>
    private static double LogPartition(in LossRows rows, int row, ReadOnlySpan<float> probabilities)
    {
        int largest = LossRows.Largest(probabilities);
        return rows.LogitsOf(row)[largest] - Math.Log(probabilities[largest]);
    }
}
