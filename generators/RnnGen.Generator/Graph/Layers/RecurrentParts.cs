using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>A part for each direction.</summary>
/// <param name="createCell">The equations.</param>
internal sealed class RecurrentParts(Func<LayerSpec, Cell> createCell) : LayerParts
{
    public override LayerRole Role => LayerRole.Recurrent;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var input = graph.Input(site, signals);
        var layer = site.Layer;
        string direction = layer.Text("Direction", "Forward");
        float dropout = RecurrentCell.Dropout(layer);
        var part = new Part(site.Id, "", layer, createCell(site.Equations).ToGraph())
        {
            Role = PartRole.Recurrent,
            Inputs = [new PartInput(PartInput.Multiplied, input.Source)],
            InputSize = input.Size,
            OncePerSequence = input.OncePerSequence,
            ResetsMasked = graph.Spec.ResetsMasked,
            TapedCell = graph.Spec.Training && dropout > 0 ? createCell(site.Equations).ToGraph(taped: true) : null,
            NoiseRate = dropout,
            Reverse = direction == "Reverse",
        };
        var first = graph.Add(part);
        if (direction != "Bidirectional")
            return first;
        var second = graph.Add(part with { Tail = "Reverse", Suffix = "_reverse", Reverse = true, KernelsOf = part.Id });
        return new Directions(site, first, second, layer.Text("Merge", MergeCell.Concat));
    }
}
