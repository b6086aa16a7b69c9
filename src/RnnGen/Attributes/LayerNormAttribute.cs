namespace RnnGen;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016) over the features of a step: <c>y = γ ⊙ (x − mean) / √(variance + 1e-5) + β</c>, γ being the parameter
/// <c>weight</c>, 1 at first, and β <c>bias</c>, 0 at first (PyTorch's <c>LayerNorm</c>). Recurrent layers normalise inside of their gates by their own option.
/// </summary>
public sealed class LayerNormAttribute : LayerAttribute;
