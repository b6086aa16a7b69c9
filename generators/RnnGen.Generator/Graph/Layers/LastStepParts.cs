namespace RnnGen.Generator.Graph.Layers;

/// <summary>The step that a sequence ends with; of a layer in both directions, the step that each of them ends with.</summary>
internal sealed class LastStepParts : LayerParts
{
    public override LayerRole Role => LayerRole.LastStep;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals) => signals[0] switch
    {
        Directions directions when signals.Count == 1 => directions with
        {
            Site = site,
            Forward = graph.AddLast(site, "", directions.Forward),
            Backward = graph.AddLast(site, "Reverse", directions.Backward),
        },
        _ => graph.AddLast(site, "", graph.Input(site, signals)),
    };
}
