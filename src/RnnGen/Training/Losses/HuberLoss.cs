namespace RnnGen.Training;

/// <summary>Huber's loss: <c>½ d²</c> for a difference d of at most δ, <c>δ (|d| − ½ δ)</c> beyond; its gradient is d, limited to [−δ, δ].</summary>
internal sealed class HuberLoss : Loss
{
    private readonly float _delta;

    internal HuberLoss(float delta)
        : base(nameof(Huber))
    {
        if (!(delta > 0 && float.IsFinite(delta)))
            throw new ArgumentOutOfRangeException(nameof(delta), $"delta: expected a finite value above 0, got {delta}");
        _delta = delta;
    }

    public override string ToString() => $"Huber(delta: {_delta:R})";

    protected internal override double Compute(in LossRows rows, Span<float> gradients)
    {
        double sum = 0, delta = _delta;
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            float weight = rows.Weight(row);
            if (weight == 0)
                continue;
            Span<float> gradient = gradients.Slice(row * rows.OutputSize, rows.OutputSize);
            ReadOnlySpan<float> outputs = rows.OutputsOf(row), targets = rows.ValuesOf(row);
            double share = weight / (double)rows.OutputSize;
            double inRow = 0;
            for (int k = 0; k < gradient.Length; k++)
            {
                double difference = (double)outputs[k] - targets[k], absolute = Math.Abs(difference);
                inRow += absolute <= delta ? 0.5 * difference * difference : delta * (absolute - 0.5 * delta);
                gradient[k] = (float)(share * Math.Clamp(difference, -delta, delta));
            }

            sum += share * inRow;
        }

        return sum;
    }
}
