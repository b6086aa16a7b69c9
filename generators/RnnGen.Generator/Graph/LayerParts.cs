namespace RnnGen.Generator.Graph;

/// <summary>What a kind of layers consists of.</summary>
internal abstract class LayerParts
{
    /// <summary>What such a layer does with time.</summary>
    public abstract LayerRole Role { get; }

    /// <summary>Adds a layer's parts and returns what they make of the signal.</summary>
    public abstract Signal Add(GraphBuilder graph, LayerSite site, Signal signal);
}
