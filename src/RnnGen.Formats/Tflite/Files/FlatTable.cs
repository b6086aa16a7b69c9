using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats.Tflite;

/// <summary>A table of a FlatBuffers file: fields by their numbers, each of which may be left out.</summary>
internal readonly struct FlatTable
{
    private readonly FlatFile _file;
    private readonly long _at, _fields;
    private readonly int _size;

    public FlatTable(FlatFile file, long at)
    {
        (_file, _at) = (file, at);
        long fields = at - file.Int32(at);
        int length = file.UInt16(fields);
        _size = file.UInt16(fields + sizeof(ushort));
        if (length < 2 * sizeof(ushort) || length % sizeof(ushort) != 0 || _size < sizeof(int))
            throw new FormatException($"at byte {fields}: expected a list of fields, got one of {length} bytes for a table of {_size}");
        _ = file.Span(fields, length);
        _ = file.Span(at, _size);
        _fields = fields + (2 * sizeof(ushort));
        Count = (length / sizeof(ushort)) - 2;
        file.Spend(length + _size);
    }

    /// <summary>Fields that the file's version of the table has.</summary>
    public int Count { get; }

    public bool Has(int field) => Place(field, 1) >= 0;

    public byte Byte(int field, byte unlessSet = 0) => Place(field, 1) is >= 0 and var at ? _file.Span(at, 1)[0] : unlessSet;

    public int Int32(int field, int unlessSet = 0) => Place(field, sizeof(int)) is >= 0 and var at ? _file.Int32(at) : unlessSet;

    public float Float(int field) => Place(field, sizeof(float)) is >= 0 and var at ? BinaryPrimitives.ReadSingleLittleEndian(_file.Span(at, sizeof(float))) : 0;

    public ulong UInt64(int field) => Place(field, sizeof(ulong)) is >= 0 and var at ? BinaryPrimitives.ReadUInt64LittleEndian(_file.Span(at, sizeof(ulong))) : 0;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field) is { } bytes ? Spent(bytes) : []);

    public int[] Int32s(int field) => Elements(field, sizeof(int), BinaryPrimitives.ReadInt32LittleEndian);

    public long[] Int64s(int field) => Elements(field, sizeof(long), BinaryPrimitives.ReadInt64LittleEndian);

    public float[] Floats(int field) => Elements(field, sizeof(float), BinaryPrimitives.ReadSingleLittleEndian);

    /// <summary>Where the bytes of a vector are, and how many; null where there is none.</summary>
    public (long At, int Count)? Bytes(int field) => Target(field) is { } at ? _file.Vector(at, 1) : null;

    public FlatTable? Table(int field) => Target(field) is { } at ? new FlatTable(_file, at) : null;

    public FlatTable[] Tables(int field)
    {
        if (Target(field) is not { } target)
            return [];
        (long at, int count) = _file.Vector(target, sizeof(uint));
        _file.Spend((long)count * sizeof(uint));
        var tables = new FlatTable[count];
        for (int index = 0; index < count; index++)
            tables[index] = new FlatTable(_file, _file.Reference(at + ((long)index * sizeof(uint))));
        return tables;
    }

    private delegate T Read<T>(ReadOnlySpan<byte> bytes);

    private T[] Elements<T>(int field, int size, Read<T> read)
    {
        if (Target(field) is not { } target)
            return [];
        (long at, int count) = _file.Vector(target, size);
        _file.Spend((long)count * size);
        var elements = new T[count];
        for (int index = 0; index < count; index++)
            elements[index] = read(_file.Span(at + ((long)index * size), size));
        return elements;
    }

    private ReadOnlySpan<byte> Spent((long At, int Count) bytes)
    {
        _file.Spend(bytes.Count);
        return _file.Span(bytes.At, bytes.Count);
    }

    private long? Target(int field) => Place(field, sizeof(uint)) is >= 0 and var at ? _file.Reference(at) : null;

    /// <summary>Where a field is; −1 where it is left out.</summary>
    private long Place(int field, int size)
    {
        int offset = field < Count ? _file.UInt16(_fields + (field * sizeof(ushort))) : 0;
        if (offset == 0)
            return -1;
        if (offset < sizeof(int) || offset > _size - size)
            throw new FormatException($"at byte {_at}: expected field {field} within a table of {_size} bytes, got it at {offset}");
        return _at + offset;
    }
}
