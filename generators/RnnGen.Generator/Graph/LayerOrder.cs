using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>
/// The layers of a network in the order in which they are computed, with what each of them reads: that of the attributes, but for dropout whose only reader is
/// the last step. It hides as well after it, where only one step is left to hide, and where it does not part the step from the directions that it ends.
/// </summary>
internal sealed class LayerOrder
{
    private readonly NetworkSpec _spec;
    private readonly LayerCatalogue _catalogue;
    private readonly List<int> _order;
    private readonly List<IReadOnlyList<int>> _sources;
    private readonly List<int> _outputs;

    private LayerOrder(NetworkSpec spec, LayerCatalogue catalogue)
    {
        (_spec, _catalogue) = (spec, catalogue);
        _order = Enumerable.Range(0, spec.Layers.Count).ToList();
        _sources = _order.Select(index => LayerSources.Of(spec.Layers, index)).ToList();
        _outputs = _order.Where(spec.IsOutput).ToList();
    }

    /// <summary>The layers that give the network's outputs.</summary>
    public IReadOnlyList<int> Outputs => _outputs;

    /// <summary>Whether another layer reads a layer.</summary>
    public bool IsRead(int layer) => _sources.Any(sources => sources.Contains(layer));

    /// <summary>The layers by their places among the attributes, and what each reads.</summary>
    public IEnumerable<(int Layer, IReadOnlyList<int> Sources)> Layers => _order.Select(layer => (layer, _sources[layer]));

    public static LayerOrder Of(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var order = new LayerOrder(spec, catalogue);
        for (int layer = 0; layer < spec.Layers.Count; layer++)
            while (order.IsRole(layer, LayerRole.LastStep) && order.DropoutBefore(layer) is { } dropout)
                order.Swap(dropout, layer);
        return order;
    }

    /// <summary>The dropout that is all that a layer reads, and read by it alone; null where there is none.</summary>
    private int? DropoutBefore(int layer) =>
        _sources[layer].Count == 1 && _sources[layer][0] is >= 0 and var source && IsRole(source, LayerRole.Dropout)
            && _sources.Sum(sources => sources.Count(candidate => candidate == source)) == 1 && !_outputs.Contains(source)
            ? source
            : null;

    private bool IsRole(int layer, LayerRole role) => _catalogue.Find(_spec.Layers[layer])?.Role == role;

    private void Swap(int dropout, int last)
    {
        _sources[last] = _sources[dropout];
        for (int reader = 0; reader < _sources.Count; reader++)
            _sources[reader] = _sources[reader].Select(source => source == last ? dropout : source).ToList();
        _sources[dropout] = [last];
        _order.Remove(dropout);
        _order.Insert(_order.IndexOf(last) + 1, dropout);
        if (_outputs.IndexOf(last) is >= 0 and var output)
            _outputs[output] = dropout;
    }
}
