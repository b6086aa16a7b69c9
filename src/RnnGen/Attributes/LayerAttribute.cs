namespace RnnGen;

/// <summary>One layer of a network. Layers are stacked in the order in which their attributes are written on the class.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The prefix of the layer's parameter names. Left out, it is the layer's kind and its index among all layer attributes: <c>lstm0</c>, <c>dense2</c>.
    /// </summary>
    public string? Name { get; init; }
}
