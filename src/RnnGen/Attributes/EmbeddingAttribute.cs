namespace RnnGen;

/// <summary>
/// A vector for each class of a <c>[Network(OneHot = n)]</c>, whose input it must read: <c>y = weight[class]</c>, parameter <c>weight [n, units]</c>
/// (PyTorch's <c>Embedding</c>).
/// </summary>
/// <param name="units">The size of the vectors.</param>
public sealed class EmbeddingAttribute(int units) : LayerAttribute
{
    /// <summary>The size of the vectors.</summary>
    public int Units { get; } = units;
}
