namespace RnnGen;

/// <summary>
/// The mean over a sequence's unmasked time steps: what follows is computed once a sequence (many-to-one). Layers with a state cannot follow.
/// </summary>
/// <remarks>Its state, in a stream: the sum so far and the number of steps, so that a step answers as if the sequence ended there.</remarks>
public sealed class MeanPoolAttribute : LayerAttribute;
