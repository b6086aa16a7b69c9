using RnnGen.Runtime;

namespace RnnGen.Training;

/// <summary>Makes rows of what users hand to metrics.</summary>
internal static class MetricRows
{
    /// <summary>Checks spans and makes rows of them.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="expected">How many there must be.</param>
    /// <param name="shape">What that number is, for the message.</param>
    /// <param name="size">Outputs per row.</param>
    /// <param name="mask">One byte per row, or none.</param>
    /// <param name="weights">One weight per row, or none.</param>
    internal static LossRows Check(
        ReadOnlySpan<float> outputs, long expected, string shape, int size, ReadOnlySpan<byte> mask, ReadOnlySpan<float> weights)
    {
        Guard.Length(outputs.Length, expected, nameof(outputs), shape);
        int count = outputs.Length / size;
        if (!mask.IsEmpty)
            Guard.Length(mask.Length, count, nameof(mask), "rows");
        if (!weights.IsEmpty)
            Guard.Length(weights.Length, count, nameof(weights), "rows");
        var rows = new LossRows
        {
            Logits = outputs,
            Outputs = outputs,
            Mask = mask,
            Targets = weights.IsEmpty ? default : default(Targets).WithWeights(weights),
            Count = count,
            BatchSize = 1,
            OutputSize = size,
            Activation = OutputActivation.Identity,
        };
        for (int row = 0; row < count; row++)
        {
            float weight = rows.Weight(row);
            if (!(weight >= 0 && float.IsFinite(weight)))
            {
                string message = $"weights: expected a finite value of at least 0 at row {row}, got {weight}";
                throw new ArgumentOutOfRangeException(nameof(weights), message);
            }
        }

        return rows;
    }
}
