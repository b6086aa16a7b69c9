namespace RnnGen;

/// <summary>
/// One layer of a network. Layers are computed in the order in which their attributes are written on the class; each reads the one before it, the first one the
/// network's input, unless <see cref="From"/> says otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>For a kind of layer. The generator must know it: those that RnnGen ships, or those that a test brings.</summary>
    protected LayerAttribute()
    {
    }

    /// <summary>
    /// The prefix of the layer's parameter names. Left out, it is the layer's kind and its index among all layer attributes: <c>lstm0</c>, <c>dense2</c>.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// What the layer reads: names of earlier layers, or <c>"input"</c> for the network's input; several are put side by side in this order. Left out, it is the
    /// layer before this one. All of them have one value per time step, or all one per sequence.
    /// </summary>
    public string[]? From { get; init; }

    /// <summary>
    /// Whether what the layer gives is an output of the network, which may have several: they lie one after the other, in the order of the layers, and a nested
    /// class <c>Outputs</c> has the place of each. Left out everywhere, the last layer's is the only one.
    /// </summary>
    public bool IsOutput { get; init; }
}
