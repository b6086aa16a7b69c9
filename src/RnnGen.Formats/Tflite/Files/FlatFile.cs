using System.Buffers.Binary;

namespace RnnGen.Formats.Tflite;

/// <summary>A FlatBuffers file: numbers at places, each of which is checked against the file. What is read in all is bounded by its size, however often tables share a vector.</summary>
internal sealed class FlatFile(byte[] bytes)
{
    // Writers share vectors of shapes and options here and there, no more.
    private const long ReadsPerByte = 16;

    private long _left = ReadsPerByte * bytes.Length;

    /// <summary>The table that the file begins with.</summary>
    public FlatTable Root() => new(this, Reference(0));

    /// <summary>Some bytes.</summary>
    /// <exception cref="FormatException">They are not all in the file.</exception>
    public ReadOnlySpan<byte> Span(long at, long length)
    {
        if (at < 0 || length < 0 || at > bytes.Length - length)
            throw new FormatException($"at byte {at}: expected {length} more bytes, got a file of {bytes.Length}");
        return bytes.AsSpan((int)at, (int)length);
    }

    public int Int32(long at) => BinaryPrimitives.ReadInt32LittleEndian(Span(at, sizeof(int)));

    public int UInt16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Span(at, sizeof(ushort)));

    /// <summary>The place that an offset points to, counted from itself.</summary>
    public long Reference(long at) => at + BinaryPrimitives.ReadUInt32LittleEndian(Span(at, sizeof(uint)));

    /// <summary>Where a vector's elements are, and how many.</summary>
    public (long At, int Count) Vector(long at, int elementSize)
    {
        long count = BinaryPrimitives.ReadUInt32LittleEndian(Span(at, sizeof(uint)));
        _ = Span(at + sizeof(uint), count * elementSize);
        return (at + sizeof(uint), (int)count);
    }

    /// <summary>Counts bytes that become objects.</summary>
    public void Spend(long count)
    {
        _left -= count;
        if (_left < 0)
            throw new FormatException($"expected at most {ReadsPerByte} uses of each byte, got more: tables share their vectors");
    }
}
