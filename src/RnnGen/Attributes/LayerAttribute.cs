namespace RnnGen;

/// <summary>One layer of a network. Layers are stacked in the order in which their attributes are written on the class.</summary>
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
}
