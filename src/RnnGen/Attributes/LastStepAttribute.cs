namespace RnnGen;

/// <summary>
/// Keeps only the last unmasked time step of a sequence: what follows is computed once per sequence (many-to-one). Right after a layer that goes in reverse it
/// keeps what that direction ended with: the first unmasked step. Without it (and without pooling) a network answers at every step (many-to-many). Layers with
/// a state cannot follow.
/// </summary>
public sealed class LastStepAttribute : LayerAttribute;
