using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>
/// From the layers that a user wrote to the parts that are computed, in order, each with what it reads: a bidirectional layer becomes a part for each direction and one that merges
/// them, pooling a running value and its last step, a convolution a window on the past and a product.
/// </summary>
internal static class NetworkGraph
{
    private const string Identity = "Identity";

    public static IReadOnlyList<Part> Of(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var graph = new GraphBuilder(spec);
        var order = LayerOrder.Of(spec, catalogue);
        var signals = Inputs(spec);
        foreach (var (layer, sources) in order.Layers)
        {
            var (parts, site) = (Kind(spec, catalogue, layer).Parts, Site(spec, catalogue, layer));
            signals.Add(layer, parts.Add(graph, site, sources.Select(source => signals[source]).ToList()));
        }

        graph.Whole(signals[order.Output]);
        return graph.Parts;
    }

    /// <summary>The first layer that reads vectors of sizes that do not fit, and those; null where there is none.</summary>
    public static (int Layer, IReadOnlyList<int> Sizes)? Misfit(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var graph = new GraphBuilder(spec);
        var signals = Inputs(spec);
        foreach (var (layer, sources) in LayerOrder.Of(spec, catalogue).Layers)
        {
            var (parts, site) = (Kind(spec, catalogue, layer).Parts, Site(spec, catalogue, layer));
            var read = sources.Select(source => signals[source]).ToList();
            if (parts.Misfit(graph, site, read) is { } sizes)
                return (layer, sizes);
            signals.Add(layer, parts.Add(graph, site, read));
        }

        return null;
    }

    /// <summary>Whether a part that comes after another one reads a value too: on the way back it is the first to leave a gradient of it.</summary>
    public static bool IsReadAfter(IEnumerable<Part> parts, string part, string value) =>
        parts.SkipWhile(candidate => candidate.Id != part).Skip(1).Any(later => later.Inputs.Any(input => input.Source == value));

    /// <summary>What turns the last layer's values into outputs, as a member of the runtime's <c>OutputActivation</c>.</summary>
    public static string OutputActivation(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var last = spec.Layers[spec.Layers.Count - 1];
        string activation = last.Text(ActivationKind.Option, ActivationKind.Linear);
        bool stands = activation == ActivationKind.Softmax || (activation == "Sigmoid" && catalogue.Find(last.Kind)!.Role is LayerRole.PerStep or LayerRole.Elementwise);
        return stands ? activation : Identity;
    }

    private static Dictionary<int, Signal> Inputs(NetworkSpec spec) =>
        new() { [LayerSources.NetworkInput] = new Vector(Part.NetworkInput, spec.InputSize, OncePerSequence: false) };

    private static LayerKind Kind(NetworkSpec spec, LayerCatalogue catalogue, int layer) =>
        catalogue.Find(spec.Layers[layer].Kind) ?? throw new ArgumentException($"no layer kind '{spec.Layers[layer].Kind}'");

    private static LayerSite Site(NetworkSpec spec, LayerCatalogue catalogue, int layer) =>
        new(spec.Layers[layer].Kind + Names.Number(layer), spec.Layers[layer], Equations(spec, catalogue, layer));

    /// <summary>
    /// The last layer's softmax or sigmoid is not among its equations: it stands behind them, as the network's output activation, so that a loss can be fused
    /// with it and see the logits.
    /// </summary>
    private static LayerSpec Equations(NetworkSpec spec, LayerCatalogue catalogue, int index)
    {
        var layer = spec.Layers[index];
        return index == spec.Layers.Count - 1 && OutputActivation(spec, catalogue) != Identity
            ? layer with { Options = new EquatableArray<LayerOption>(layer.Options.Select(Linear)) }
            : layer;
    }

    private static LayerOption Linear(LayerOption option) => option.Name == ActivationKind.Option ? option with { Value = ActivationKind.Linear } : option;
}
