using System.Buffers.Binary;

namespace RnnGen.Samples.Audio;

/// <summary>Writes recordings: RIFF/WAVE files, 16-bit PCM, one channel.</summary>
internal static class WavWriter
{
    private const int HeaderBytes = 44;
    private const int FormatBytes = 16;

    /// <summary>Writes a file. Samples beyond full scale are clipped.</summary>
    public static void Write(string path, WavAudio audio) => File.WriteAllBytes(path, ToBytes(audio));

    /// <summary>The bytes of a file.</summary>
    public static byte[] ToBytes(WavAudio audio)
    {
        int dataBytes = sizeof(short) * audio.Samples.Length;
        var file = new byte[HeaderBytes + dataBytes];
        Span<byte> rest = file;
        "RIFF"u8.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(rest[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest[16..], FormatBytes);
        BinaryPrimitives.WriteInt16LittleEndian(rest[20..], WavFormat.Pcm);
        BinaryPrimitives.WriteInt16LittleEndian(rest[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(rest[24..], audio.Rate);
        BinaryPrimitives.WriteInt32LittleEndian(rest[28..], sizeof(short) * audio.Rate);
        BinaryPrimitives.WriteInt16LittleEndian(rest[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(rest[34..], 8 * sizeof(short));
        "data"u8.CopyTo(rest[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest[40..], dataBytes);
        rest = rest[HeaderBytes..];
        for (int i = 0; i < audio.Samples.Length; i++)
        {
            float scaled = MathF.Round(32768 * audio.Samples[i]);
            BinaryPrimitives.WriteInt16LittleEndian(rest[(sizeof(short) * i)..], (short)Math.Clamp(scaled, short.MinValue, short.MaxValue));
        }

        return file;
    }
}
