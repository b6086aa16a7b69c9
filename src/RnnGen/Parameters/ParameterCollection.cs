using System.Collections;
using RnnGen.Runtime;
using System.Diagnostics;

namespace RnnGen;

/// <summary>A network's parameters by name and in canonical order: layer by layer, in the order of PyTorch.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ParameterCollection : IReadOnlyList<Parameter>
{
    private readonly NamedItems<Parameter> _items;

    internal ParameterCollection(NetworkLayout layout, PackedBuffer buffer)
    {
        Layout = layout;
        _items = new NamedItems<Parameter>(layout, buffer, tensor => new Parameter(tensor));
    }

    /// <summary>The network whose parameters they are.</summary>
    internal NetworkLayout Layout { get; }

    /// <summary>The number of parameters.</summary>
    public int Count => _items.Count;

    /// <summary>The parameter at an index of the canonical order.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public Parameter this[int index] => _items[index];

    /// <summary>The parameter of a name.</summary>
    /// <param name="name">The parameter's name: <c>lstm0.weight_ih</c>.</param>
    /// <exception cref="KeyNotFoundException">The network has no such parameter; the message lists those that it has.</exception>
    public Parameter this[string name] => _items[name];

    /// <summary>Whether the network has a parameter of this name.</summary>
    /// <param name="name">The name to look for.</param>
    public bool Contains(string name) => _items.Contains(name);

    /// <summary>Enumerates them in canonical order.</summary>
    public IEnumerator<Parameter> GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{Count} parameters";
}
