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
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            Span<float> gradient = gradients.Slice(row * rows.Size, rows.Size);
            if (rows.Counts(row))
                VectorLoops.Subtract(rows.Outputs.Slice(row * rows.Size, rows.Size), targets.Values.Slice(row * rows.Size, rows.Size), gradient);
            else
                gradient.Clear();
        }

        double elements = (double)rows.Unmasked * rows.Size;
        double loss = VectorLoops.SumOfSquares(gradients) / elements;
        VectorLoops.Scale(gradients, (float)(2 / elements));
        return loss;
    }
}
