namespace RnnGen.Training;

/// <summary>How well one of several outputs does on a set.</summary>
public sealed class OutputEvaluation
{
    internal OutputEvaluation(NetworkOutput output, float loss, ClassificationMetrics? classification, RegressionMetrics? regression)
    {
        (Output, Loss, Classification, Regression) = (output, loss, classification, regression);
    }

    /// <summary>The output.</summary>
    public NetworkOutput Output { get; }

    /// <summary>The mean of its loss over all rows in which it counts, without the weight that <see cref="OutputLoss"/> gives it; 0 where it never does.</summary>
    public float Loss { get; }

    /// <summary>The share that has its largest value at the right class, 0 to 1; null when the targets are values.</summary>
    public float? Accuracy => (float?)Classification?.Accuracy;

    /// <summary>What was taken for what; null when the targets are values.</summary>
    public ClassificationMetrics? Classification { get; }

    /// <summary>How far the output is from the targets; null when the targets are classes.</summary>
    public RegressionMetrics? Regression { get; }
}
