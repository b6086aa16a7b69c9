namespace RnnGen.Training;

/// <summary>Has a loss computed, and sees to it that nothing but a whole and finite gradient comes of it.</summary>
internal static class LossGradients
{
    // A quiet NaN that no arithmetic makes of numbers; what is added to it has its bits too.
    private const int Unwritten = 0x7FED_CBA9;

    /// <summary>Computes a loss and its gradient; the gradient is 0 in rows that do not count.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="rows">What it is computed from; they may not count at all.</param>
    /// <param name="gradients">[rows × OutputSize], overwritten.</param>
    /// <param name="weight">The sum of the rows' weights.</param>
    internal static double Compute(Loss loss, in LossRows rows, Span<float> gradients, double weight)
    {
        if (weight == 0)
        {
            gradients.Clear();
            return 0;
        }

        gradients.Fill(BitConverter.Int32BitsToSingle(Unwritten));
        double value = loss.Compute(rows, gradients);
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            if (!rows.IsCounted(row))
                gradients.Slice(row * rows.OutputSize, rows.OutputSize).Clear();
        }

        return value;
    }

    /// <summary>The first gradient that is not finite or was not written; −1 where there is none.</summary>
    internal static int FirstWrong(ReadOnlySpan<float> gradients) => VectorLoops.FirstOutside(gradients, float.MinValue, float.MaxValue);

    /// <summary>Whether a gradient is as <see cref="Compute"/> found it.</summary>
    internal static bool IsUnwritten(float gradient) => BitConverter.SingleToInt32Bits(gradient) == Unwritten;
}
