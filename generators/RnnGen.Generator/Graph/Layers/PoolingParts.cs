using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>A running value and its last step.</summary>
/// <param name="createCell">The equations, from the size of the input.</param>
internal sealed class PoolingParts(Func<int, Cell> createCell) : LayerParts
{
    public override LayerRole Role => LayerRole.Pooling;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var input = graph.Input(site, signals);
        var part = new Part(site.Id, "", site.Layer, createCell(input.Size).ToGraph()) { Role = PartRole.Recurrent };
        return graph.AddLast(site, "Last", graph.AddCell(part, input));
    }
}
