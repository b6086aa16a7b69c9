using RnnGen.Runtime;

namespace RnnGen;

/// <summary>Mean squared error: <c>(o − y)²</c>, its gradient <c>2 (o − y)</c>.</summary>
internal sealed class MeanSquaredErrorLoss() : Loss(nameof(MeanSquaredError))
{
    internal override bool OfLogits => false;

    internal override void CheckNetwork(NetworkLayout layout)
    {
    }

    internal override double Compute(in LossRows rows, Targets targets, Span<float> gradients)
    {
        double sum = 0;
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            Span<float> gradient = gradients.Slice(row * rows.Size, rows.Size);
            float weight = rows.Weight(row);
            if (weight == 0)
            {
                gradient.Clear();
                continue;
            }

            VectorLoops.Subtract(rows.Outputs.Slice(row * rows.Size, rows.Size), targets.Values.Slice(row * rows.Size, rows.Size), gradient);
            if (!rows.Weights.IsEmpty)
                sum += weight * VectorLoops.SumOfSquares(gradient);
        }

        if (rows.Weights.IsEmpty) // all at once is faster where rows are short
            sum = VectorLoops.SumOfSquares(gradients);
        rows.Scale(gradients, 2 / (rows.Divisor * rows.Size));
        return sum / rows.Size;
    }
}
