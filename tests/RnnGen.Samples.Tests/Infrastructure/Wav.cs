using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Samples.Tests;

/// <summary>Writes RIFF/WAVE files byte by byte, right and wrong ones.</summary>
internal static class Wav
{
    public const int Pcm = 1;
    public const int MuLawTag = 7;
    public const int Extensible = 0xFFFE;

    /// <summary>A chunk; its length is that of its content unless it is to lie.</summary>
    public static byte[] Chunk(string id, byte[] content, uint? length = null)
    {
        var chunk = new List<byte>(Encoding.Latin1.GetBytes(id));
        chunk.AddRange(UInt32(length ?? (uint)content.Length));
        chunk.AddRange(content);
        if (content.Length % 2 != 0)
            chunk.Add(0);
        return [.. chunk];
    }

    /// <summary>A <c>fmt</c> chunk's content.</summary>
    public static byte[] Format(int tag = MuLawTag, int channels = 1, int rate = 8000, int bits = 8, int? blockBytes = null)
    {
        int block = blockBytes ?? channels * bits / 8;
        return [.. UInt16(tag), .. UInt16(channels), .. UInt32((uint)rate), .. UInt32((uint)(rate * block)), .. UInt16(block), .. UInt16(bits)];
    }

    /// <summary>The content of a <c>fmt</c> chunk that says what it is by a GUID.</summary>
    public static byte[] ExtensibleFormat(Guid subFormat, int bits) =>
        [.. Format(Extensible, bits: bits), .. UInt16(22), .. UInt16(bits), .. UInt32(0), .. subFormat.ToByteArray()];

    /// <summary>The GUID that stands for a plain format tag.</summary>
    public static Guid SubFormat(int tag) => new(tag, 0, 0x10, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71);

    /// <summary>A file of these chunks.</summary>
    public static byte[] File(params byte[][] chunks)
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(chunk => chunk)];
        return Chunk("RIFF", body);
    }

    /// <summary>A good µ-law file.</summary>
    public static byte[] MuLaw(byte[] codes) => File(Chunk("fmt ", Format()), Chunk("data", codes));

    public static byte[] UInt16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
