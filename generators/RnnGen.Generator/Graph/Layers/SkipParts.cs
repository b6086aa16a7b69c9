using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>The sum of the signal and the network's input.</summary>
internal sealed class SkipParts : LayerParts
{
    public override LayerRole Role => LayerRole.Skip;

    public override Signal Add(GraphBuilder graph, LayerSite site, Signal signal)
    {
        var learned = graph.Whole(signal);
        var direct = graph.AddInput(site.Layer, site.Id, learned.Size);
        return graph.Add(new Part(site.Id, "", site.Layer, new MergeCell("skip", learned.Size, "learned", "direct", (left, right) => left + right).ToGraph())
        {
            Inputs = [new PartInput("learned", learned.Source), new PartInput("direct", direct.Source)],
            InputSize = learned.Size,
            OncePerSequence = learned.OncePerSequence,
        });
    }
}
