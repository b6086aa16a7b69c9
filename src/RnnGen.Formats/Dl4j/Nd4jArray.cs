using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats.Dl4j;

/// <summary>
/// Reads an ND4J vector: two buffers, each a text (how it was allocated), its length (of 4 bytes in old files, 8 in others), a text (its type) and its elements,
/// the greatest byte first. The first is the shape (rank, sizes, strides, three more numbers), the second the values.
/// </summary>
internal ref struct Nd4jArray
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private Nd4jArray(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The values of a vector.</summary>
    /// <exception cref="FormatException">It is damaged, no vector, or of another type than float and double.</exception>
    public static float[] ReadVector(ReadOnlySpan<byte> bytes)
    {
        var array = new Nd4jArray(bytes);
        (string type, long count) = array.Header();
        int size = type switch { "LONG" => 8, "INT" => 4, _ => throw array.Error("a shape of LONG or INT", type) };
        if (count is < 4 or > 2 * 32 + 4)
            throw array.Error("a shape of 4 to 68 numbers", $"{count}");
        long[] shape = new long[count];
        for (int at = 0; at < shape.Length; at++)
            shape[at] = size == 8 ? BinaryPrimitives.ReadInt64BigEndian(array.Take(8)) : BinaryPrimitives.ReadInt32BigEndian(array.Take(4));
        (type, count) = array.Header();
        size = type switch { "FLOAT" => 4, "DOUBLE" => 8, _ => throw array.Error("values of FLOAT or DOUBLE", type) };
        if (count < 0 || count != (bytes.Length - array._at) / size || (bytes.Length - array._at) % size != 0)
            throw array.Error($"{(bytes.Length - array._at) / size} values, as many as there are", $"{count}");
        if ((2 * shape[0]) + 4 != shape.Length || shape.Skip(1).Take((int)shape[0]).Count(dimension => dimension != 1) > 1 || (count != 1 && !shape.Skip(1).Take((int)shape[0]).Contains(count)))
            throw array.Error($"a vector of {count} values", $"one of {Text.Shorten(string.Join(" × ", shape.Skip(1).Take((int)Math.Clamp(shape[0], 0, 32))))}");
        float[] values = new float[count];
        for (int at = 0; at < values.Length; at++)
            values[at] = size == 4 ? BinaryPrimitives.ReadSingleBigEndian(array.Take(4)) : (float)BinaryPrimitives.ReadDoubleBigEndian(array.Take(8));
        return values;
    }

    private (string Type, long Count) Header()
    {
        string allocation = ReadText();
        long count = allocation switch
        {
            "HEAP" or "JAVACPP" or "DIRECT" => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            "LONG_SHAPE" or "MIXED_DATA_TYPES" => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw Error("a kind of allocation of ND4J", allocation),
        };
        return (ReadText(), count);
    }

    private string ReadText() => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _at)
            throw new FormatException($"coefficients.bin, byte {_at}: expected {count} more bytes, got {_bytes.Length - _at}");
        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    private readonly FormatException Error(string expected, string got) => new($"coefficients.bin, byte {_at}: expected {expected}, got {Text.Quote(got)}");
}
