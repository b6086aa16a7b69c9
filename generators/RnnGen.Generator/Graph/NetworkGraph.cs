using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>
/// From the layers that a user wrote to the parts that are computed, in order, each with what it reads: a bidirectional layer becomes a part for each direction and one that merges
/// them, pooling a running value and its last step, a convolution a window on the past and a product.
/// </summary>
internal static class NetworkGraph
{
    /// <summary>No output activation.</summary>
    public const string Identity = "Identity";

    public static IReadOnlyList<Part> Of(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var graph = new GraphBuilder(spec);
        var order = LayerOrder.Of(spec, catalogue);
        var signals = Inputs(spec);
        var outputs = new Dictionary<int, Signal>();
        foreach (var (layer, sources) in order.Layers)
        {
            var site = Site(spec, catalogue, layer);
            var signal = Kind(spec, catalogue, layer).Parts.Add(graph, site, sources.Select(source => signals[source]).ToList());
            if (order.Outputs.Contains(layer))
                outputs.Add(layer, signal);
            signals.Add(layer, Head(spec, catalogue, layer) != Identity && order.IsRead(layer) ? graph.AddActivation(site, graph.Whole(signal)) : signal);
        }

        var vectors = order.Outputs.Select(layer => graph.Whole(outputs[layer])).ToList();
        if (vectors.Count > 1)
            graph.AddOutputs(vectors);
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

    /// <summary>Whether a part that comes after another one reads a value too: in the backward pass it is the first to leave a gradient of it.</summary>
    public static bool IsReadAfter(IEnumerable<Part> parts, string part, string value) =>
        parts.SkipWhile(candidate => candidate.Id != part).Skip(1).Any(later => later.Inputs.Any(input => input.Source == value));

    /// <summary>The network's outputs: the layers that give them, and what turns those layers' values into outputs.</summary>
    public static IReadOnlyList<(string Name, string Activation)> Outputs(NetworkSpec spec, LayerCatalogue catalogue) =>
        Enumerable.Range(0, spec.Layers.Count).Where(spec.IsOutput).Select(layer => (spec.Layers[layer].Name, Head(spec, catalogue, layer))).ToList();

    /// <summary>
    /// What turns an output layer's values into outputs, as a member of the runtime's <c>OutputActivation</c>: its softmax or sigmoid is not among its equations but
    /// stands after them, so that a loss can be fused with it and see the logits.
    /// </summary>
    private static string Head(NetworkSpec spec, LayerCatalogue catalogue, int layer)
    {
        string activation = spec.Layers[layer].Text(ActivationKind.Option, ActivationKind.Linear);
        bool stands = activation == ActivationKind.Softmax || (activation == "Sigmoid" && Kind(spec, catalogue, layer).Role is LayerRole.PerStep or LayerRole.Elementwise);
        return spec.IsOutput(layer) && stands ? activation : Identity;
    }

    private static Dictionary<int, Signal> Inputs(NetworkSpec spec) =>
        new() { [LayerSources.NetworkInput] = new Vector(Part.NetworkInput, spec.InputSize, OncePerSequence: false) { IsClass = spec.OneHot } };

    private static LayerKind Kind(NetworkSpec spec, LayerCatalogue catalogue, int layer) =>
        catalogue.Find(spec.Layers[layer]) ?? throw new ArgumentException($"no layer kind '{spec.Layers[layer].Kind}'");

    private static LayerSite Site(NetworkSpec spec, LayerCatalogue catalogue, int layer) =>
        new(LayerSite.IdOf(spec.Layers[layer], layer), spec.Layers[layer], Equations(spec, catalogue, layer));

    /// <summary>A layer without the activation that stands after it.</summary>
    private static LayerSpec Equations(NetworkSpec spec, LayerCatalogue catalogue, int layer) => Head(spec, catalogue, layer) == Identity
        ? spec.Layers[layer]
        : spec.Layers[layer] with { Options = new EquatableArray<LayerOption>(spec.Layers[layer].Options.Select(Linear)) };

    private static LayerOption Linear(LayerOption option) => option.Name == ActivationKind.Option ? option with { Value = ActivationKind.Linear } : option;
}
