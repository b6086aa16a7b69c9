using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>One part, in training.</summary>
internal sealed class DropoutParts : LayerParts
{
    public override LayerRole Role => LayerRole.Dropout;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var input = graph.Input(site, signals);
        var part = new Part(site.Id, "", site.Layer, new DropoutCell(input.Size).ToGraph())
        {
            Role = PartRole.Noise,
            NoiseRate = DropoutCell.Rate(site.Layer),
        };
        return graph.AddCell(part, input);
    }
}
