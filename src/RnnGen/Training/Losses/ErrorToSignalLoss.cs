namespace RnnGen.Training;

/// <summary>
/// Error-to-signal ratio with the first-order pre-emphasis filter that models of amplifiers are trained with (Wright, Damskägg and Välimäki 2019; Wright and
/// Välimäki 2020): <see cref="Loss.ErrorToSignal"/>.
/// </summary>
/// <remarks>
/// <para>
/// With outputs o, target values y, the weights w of their rows and the coefficient a of pre-emphasis, e = o − y is filtered to <c>eₜ − a eₜ₋₁</c> and y to
/// <c>yₜ − a yₜ₋₁</c> along each sequence, and the loss is <c>Σ w (eₜ − a eₜ₋₁)² / (Σ w (yₜ − a yₜ₋₁)² + 1e-5 Σ w)</c>. The sums are over all outputs of all
/// rows that count. The step before a first one, and a step that does not count, are taken for 0 by the filter.
/// </para>
/// <para>
/// The term <c>1e-5 Σ w</c>, once per output, keeps the loss finite where the signal is silent: it is then the mean squared error (filtered), times 1e5. It is
/// that of the papers' own program, and small beside audio of full scale 1: scale other signals to about 1, or the loss falls short of the plain ratio.
/// </para>
/// <para>
/// The ratio is that of a mini-batch as a whole, so that quiet sequences do not count more than loud ones; with <see cref="TrainerOptions.TruncateEvery"/> it
/// is that of a chunk, and each chunk is filtered as if it began with silence. Over several of them the ratios are averaged
/// (<see cref="Loss.IsNormalized"/>), so that, unlike that of other losses, the figure of an evaluation depends on the size of batches and chunks.
/// </para>
/// </remarks>
public sealed class ErrorToSignalLoss : Loss
{
    private const double Silence = 1e-5;
    private readonly float _coefficient;

    internal ErrorToSignalLoss(float preEmphasis)
        : base(nameof(ErrorToSignal))
    {
        _coefficient = preEmphasis;
        IsNormalized = true;
    }

    /// <summary>The coefficient of pre-emphasis; 0 for none.</summary>
    public float PreEmphasis => _coefficient;

    /// <summary>The same with a filter <c>1 − a z⁻¹</c> before errors and targets are measured, which makes high frequencies count more.</summary>
    /// <param name="coefficient">a, from 0 (no filter) to less than 1; 0.95 and 0.85 are in use.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="coefficient"/> is not from 0 to less than 1.</exception>
    public ErrorToSignalLoss WithPreEmphasis(float coefficient) => coefficient is >= 0 and < 1
        ? new ErrorToSignalLoss(coefficient)
        : throw new ArgumentOutOfRangeException(nameof(coefficient), $"coefficient: expected 0 to less than 1, got {coefficient}");

    /// <summary>The loss and its setting.</summary>
    public override string ToString() => _coefficient == 0 ? Name : $"{Name}(preEmphasis: {_coefficient:R})";

    /// <inheritdoc/>
    protected override void CheckNetwork(int outputSize, bool manyToOne)
    {
        if (manyToOne && _coefficient != 0)
            throw new ArgumentException($"Loss: {this} filters along time, but the network has one output per sequence: expected no pre-emphasis", "options");
    }

    /// <inheritdoc/>
    protected internal override double Compute(in LossRows rows, Span<float> gradients)
    {
        (int size, int batch) = (rows.OutputSize, rows.BatchSize);
        double error = 0, signal = Silence * rows.TotalWeight * size;
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            Span<float> filtered = gradients.Slice(row * size, size);
            float weight = rows.Weight(row);
            if (weight == 0)
            {
                filtered.Clear();
                continue;
            }

            ReadOnlySpan<float> outputs = rows.OutputsOf(row), targets = rows.ValuesOf(row);
            bool continues = Continues(rows, row);
            for (int k = 0; k < size; k++)
            {
                double difference = (double)outputs[k] - targets[k], target = targets[k];
                if (continues)
                {
                    double before = rows.ValuesOf(row - batch)[k];
                    difference -= _coefficient * (rows.OutputsOf(row - batch)[k] - before);
                    target -= _coefficient * before;
                }

                error += weight * difference * difference;
                signal += weight * target * target;
                filtered[k] = (float)difference;
            }
        }

        // An output is in the error of its own step and, filtered, in that of the next one, whose row is not overwritten yet.
        double factor = 2 / signal;
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            int next = row + batch;
            float ahead = next < count && Continues(rows, next) ? _coefficient * rows.Weight(next) : 0;
            float weight = rows.Weight(row);
            for (int k = row * size; k < (row + 1) * size; k++)
                gradients[k] = (float)(factor * (weight * (double)gradients[k] - (ahead == 0 ? 0 : ahead * (double)gradients[k + batch * size])));
        }

        return error / signal;
    }

    /// <summary>Whether the filter sees the step before a row's.</summary>
    private bool Continues(in LossRows rows, int row) => _coefficient != 0 && row >= rows.BatchSize && rows.IsCounted(row - rows.BatchSize) && rows.IsCounted(row);
}
