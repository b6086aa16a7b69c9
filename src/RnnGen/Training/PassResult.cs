namespace RnnGen.Training;

/// <summary>What some passes found, still as sums, so that results of batches and chunks add up.</summary>
/// <param name="LossSum">The sum of the weighted losses of all rows.</param>
/// <param name="Weight">The sum of their weights.</param>
/// <param name="Correct">The sum of the weights of the rows with the right class; 0 for values.</param>
/// <param name="Sequences">Sequences.</param>
internal readonly record struct PassResult(double LossSum, double Weight, double Correct, long Sequences)
{
    /// <summary>This and another together.</summary>
    internal PassResult With(PassResult other) =>
        new(LossSum + other.LossSum, Weight + other.Weight, Correct + other.Correct, Sequences + other.Sequences);

    /// <summary>The loss as it is reported; 0 while nothing has counted.</summary>
    internal double Loss(LossNormalization normalization) =>
        Weight == 0 ? 0 : LossSum / (normalization == LossNormalization.PerSequence ? Sequences : Weight);

    /// <summary>The result as users see it.</summary>
    internal Score ToScore(LossNormalization normalization, bool classes) =>
        new((float)Loss(normalization), classes ? (float)(Weight == 0 ? 0 : Correct / Weight) : null);
}
