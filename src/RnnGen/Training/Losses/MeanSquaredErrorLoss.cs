namespace RnnGen.Training;

/// <summary>Mean squared error: <c>(o − y)²</c>, its gradient <c>2 (o − y)</c>.</summary>
internal sealed class MeanSquaredErrorLoss() : Loss(nameof(MeanSquaredError))
{
    protected internal override double Compute(in LossRows rows, Span<float> gradients)
    {
        double sum = 0;
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            Span<float> gradient = gradients.Slice(row * rows.OutputSize, rows.OutputSize);
            float weight = rows.Weight(row);
            if (weight == 0)
            {
                gradient.Clear();
                continue;
            }

            VectorLoops.Subtract(rows.OutputsOf(row), rows.ValuesOf(row), gradient);
            if (rows.IsWeighted)
                sum += weight * VectorLoops.SumOfSquares(gradient);
        }

        if (!rows.IsWeighted) // all at once is faster where rows are short
            sum = VectorLoops.SumOfSquares(gradients);
        rows.MultiplyByWeights(gradients, 2.0 / rows.OutputSize);
        return sum / rows.OutputSize;
    }
}
