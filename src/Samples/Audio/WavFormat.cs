using System.Buffers.Binary;

namespace RnnGen.Samples.Audio;

/// <summary>What a WAVE file's <c>fmt</c> chunk says about its samples.</summary>
/// <param name="Tag">1: linear PCM, 7: µ-law.</param>
/// <param name="Channels">Samples a frame.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="BlockBytes">Bytes a frame.</param>
/// <param name="Bits">Bits a sample.</param>
internal readonly record struct WavFormat(int Tag, int Channels, long Rate, int BlockBytes, int Bits)
{
    /// <summary>The rate, in Hz, of everything that this program hears.</summary>
    public const int ExpectedRate = 8000;

    private const int Pcm = 1;
    private const int MuLawTag = 7;
    private const int Extensible = 0xFFFE;

    /// <summary>
    /// Ends every sub-format of <c>WAVE_FORMAT_EXTENSIBLE</c> that stands for a plain format tag: 0000xxxx-0000-0010-8000-00AA00389B71 after its first two
    /// bytes, which are the tag.
    /// </summary>
    private static ReadOnlySpan<byte> SubFormatTail => [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>Whether a sample is one µ-law byte; otherwise it is a little-endian 16-bit integer.</summary>
    public bool IsMuLaw => Tag == MuLawTag;

    /// <summary>Reads a <c>fmt</c> chunk and sees that it is mono, 8000 Hz, and µ-law or 16-bit PCM.</summary>
    /// <exception cref="FormatException">It is not; the message names the file, what was expected and what came.</exception>
    public static WavFormat Read(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length < 16)
            throw new FormatException($"{name}: expected a fmt chunk of at least 16 bytes, got {chunk.Length}");

        var format = new WavFormat(
            Tag: BinaryPrimitives.ReadUInt16LittleEndian(chunk),
            Channels: BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]),
            Rate: BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]),
            BlockBytes: BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]),
            Bits: BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]));
        if (format.Tag == Extensible)
            format = format with { Tag = SubFormat(chunk, name) };

        int bits = format.Tag switch
        {
            MuLawTag => 8,
            Pcm => 16,
            _ => throw new FormatException($"{name}: expected µ-law (format 7) or 16-bit PCM (format 1), got format {format.Tag}"),
        };
        Require(format.Rate == ExpectedRate, $"expected {ExpectedRate} Hz, got {format.Rate} Hz");
        Require(format.Channels == 1, $"expected 1 channel, got {format.Channels}");
        Require(format.Bits == bits, $"expected {bits} bits a sample, got {format.Bits}");
        Require(format.BlockBytes == bits / 8, $"expected {bits / 8} bytes a block, got {format.BlockBytes}");
        return format;

        void Require(bool isFine, string message)
        {
            if (!isFine)
                throw new FormatException($"{name}: {message}");
        }
    }

    private static int SubFormat(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length < 40)
            throw new FormatException($"{name}: expected an extensible fmt chunk of at least 40 bytes, got {chunk.Length}");

        if (!chunk[26..40].SequenceEqual(SubFormatTail))
            throw new FormatException($"{name}: expected µ-law (format 7) or 16-bit PCM (format 1), got sub-format {new Guid(chunk[24..40])}");

        return BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
    }
}
