using RnnGen.Generator.Cells;
using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>A part for each direction.</summary>
/// <param name="createCell">The equations, by the layer, its input, and whether they are those of training.</param>
internal sealed class RecurrentParts(Func<LayerSpec, Vector, bool, CellGraph> createCell) : LayerParts
{
    public override LayerRole Role => LayerRole.Recurrent;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var input = graph.Input(site, signals);
        var layer = site.Layer;
        string direction = layer.Text("Direction", "Forward");
        float dropout = RecurrentCell.Dropout(layer);
        var cell = createCell(site.Equations, input, false);
        var part = new Part(site.Id, "", layer, cell)
        {
            Role = PartRole.Recurrent,
            Inputs = [new PartInput(PartInput.Multiplied, input.Source), .. Elements(graph, site, cell, input)],
            InputSize = input.Size,
            OncePerSequence = input.OncePerSequence,
            ResetsMasked = graph.Spec.ResetsMasked,
            TapedCell = graph.Spec.Training && dropout > 0 ? createCell(site.Equations, input, true) : null,
            NoiseRate = dropout,
            Reverse = direction == "Reverse",
        };
        var first = graph.Add(part);
        if (direction != "Bidirectional")
            return first;
        var second = graph.Add(part with { Tail = "Reverse", Suffix = "_reverse", Reverse = true, KernelsOf = part.Id });
        return new Directions(site, first, second, layer.Text("Merge", MergeCell.Concat));
    }

    /// <summary>The input in rows of its own where equations use its elements: kernels read whole vectors, and leave a gradient of their own.</summary>
    private static IEnumerable<PartInput> Elements(GraphBuilder graph, LayerSite site, CellGraph cell, Vector input) =>
        cell.Aligned.Contains(CellRecorder.InputName) ? [new PartInput(CellRecorder.InputName, graph.AddElements(site, input).Source)] : [];
}
