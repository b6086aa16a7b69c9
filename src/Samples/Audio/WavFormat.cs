using System.Buffers.Binary;

namespace RnnGen.Samples.Audio;

/// <summary>What a WAVE file's <c>fmt</c> chunk says about its samples.</summary>
/// <param name="Tag">1: linear PCM, 3: floats, 7: µ-law.</param>
/// <param name="Channels">Samples per frame.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="BlockBytes">Bytes per frame.</param>
/// <param name="Bits">Bits a sample.</param>
internal readonly record struct WavFormat(int Tag, int Channels, long Rate, int BlockBytes, int Bits)
{
    /// <summary>The sample rate, in Hz, of the speech that the sample programs recognise.</summary>
    public const int ExpectedRate = 8000;

    /// <summary>Linear PCM.</summary>
    public const int Pcm = 1;

    /// <summary>Floating point.</summary>
    public const int Floats = 3;

    /// <summary>µ-law.</summary>
    public const int MuLawTag = 7;

    private const int Extensible = 0xFFFE;

    /// <summary>
    /// Ends every sub-format of <c>WAVE_FORMAT_EXTENSIBLE</c> that stands for a plain format tag: 0000xxxx-0000-0010-8000-00AA00389B71 after its first two
    /// bytes, which are the tag.
    /// </summary>
    private static ReadOnlySpan<byte> SubFormatTail => [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>Whether a sample is one µ-law byte; otherwise it is little-endian.</summary>
    public bool IsMuLaw => Tag == MuLawTag;

    /// <summary>Reads a <c>fmt</c> chunk and checks that it is mono, 8000 Hz, and µ-law or 16-bit PCM.</summary>
    /// <exception cref="FormatException">It is not; the message names the file, what was expected and what was found.</exception>
    public static WavFormat Read(ReadOnlySpan<byte> chunk, string name) => Read(chunk, name, WavKinds.Speech);

    /// <summary>Reads a <c>fmt</c> chunk and checks that it is mono and of a kind that the caller accepts.</summary>
    /// <exception cref="FormatException">It is not; the message names the file, what was expected and what was found.</exception>
    public static WavFormat Read(ReadOnlySpan<byte> chunk, string name, WavKinds kinds)
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
            format = format with { Tag = SubFormat(chunk, name, kinds) };

        int[] bits = kinds.BitsOf(format.Tag);
        Require(bits.Length > 0, $"expected {kinds.Words}, got format {format.Tag}");
        Require(kinds.Rate is not int rate || format.Rate == rate, $"expected {kinds.Rate} Hz, got {format.Rate} Hz");
        Require(format.Rate is > 0 and <= int.MaxValue, $"expected a rate from 1 to {int.MaxValue} Hz, got {format.Rate} Hz");
        Require(format.Channels == 1, $"expected 1 channel, got {format.Channels}");
        Require(bits.Contains(format.Bits), $"expected {string.Join(" or ", bits)} bits per sample, got {format.Bits}");
        Require(format.BlockBytes == format.Bits / 8, $"expected {format.Bits / 8} bytes per block, got {format.BlockBytes}");
        return format;

        void Require(bool isFine, string message)
        {
            if (!isFine)
                throw new FormatException($"{name}: {message}");
        }
    }

    /// <summary>A sample, in [−1, 1); samples in a file of floats may exceed that.</summary>
    /// <param name="bytes">[<see cref="BlockBytes"/>].</param>
    public float Sample(ReadOnlySpan<byte> bytes) => (Tag, Bits) switch
    {
        (MuLawTag, _) => MuLaw.Decode(bytes[0]) / 32768f,
        (Floats, _) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (_, 16) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f,
        (_, 24) => ((sbyte)bytes[2] << 16 | bytes[1] << 8 | bytes[0]) / 8388608f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648f,
    };

    private static int SubFormat(ReadOnlySpan<byte> chunk, string name, WavKinds kinds)
    {
        if (chunk.Length < 40)
            throw new FormatException($"{name}: expected an extensible fmt chunk of at least 40 bytes, got {chunk.Length}");

        if (!chunk[26..40].SequenceEqual(SubFormatTail))
            throw new FormatException($"{name}: expected {kinds.Words}, got sub-format {new Guid(chunk[24..40])}");

        return BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
    }
}
