using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>One part that is as wide as what it reads.</summary>
/// <param name="createCell">The equations, from the size of the input.</param>
internal sealed class ElementwiseParts(Func<LayerSpec, int, Cell> createCell) : LayerParts
{
    public override LayerRole Role => LayerRole.Elementwise;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var input = graph.Input(site, signals);
        return graph.AddCell(new Part(site.Id, "", site.Layer, createCell(site.Equations, input.Size).ToGraph()), input);
    }
}
