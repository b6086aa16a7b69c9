using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>
/// From the layers that a user wrote to the parts that are computed, in order: a bidirectional layer becomes a part for each direction and one that merges
/// them, pooling a running value and its last step, a convolution a window on the past and a product.
/// </summary>
internal static class NetworkGraph
{
    private const string Identity = "Identity";

    public static IReadOnlyList<Part> Of(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var graph = new GraphBuilder(spec);
        Signal signal = new Vector(Part.NetworkInput, spec.InputSize, OncePerSequence: false) { IsClass = spec.OneHot };
        foreach (int index in Order(spec, catalogue))
        {
            var layer = spec.Layers[index];
            var kind = catalogue.Find(layer) ?? throw new ArgumentException($"no layer kind '{layer.Kind}'");
            var site = new LayerSite(kind.Name + Names.Number(index), layer, Equations(spec, catalogue, index));
            signal = kind.Parts.Add(graph, site, signal);
        }

        graph.Whole(signal);
        return graph.Parts;
    }

    /// <summary>Whether a part that comes after another one reads a value too: on the way back it is the first to leave a gradient of it.</summary>
    public static bool IsReadAfter(IEnumerable<Part> parts, string part, string value) =>
        parts.SkipWhile(candidate => candidate.Id != part).Skip(1).Any(later => later.Inputs.Any(input => input.Source == value));

    /// <summary>What turns the last layer's values into outputs, as a member of the runtime's <c>OutputActivation</c>.</summary>
    public static string OutputActivation(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var last = spec.Layers[spec.Layers.Count - 1];
        string activation = last.Text(ActivationKind.Option, ActivationKind.Linear);
        return catalogue.Find(last)!.Role == LayerRole.PerStep && activation is ActivationKind.Softmax or "Sigmoid" ? activation : Identity;
    }

    /// <summary>
    /// The layers in the order in which they are computed: dropout before the last step hides as well behind it, where only one step is left to hide, and where
    /// it does not part the step from the directions that it ends.
    /// </summary>
    private static List<int> Order(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var order = Enumerable.Range(0, spec.Layers.Count).ToList();
        for (int place = 0; place + 1 < order.Count; place++)
            for (int later = place; later >= 0 && IsRole(order[later], LayerRole.Dropout) && IsRole(order[later + 1], LayerRole.LastStep); later--)
                (order[later], order[later + 1]) = (order[later + 1], order[later]);
        return order;

        bool IsRole(int layer, LayerRole role) => catalogue.Find(spec.Layers[layer])?.Role == role;
    }

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
