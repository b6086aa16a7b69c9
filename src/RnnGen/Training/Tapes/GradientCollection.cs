using System.Collections;
using RnnGen.Runtime;
using System.Diagnostics;

namespace RnnGen.Training;

/// <summary>The gradients of a network's parameters on one tape, by name and in canonical order.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class GradientCollection : IReadOnlyList<Gradient>
{
    private readonly NamedItems<Gradient> _items;

    internal GradientCollection(NetworkLayout layout, PackedBuffer buffer) =>
        _items = new NamedItems<Gradient>(layout, buffer, tensor => new Gradient(tensor));

    /// <summary>The number of gradients, one per parameter.</summary>
    public int Count => _items.Count;

    /// <summary>The parameter at an index of the canonical order.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public Gradient this[int index] => _items[index];

    /// <summary>The parameter of a name.</summary>
    /// <param name="name">The parameter's name: <c>lstm0.weight_ih</c>.</param>
    /// <exception cref="KeyNotFoundException">The network has no such parameter; the message lists those that it has.</exception>
    public Gradient this[string name] => _items[name];

    /// <summary>Whether the network has a parameter of this name.</summary>
    /// <param name="name">The name to look for.</param>
    public bool Contains(string name) => _items.Contains(name);

    /// <summary>Enumerates them in canonical order.</summary>
    public IEnumerator<Gradient> GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{Count} gradients";
}
