using System.Buffers.Binary;
using RnnGen.Samples.Audio;

namespace RnnGen.Samples.Embedded;

/// <summary>
/// Samples from a stream as they arrive: a WAV file (8000 Hz, mono, µ-law or 16-bit PCM), or raw 16-bit little-endian PCM at 8000 Hz. It allocates nothing
/// after construction.
/// </summary>
/// <param name="input">Where from.</param>
/// <param name="name">Its name, for messages.</param>
internal sealed class SampleReader(Stream input, string name)
{
    private const int ChunkHeaderBytes = 8;
    private const int RiffHeaderBytes = 12;
    private const int LongestFormat = 40;
    private const int PcmBytes = 2;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private bool _begun;
    private bool _isMuLaw;
    private long _left = long.MaxValue;

    /// <summary>Reads what has arrived; waits only if there is nothing.</summary>
    /// <param name="samples">Receives them, in [−1, 1).</param>
    /// <returns>How many there are; 0 at the end.</returns>
    /// <exception cref="FormatException">It is another kind of WAV file; the message names what was expected and what was found.</exception>
    public int Read(Span<float> samples)
    {
        if (!_begun)
            Begin();
        int size = _isMuLaw ? 1 : PcmBytes;
        if (samples.IsEmpty || _left < size || !Have(size))
            return 0;

        int count = (int)Math.Min(Math.Min(samples.Length, (_end - _start) / size), _left / size);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start + (i * size), size);
            samples[i] = (_isMuLaw ? MuLaw.Decode(bytes[0]) : BinaryPrimitives.ReadInt16LittleEndian(bytes)) / 32768f;
        }

        _start += count * size;
        _left -= count * size;
        return count;
    }

    /// <summary>Distinguishes a WAV file from raw samples and skips its header.</summary>
    private void Begin()
    {
        _begun = true;
        if (!Have(RiffHeaderBytes) || !Bytes.StartsWith("RIFF"u8) || !Bytes[8..].StartsWith("WAVE"u8))
            return;

        _start += RiffHeaderBytes;
        WavFormat? format = null;
        while (Have(ChunkHeaderBytes))
        {
            bool isFormat = Bytes.StartsWith("fmt "u8);
            bool isData = Bytes.StartsWith("data"u8);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(Bytes[4..]);
            _start += ChunkHeaderBytes;
            if (isData)
            {
                _isMuLaw = (format ?? throw new FormatException($"{name}: no fmt chunk before the data")).IsMuLaw;
                // A program that writes to a pipe does not know the length, and writes 0 or the largest possible.
                _left = length is 0 or >= int.MaxValue ? long.MaxValue : length;
                return;
            }

            if (isFormat)
            {
                Have((int)Math.Min(length, LongestFormat));
                format = WavFormat.Read(Bytes[..(int)Math.Min(length, (uint)Bytes.Length)], name);
            }

            Skip(length + (length & 1));
        }

        throw new FormatException($"{name}: no {(format is null ? "fmt" : "data")} chunk");
    }

    private ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    private void Skip(long bytes)
    {
        while (bytes > 0 && Have(1))
        {
            int step = (int)Math.Min(bytes, _end - _start);
            _start += step;
            bytes -= step;
        }
    }

    /// <summary>Waits until that many bytes are there; false where the stream ends before.</summary>
    private bool Have(int bytes)
    {
        while (_end - _start < bytes)
        {
            if (_start > 0)
            {
                Bytes.CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            int read = input.Read(_buffer.AsSpan(_end));
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }
}
