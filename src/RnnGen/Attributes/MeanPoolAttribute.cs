namespace RnnGen;

/// <summary>
/// The mean over a sequence's unmasked time steps: what follows is computed once per sequence (many-to-one). Layers with a state cannot follow.
/// </summary>
/// <remarks>
/// Its state, in a stream: the sum so far, what rounding has taken from it, the number of steps, and the same of that (4 floats per unit), so that a step answers
/// as if the sequence ended there. The mean of n values is off by at most 2⁻²² of the mean of their magnitudes, whatever n is up to 2⁴⁶.
/// </remarks>
public sealed class MeanPoolAttribute : LayerAttribute;
