namespace RnnGen.Training;

/// <summary>How well a network did, in short.</summary>
/// <param name="Loss">The loss over all steps that count, or sequences for a many-to-one network.</param>
/// <param name="Accuracy">The (weighted) share of them whose largest output is at the right class, 0 to 1; null when the targets are values.</param>
public readonly record struct Score(float Loss, float? Accuracy);
