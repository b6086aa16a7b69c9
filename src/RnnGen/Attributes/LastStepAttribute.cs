namespace RnnGen;

/// <summary>
/// Keeps only the last unmasked time step of a sequence: the layers after it run once per sequence (many-to-one). Right after a layer that runs in reverse, it
/// keeps that direction's final step, which is the first unmasked one. Without it (and without pooling) a network has an output at every step (many-to-many). Layers
/// with a state cannot follow.
/// </summary>
public sealed class LastStepAttribute : LayerAttribute;
