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
            if (!rows.Counts(row))
            {
                gradient.Clear();
                continue;
            }

            ReadOnlySpan<float> output = rows.Outputs.Slice(row * rows.Size, rows.Size);
            ReadOnlySpan<float> target = targets.Values.Slice(row * rows.Size, rows.Size);
            for (int k = 0; k < gradient.Length; k++)
            {
                float difference = output[k] - target[k];
                gradient[k] = difference;
                sum += (double)difference * difference;
            }
        }

        double elements = (double)rows.Unmasked * rows.Size;
        Scale(gradients, (float)(2 / elements));
        return sum / elements;
    }
}
