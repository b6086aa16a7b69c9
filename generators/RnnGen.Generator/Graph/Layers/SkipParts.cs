using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>The sum of the signal and the network's input.</summary>
internal sealed class SkipParts : LayerParts
{
    private static readonly IReadOnlyList<string> Names = ["learned", "direct"];

    public override LayerRole Role => LayerRole.Skip;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var learned = graph.Padded(site.Layer, site.Id, graph.Input(site, signals));
        var direct = graph.AddInput(site.Layer, site.Id, learned.Size);
        return graph.Add(new Part(site.Id, "", site.Layer, new MergeCell("skip", learned.Size, Names, (left, right) => left + right).ToGraph())
        {
            Inputs = [new PartInput(Names[0], learned.Source), new PartInput(Names[1], direct.Source)],
            InputSize = learned.Size,
            OncePerSequence = learned.OncePerSequence,
        });
    }

    public override IReadOnlyList<int>? Misfit(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals) =>
        graph.Input(site, signals).Size is var size && size > graph.Spec.InputSize ? [size, graph.Spec.InputSize] : null;
}
