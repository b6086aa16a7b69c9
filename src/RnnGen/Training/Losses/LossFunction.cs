namespace RnnGen.Training;

/// <summary>A loss as a function of a network's outputs, for <see cref="Trainer{TNetwork}.Update(SequenceBatch, LossFunction)"/>.</summary>
/// <param name="outputs">
/// [Steps, BatchSize, OutputSize], or [BatchSize, OutputSize] for a many-to-one network; 0 at masked steps. With
/// <see cref="TrainerOptions.TruncateEvery"/>, the steps of one chunk.
/// </param>
/// <param name="gradients">
/// In the same shape, zero at entry: receives <c>∂loss/∂output</c>. What is written at masked steps is ignored.
/// </param>
/// <returns>The loss. It is not divided by anything.</returns>
public delegate double LossFunction(ReadOnlySpan<float> outputs, Span<float> gradients);

/// <summary>The loss that a function computes: for the length of one update, so that none has to be made for it.</summary>
internal sealed class FunctionLoss : Loss
{
    internal FunctionLoss()
        : base("the loss function") => IsNormalized = true;

    /// <summary>The function; null between updates, so that nothing of the user's is kept.</summary>
    internal LossFunction? Function { get; set; }

    protected internal override double Compute(in LossRows rows, Span<float> gradients)
    {
        gradients.Clear();
        return Function!(rows.Outputs, gradients);
    }
}
