namespace RnnGen;

/// <summary>
/// Dropout between layers (Srivastava et al. 2014): in training each value becomes 0 with a probability, and the others are scaled by 1 / (1 − rate). Inference
/// is not affected. A tape's <c>DropoutSeed</c> turns it on; the trainer does that.
/// </summary>
/// <param name="rate">The probability, 0 to below 1.</param>
public sealed class DropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The probability, 0 to below 1.</summary>
    public float Rate { get; } = rate;
}
