using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>Vectors of one size that become one, elementwise.</summary>
/// <param name="kind">For display.</param>
/// <param name="fold">What becomes of two.</param>
internal sealed class FoldParts(string kind, Func<Expr, Expr, Expr> fold) : LayerParts
{
    public override LayerRole Role => LayerRole.Join;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var vectors = signals.Select(graph.Whole).Select(vector => graph.Padded(site.Layer, site.Id, vector)).ToList();
        var names = vectors.Select((_, index) => GraphBuilder.NameOf(index)).ToList();
        return graph.Add(new Part(site.Id, "", site.Layer, new MergeCell(kind, vectors[0].Size, names, fold).ToGraph())
        {
            Inputs = vectors.Zip(names, (vector, name) => new PartInput(name, vector.Source)).ToList(),
            InputSize = vectors[0].Size,
            OncePerSequence = vectors[0].OncePerSequence,
        });
    }

    public override IReadOnlyList<int>? Misfit(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var sizes = signals.Select(signal => graph.Whole(signal).Size).ToList();
        return sizes.Distinct().Count() > 1 ? sizes : null;
    }
}
