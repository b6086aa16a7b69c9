namespace RnnGen.Generator.Graph;

/// <summary>What a kind of layers consists of.</summary>
internal abstract class LayerParts
{
    /// <summary>What such a layer does with time.</summary>
    public abstract LayerRole Role { get; }

    /// <summary>Adds a layer's parts and returns what they make of what it reads.</summary>
    public abstract Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals);

    /// <summary>The sizes of what a layer reads, where they do not fit; null where they do.</summary>
    public virtual IReadOnlyList<int>? Misfit(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals) => null;
}
