namespace RnnGen.Generator.Graph.Layers;

/// <summary>Vectors side by side.</summary>
internal sealed class ConcatParts : LayerParts
{
    public override LayerRole Role => LayerRole.Join;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals) => graph.Concat(site, "", signals.Select(graph.Whole).ToList());
}
