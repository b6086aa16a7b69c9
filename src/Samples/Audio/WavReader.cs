using System.Buffers.Binary;

namespace RnnGen.Samples.Audio;

/// <summary>Reads recordings: RIFF/WAVE files of one channel.</summary>
internal static class WavReader
{
    /// <summary>Larger files are refused: at 8000 µ-law bytes per second this is more than two hours, at 48 kHz and 24 bits seven minutes.</summary>
    private const int MaxBytes = 64 << 20;

    private const int ChunkHeaderBytes = 8;

    /// <summary>The samples of speech at 8000 Hz (<see cref="WavKinds.Speech"/>), in [−1, 1).</summary>
    /// <inheritdoc cref="Read(string, WavKinds)"/>
    public static float[] Read(string path) => Read(path, WavKinds.Speech).Samples;

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Its name, for messages.</param>
    public static float[] Read(ReadOnlySpan<byte> bytes, string name) => Read(bytes, name, WavKinds.Speech).Samples;

    /// <summary>Reads a file of the kinds that the caller accepts.</summary>
    /// <exception cref="FormatException">It is not such a file, or a damaged one; the message is one line that names it.</exception>
    /// <exception cref="IOException">It does not exist, is a directory, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static WavAudio Read(string path, WavKinds kinds)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path}: expected a WAV file, got a directory");

        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file", path);

        using FileStream file = File.OpenRead(path);
        return Read(Content(file, path), path, kinds);
    }

    /// <summary>The samples of a file that is already in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="kinds">The kinds that the caller accepts.</param>
    /// <exception cref="FormatException">As <see cref="Read(string, WavKinds)"/>.</exception>
    public static WavAudio Read(ReadOnlySpan<byte> bytes, string name, WavKinds kinds)
    {
        if (bytes.IsEmpty)
            throw new FormatException($"{name}: the file is empty");

        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
            throw new FormatException($"{name}: not a RIFF/WAVE file");

        // The lengths of chunks are checked one by one; that of the file as a whole (bytes 4 to 7) adds nothing and is often wrong.
        WavFormat? format = null;
        for (ReadOnlySpan<byte> rest = bytes[12..]; rest.Length >= ChunkHeaderBytes;)
        {
            ReadOnlySpan<byte> chunk = Chunk(rest, name);
            if (rest.StartsWith("fmt "u8))
                format = WavFormat.Read(chunk, name, kinds);
            else if (rest.StartsWith("data"u8))
                return Samples(chunk, format ?? throw new FormatException($"{name}: no fmt chunk before the data"), name);

            // Chunks start at even offsets: one of an odd length is followed by a byte that its length does not count.
            int next = ChunkHeaderBytes + chunk.Length + (chunk.Length & 1);
            rest = rest[Math.Min(next, rest.Length)..];
        }

        throw new FormatException($"{name}: no {(format is null ? "fmt" : "data")} chunk");
    }

    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> rest, string name)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        int available = rest.Length - ChunkHeaderBytes;
        if (length > available)
            throw new FormatException($"{name}: truncated: the {Id(rest)} chunk should have {length} bytes, the file has {available} more");

        return rest.Slice(ChunkHeaderBytes, (int)length);
    }

    private static WavAudio Samples(ReadOnlySpan<byte> data, WavFormat format, string name)
    {
        if (data.Length % format.BlockBytes != 0)
            throw new FormatException($"{name}: expected a data chunk of whole {format.Bits}-bit samples, got {data.Length} bytes");

        var samples = new float[data.Length / format.BlockBytes];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = format.Sample(data.Slice(i * format.BlockBytes, format.BlockBytes));
        return new WavAudio((int)format.Rate, samples);
    }

    /// <summary>Reads in bounded pieces rather than by the file's length, which pipes and devices do not have.</summary>
    private static ReadOnlySpan<byte> Content(FileStream file, string name)
    {
        var content = new MemoryStream();
        var piece = new byte[64 << 10];
        for (int read; (read = file.Read(piece)) > 0;)
        {
            content.Write(piece, 0, read);
            if (content.Length > MaxBytes)
                throw new FormatException($"{name}: larger than {MaxBytes >> 20} MiB");
        }

        return content.GetBuffer().AsSpan(0, (int)content.Length);
    }

    /// <summary>A chunk's four letters; whatever is not a printable ASCII character becomes a question mark, so that a message stays one line.</summary>
    private static string Id(ReadOnlySpan<byte> header)
    {
        Span<char> id = stackalloc char[4];
        for (int i = 0; i < id.Length; i++)
            id[i] = header[i] is > 32 and < 127 or (byte)' ' ? (char)header[i] : '?';
        return new string(id).Trim();
    }
}
