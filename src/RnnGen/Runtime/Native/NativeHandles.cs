namespace RnnGen.Runtime;

/// <summary>
/// The networks that C holds, by handles: numbers that C takes for pointers and never follows. A handle is the place of its network in a table, and how often
/// that place has been given away, so that one that has been destroyed is not taken for its successor.
/// </summary>
/// <remarks>
/// Looking up neither locks nor allocates: a place is one reference, written at once. Whoever has found a network keeps it alive, whatever becomes of its
/// handle.
/// </remarks>
internal static class NativeHandles
{
    // The upper half counts how often a place was given away; its first bit is set, which no address of a 64-bit program has. The lower half is the place,
    // above bits that are 0 in the address of anything.
    private const int PlaceShift = 3;
    private const int FirstLength = 16;

    private static readonly Lock Gate = new();
    private static readonly Stack<int> Free = new();
    private static NativeHandle?[] _places = [];
    private static uint[] _counts = [];

    private static int HalfBits => nint.Size * 4;

    private static uint CountBit => 1u << (HalfBits - 1);

    private static int MaxPlaces => 1 << (HalfBits - PlaceShift - 1);

    /// <summary>The network of a handle; null where there is none.</summary>
    public static NativeHandle? Find(nint handle)
    {
        NativeHandle?[] places = Volatile.Read(ref _places);
        uint place = PlaceOf(handle);
        NativeHandle? found = place < (uint)places.Length ? Volatile.Read(ref places[place]) : null;
        return found is not null && found.Value == handle ? found : null;
    }

    /// <summary>Gives a network a handle.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    public static nint Add(NativeHandle network)
    {
        lock (Gate)
        {
            if (Free.Count == 0)
                Grow();
            int place = Free.Pop();
            _counts[place]++;
            network.Value = (nint)(((nuint)(_counts[place] | CountBit) << HalfBits) | ((nuint)place << PlaceShift));
            Volatile.Write(ref _places[place], network);
            return network.Value;
        }
    }

    /// <summary>Takes a network's handle away. Of several who try at once, one does.</summary>
    /// <returns>Whether it still had it.</returns>
    public static bool Remove(NativeHandle network)
    {
        lock (Gate)
        {
            uint place = PlaceOf(network.Value);
            if (_places[place] != network)
                return false;
            Free.Push((int)place);
            Volatile.Write(ref _places[place], null);
            return true;
        }
    }

    private static uint PlaceOf(nint handle) => (uint)(((nuint)handle & (((nuint)1 << HalfBits) - 1)) >> PlaceShift);

    private static void Grow()
    {
        int length = _places.Length, longer = Math.Max(FirstLength, 2 * length);
        if (longer > MaxPlaces)
            throw new OutOfMemoryException($"network: expected at most {length} networks at once, got one more");
        Free.EnsureCapacity(longer);
        Array.Resize(ref _counts, longer);
        var places = new NativeHandle?[longer];
        _places.CopyTo(places, 0);
        for (int place = longer - 1; place >= length; place--)
            Free.Push(place);
        Volatile.Write(ref _places, places);
    }
}

/// <summary>What a handle stands for.</summary>
internal abstract class NativeHandle
{
    /// <summary>The handle; <see cref="NativeHandles"/> sets it.</summary>
    public nint Value { get; set; }
}
