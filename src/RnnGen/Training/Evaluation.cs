namespace RnnGen;

/// <summary>How well a network does on a set.</summary>
/// <param name="Loss">The mean loss over all unmasked steps, or sequences for a many-to-one network.</param>
/// <param name="Accuracy">The share of them whose largest output is at the right class, 0 to 1; null when the targets are values.</param>
public readonly record struct Evaluation(float Loss, float? Accuracy);
