namespace RnnGen.Runtime;

/// <summary>Parameters or gradients in canonical order, found by position or by name.</summary>
/// <typeparam name="T">Which of the two.</typeparam>
internal sealed class NamedItems<T>
{
    private readonly string _network;
    private readonly T[] _items;
    private readonly Dictionary<string, T> _byName;

    /// <summary>Makes one item for each of a network's parameters.</summary>
    public NamedItems(NetworkLayout layout, PackedBuffer buffer, Func<PackedTensor, T> create)
    {
        _network = layout.Network;
        _items = [.. layout.Parameters.Select(parameter => create(new PackedTensor(parameter, buffer)))];
        _byName = new Dictionary<string, T>(StringComparer.Ordinal);
        for (int i = 0; i < _items.Length; i++)
        {
            _byName.Add(layout.Parameters[i].Name, _items[i]);
        }
    }

    public int Count => _items.Length;

    public T this[int index] => (uint)index < (uint)_items.Length
        ? _items[index]
        : throw new ArgumentOutOfRangeException(nameof(index), $"index: expected 0 to {_items.Length - 1}, got {index}");

    public T this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return _byName.TryGetValue(name, out T? item)
                ? item
                : throw new KeyNotFoundException($"name: {_network} has no parameter \"{name}\"; it has {string.Join(", ", _byName.Keys)}");
        }
    }

    public bool Contains(string name) => _byName.ContainsKey(name);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();
}
