namespace RnnGen;

/// <summary>
/// The maximum over a sequence's unmasked time steps: what follows is computed once per sequence (many-to-one). Layers with a state cannot follow.
/// </summary>
/// <remarks>Its state, in a stream: the maximum so far and whether there was a step, so that a step answers as if the sequence ended there.</remarks>
public sealed class MaxPoolAttribute : LayerAttribute;
