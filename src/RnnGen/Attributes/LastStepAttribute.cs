namespace RnnGen;

/// <summary>
/// Keeps only the last unmasked time step of a sequence: what follows is computed once a sequence (many-to-one). Without it a network answers at every step
/// (many-to-many). Recurrent layers cannot follow it.
/// </summary>
public sealed class LastStepAttribute : LayerAttribute;
