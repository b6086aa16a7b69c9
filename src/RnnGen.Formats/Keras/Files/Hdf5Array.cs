using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RnnGen.Formats.Keras;

/// <summary>The values of an attribute or a dataset: a type, dimensions, and where the values lie.</summary>
internal sealed class Hdf5Array
{
    // Classes of types.
    private const int FixedPoint = 0, FloatingPoint = 1, FixedText = 3, VariableLength = 9;

    // An element that is a text of any length: its length, the heap, its number there.
    private const int Reference = 16;

    private readonly Hdf5Bytes _bytes;
    private readonly int _kind, _bits, _size;
    private readonly long _type, _at;

    /// <summary>The values of a type at a place.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="type">Where its datatype is described.</param>
    /// <param name="space">Where its dimensions are.</param>
    /// <param name="at">Where its values are.</param>
    public Hdf5Array(Hdf5Bytes bytes, long type, long space, long at)
    {
        (_bytes, _type, _at) = (bytes, type, at);
        (_kind, _bits, _size) = (bytes.U8(type) & 15, bytes.U8(type + 1), (int)bytes.Size(type + 4, 4));
        int version = bytes.U8(space), rank = bytes.U8(space + 1);
        if (version is not (1 or 2) || rank > 32)
            throw new FormatException($"expected dimensions of version 1 or 2, got version {version} and {rank} dimensions");
        IsNull = version == 2 && bytes.U8(space + 3) == 2;
        Shape = [.. Enumerable.Range(0, rank).Select(dimension => (int)bytes.Size(space + (version == 1 ? 8 : 4) + (8L * dimension)))];
        Count = IsNull ? 0 : (int)Shape.Aggregate(1L, (count, size) => Math.Min(count * size, int.MaxValue));
        if (_size < 1)
            throw new FormatException("expected values of at least 1 byte, got 0");
        bytes.Slice(Count == 0 ? 0 : at, checked((long)Count * _size));
    }

    /// <summary>Its dimensions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>How many values it has.</summary>
    public int Count { get; }

    private bool IsNull { get; }

    /// <summary>Its values as texts; an empty list has any type, for numpy makes numbers of it.</summary>
    public string[] Texts() => _kind switch
    {
        _ when Count == 0 => [],
        FixedText => [.. Enumerable.Range(0, Count).Select(index => _bytes.Text(_at + ((long)index * _size), _size))],
        VariableLength when (_bits & 15) == 1 && _size == Reference => [.. Enumerable.Range(0, Count).Select(index => OfHeap(_at + ((long)index * Reference)))],
        _ => throw new FormatException($"expected texts, got values of the class {_kind}"),
    };

    /// <summary>Its values as numbers.</summary>
    public float[] Numbers()
    {
        if (Count == 0)
            return [];
        _bytes.Spend((long)Count * _size);
        ReadOnlySpan<byte> values = _bytes.Slice(_at, (long)Count * _size);
        if ((_bits & 1) != 0 || !BitConverter.IsLittleEndian)
            throw new FormatException("expected little-endian numbers");
        (int, int) parts = _kind == FloatingPoint ? (_bytes.U8(_type + 13), _bytes.U8(_type + 15)) : (0, 0);
        return (_kind, _size, parts) switch
        {
            (FloatingPoint, 4, (8, 23)) => MemoryMarshal.Cast<byte, float>(values).ToArray(),
            (FloatingPoint, 8, (11, 52)) => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(values).ToArray(), value => (float)value),
            (FloatingPoint, 2, (5, 10)) => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(values).ToArray(), value => (float)value),
            (FixedPoint, 8, _) => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(values).ToArray(), value => (float)value), // counters
            (FixedPoint, 4, _) => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(values).ToArray(), value => (float)value),
            _ => throw new FormatException($"expected IEEE numbers of 2, 4 or 8 bytes, got the class {_kind} of {_size} bytes"),
        };
    }

    /// <summary>A text in the global heap: <c>GCOL</c>, its length, then objects with numbers.</summary>
    private string OfHeap(long reference)
    {
        long length = _bytes.Size(reference, 4);
        if (length == 0)
            return "";
        long heap = _bytes.Size(reference + 4);
        uint number = _bytes.U32(reference + 12);
        _bytes.Expect(heap, "GCOL"u8);
        for (long at = heap + 16, end = heap + _bytes.Size(heap + 8); at + 16 <= end;)
        {
            int index = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Slice(at, 2));
            long size = _bytes.Size(at + 8);
            if (index == number && index != 0)
                return length <= size ? _bytes.Text(at + 16, length) : throw new FormatException($"expected a text of {length} bytes at {at}, got {size}");
            if (index == 0)
                break;
            at += 16 + ((size + 7) / 8 * 8);
        }

        throw new FormatException($"expected the text {number} in the heap at {heap}, got none");
    }
}
