using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>One part.</summary>
/// <param name="createCell">The equations.</param>
internal sealed class PerStepParts(Func<LayerSpec, Cell> createCell) : LayerParts
{
    public override LayerRole Role => LayerRole.PerStep;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals) =>
        graph.AddCell(new Part(site.Id, "", site.Layer, createCell(site.Equations).ToGraph()), graph.Input(site, signals));
}
