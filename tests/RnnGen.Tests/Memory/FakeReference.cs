namespace RnnGen.Tests.Memory;

/// <summary>The equations of <see cref="FakeNetwork{TVariant}"/> in double, one sequence at a time, on jagged arrays: no tape, no padding, no masks.</summary>
internal sealed class FakeReference
{
    private const int SizeOfA = FakeNetwork<ManyToManyIdentity>.SizeOfA;
    private const int SizeOfB = FakeNetwork<ManyToManyIdentity>.SizeOfB;
    private readonly List<double[]> _logits = [];

    /// <summary>Runs one sequence's real steps.</summary>
    public FakeReference(IEnumerable<float[]> frames, ReadOnlySpan<float> initial)
    {
        FinalState = [.. initial.ToArray().Select(value => (double)value)];
        foreach (float[] x in frames)
        {
            for (int unit = 0; unit < SizeOfA + SizeOfB; unit++)
            {
                FinalState[unit] = unit < SizeOfA ? 0.5 * FinalState[unit] + (unit + 1) * x[0] : FinalState[unit] - x[1];
            }

            _logits.Add(FinalState[..2]);
        }
    }

    public double[] FinalState { get; }

    /// <summary>[real steps][2].</summary>
    public IReadOnlyList<double[]> Logits => _logits;

    /// <summary>The gradients of frames and initial state.</summary>
    public static (double[][] Frames, double[] Initial) Gradient(double[][] logitGradients, ReadOnlySpan<float> finalGradient)
    {
        double[] d = [.. finalGradient.ToArray().Select(value => (double)value)];
        var frames = new double[logitGradients.Length][];
        for (int t = frames.Length - 1; t >= 0; t--)
        {
            d[0] += logitGradients[t][0];
            d[1] += logitGradients[t][1];
            frames[t] = [Enumerable.Range(0, SizeOfA).Sum(unit => (unit + 1) * d[unit]), -d[SizeOfA..].Sum(), 0];
            for (int unit = 0; unit < SizeOfA; unit++)
            {
                d[unit] *= 0.5;
            }
        }

        return (frames, d);
    }
}
