using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>A layer in its place.</summary>
/// <param name="Id">The prefix of what it generates: <c>Lstm0</c>.</param>
/// <param name="Layer">What its attribute says.</param>
/// <param name="Equations">What its equations are made from: an output's have no activation where that is the network's.</param>
internal sealed record LayerSite(string Id, LayerSpec Layer, LayerSpec Equations)
{
    /// <summary>The prefix of what a layer at a place among all layers generates.</summary>
    public static string IdOf(LayerSpec layer, int index) => layer.Kind + Ir.Names.Number(index);
}
