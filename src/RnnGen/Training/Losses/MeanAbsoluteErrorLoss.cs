namespace RnnGen.Training;

/// <summary>Mean absolute error: <c>|o − y|</c>, its gradient the sign of o − y.</summary>
internal sealed class MeanAbsoluteErrorLoss() : Loss(nameof(MeanAbsoluteError))
{
    protected internal override double Compute(in LossRows rows, Span<float> gradients)
    {
        double sum = 0;
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            float weight = rows.Weight(row);
            if (weight == 0)
                continue;
            Span<float> gradient = gradients.Slice(row * rows.OutputSize, rows.OutputSize);
            ReadOnlySpan<float> outputs = rows.OutputsOf(row), targets = rows.ValuesOf(row);
            float share = weight / rows.OutputSize;
            double absolute = 0;
            for (int k = 0; k < gradient.Length; k++)
            {
                double difference = (double)outputs[k] - targets[k];
                absolute += Math.Abs(difference);
                gradient[k] = difference > 0 ? share : difference < 0 ? -share : 0;
            }

            sum += weight * absolute;
        }

        return sum / rows.OutputSize;
    }
}
