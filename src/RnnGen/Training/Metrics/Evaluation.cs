namespace RnnGen.Training;

/// <summary>How well a network does on a set: over all steps that count, or sequences for a many-to-one network, each with its weight.</summary>
public sealed class Evaluation
{
    internal Evaluation(float loss, ClassificationMetrics? classification, RegressionMetrics? regression)
    {
        Loss = loss;
        Classification = classification;
        Regression = regression;
    }

    /// <summary>The loss, divided as <see cref="TrainerOptions.Normalization"/> says.</summary>
    public float Loss { get; }

    /// <summary>The share that has its largest output at the right class, 0 to 1; null when the targets are values, or of several outputs.</summary>
    public float? Accuracy => (float?)Classification?.Accuracy;

    /// <summary>What was taken for what; null when the targets are values.</summary>
    public ClassificationMetrics? Classification { get; }

    /// <summary>How far the outputs are from the targets; null when the targets are classes.</summary>
    public RegressionMetrics? Regression { get; }

    /// <summary>Each output by itself, in the order of the losses; none where the loss is one of all outputs. Accuracy and metrics are then theirs.</summary>
    public IReadOnlyList<OutputEvaluation> Outputs { get; internal init; } = [];

    /// <summary>One output by itself.</summary>
    /// <param name="output">A member of the generated class's <c>Outputs</c>.</param>
    /// <exception cref="ArgumentException">It has no loss.</exception>
    public OutputEvaluation this[NetworkOutput output] => Outputs.FirstOrDefault(candidate => candidate.Output == output)
        ?? throw new ArgumentException($"output: expected one that has a loss ({string.Join(", ", Outputs.Select(each => each.Output.Name))}), got {output.Name}", nameof(output));

    /// <summary>Loss and accuracy.</summary>
    public Score Score => new(Loss, Accuracy);
}
