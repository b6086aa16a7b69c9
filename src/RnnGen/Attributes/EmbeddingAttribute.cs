namespace RnnGen;

/// <summary>
/// A vector for each class of a <c>[Network(OneHot = n)]</c>, whose first layer it must be: <c>y = weight[class]</c>, parameter <c>weight [n, units]</c>
/// (PyTorch's <c>Embedding</c>).
/// </summary>
/// <param name="units">The size of the vectors.</param>
public sealed class EmbeddingAttribute(int units) : LayerAttribute
{
    /// <summary>The size of the vectors.</summary>
    public int Units { get; } = units;
}
