using System.Buffers.Binary;

namespace RnnGen.Formats.Keras;

/// <summary>The bytes of an HDF5 file. Nothing outside of them is read, and what is read is counted: a file whose parts point at each other comes to an end.</summary>
/// <param name="bytes">All of them.</param>
internal sealed class Hdf5Bytes(byte[] bytes)
{
    // Addresses of what is not there.
    private const ulong Undefined = ulong.MaxValue;

    // A sound file's structure is visited a few times, each block of at least 8 bytes.
    private long _left = (4L * bytes.Length) + 65536;

    /// <summary>The bytes' number.</summary>
    public int Length => bytes.Length;

    /// <summary>A part.</summary>
    public ReadOnlySpan<byte> Slice(long at, long count)
    {
        if (at < 0 || count < 0 || at > bytes.Length - count)
            throw new FormatException($"expected {count} bytes at {at}, got a file of {bytes.Length}");
        Spend(8);
        return bytes.AsSpan((int)at, (int)count);
    }

    /// <summary>Counts bytes that are taken: many names of one part are more than the file has.</summary>
    public void Spend(long count)
    {
        _left -= count;
        if (_left < 0)
            throw new FormatException("expected each part of the file to be used once, got parts that point at each other");
    }

    /// <summary>A byte.</summary>
    public byte U8(long at) => Slice(at, 1)[0];

    /// <summary>Two bytes.</summary>
    public ushort U16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

    /// <summary>Four bytes.</summary>
    public uint U32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    /// <summary>A number of 1, 2, 4 or 8 bytes, which must be one of the file's places or lengths.</summary>
    public long Size(long at, int width)
    {
        ulong value = 0;
        foreach (byte one in Slice(at, width))
            value = (value >> 8) | ((ulong)one << 56);
        value >>= 64 - (8 * width);
        return value <= (ulong)bytes.Length ? (long)value : throw new FormatException($"expected a place or length in {bytes.Length} bytes at {at}, got {value}");
    }

    /// <summary>An address or a length of 8 bytes.</summary>
    public long Size(long at) => Size(at, 8);

    /// <summary>Whether an address says that there is nothing.</summary>
    public bool IsUndefined(long at) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(at, 8)) == Undefined;

    /// <summary>Refuses other bytes than a block begins with.</summary>
    public void Expect(long at, ReadOnlySpan<byte> signature)
    {
        if (!Slice(at, signature.Length).SequenceEqual(signature))
            throw new FormatException($"expected {System.Text.Encoding.ASCII.GetString(signature)} at {at}, got other bytes");
    }

    /// <summary>A text that ends with a zero or with its space.</summary>
    public string Text(long at, long most)
    {
        ReadOnlySpan<byte> space = Slice(at, most);
        int end = space.IndexOf((byte)0);
        Spend(end < 0 ? space.Length : end);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? space : space[..end]);
    }
}
