using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RnnGen.Runtime;

/// <summary>
/// A safetensors file that is read from a stream, tensor by tensor: it may be longer than an array, and no more memory is taken than for a tensor that was
/// asked for.
/// </summary>
internal sealed class SafetensorsStream
{
    // Bytes that are read or written at once; a multiple of a float's.
    private const int Piece = 1 << 20;

    private readonly Stream _stream;
    private readonly long _start; // where the data begins, in a stream that can seek
    private readonly long _end;
    private long _position; // in the data

    /// <summary>Reads and checks the header, from where the stream stands.</summary>
    /// <exception cref="FormatException">It is damaged, or the stream is known to hold more or less than it says.</exception>
    public SafetensorsStream(Stream stream)
    {
        _stream = stream;

        // Devices can seek and have no length.
        long? end = stream.CanSeek && stream.Length > stream.Position ? stream.Length : null;
        byte[] bytes = new byte[SafetensorsHeader.LengthSize];
        int length = SafetensorsHeader.Length(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        byte[] json = ReadHeader(stream, length);
        _start = stream.CanSeek ? stream.Position : 0;
        Tensors = SafetensorsHeader.Parse(json, end - _start, out IReadOnlyDictionary<string, string> metadata);
        Metadata = metadata;
        _end = Tensors.Count == 0 ? 0 : Tensors[^1].End;
    }

    /// <summary>The tensors by the order of their data, which has neither gaps nor overlaps.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>What else the file says, text by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>A tensor's values as 32-bit floats. A stream that cannot seek gives them in the order of <see cref="Tensors"/> only.</summary>
    public float[] Read(SafetensorsTensor tensor)
    {
        Seek(tensor.Begin);
        float[] values = new float[(tensor.End - tensor.Begin) / TensorTypes.SizeOf(tensor.Type)];
        if (tensor.Type != TensorType.F32)
        {
            ReadNarrow(tensor, values);
            return values;
        }

        foreach (Range piece in Pieces(values.Length))
            ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(piece)), tensor.Name);
        Turn(values);
        return values;
    }

    /// <summary>Adds all data to a hash. Needs a stream that can seek.</summary>
    public void Hash(IncrementalHash hash)
    {
        Seek(0);
        byte[] buffer = new byte[Math.Min(_end, Piece)];
        while (_position < _end)
        {
            Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, _end - _position));
            ReadExactly(piece, null);
            hash.AppendData(piece);
        }
    }

    /// <summary>Refuses a stream that goes on after the last tensor.</summary>
    public void CheckEnd()
    {
        Seek(_end);
        if (_stream.ReadByte() >= 0)
            throw new FormatException($"safetensors data: expected {_end} bytes, got more");
    }

    /// <summary>Gives values away as they lie in a file, in pieces: a span cannot have more than 2³¹ − 1 bytes.</summary>
    /// <param name="values">The values; on a big-endian machine they are turned in place.</param>
    /// <param name="write">Takes the next bytes.</param>
    public static void Write(float[] values, Action<ReadOnlySpan<byte>> write)
    {
        Turn(values);
        foreach (Range piece in Pieces(values.Length))
            write(MemoryMarshal.AsBytes<float>(values.AsSpan(piece)));
    }

    private void ReadNarrow(SafetensorsTensor tensor, float[] values)
    {
        int size = TensorTypes.SizeOf(tensor.Type);
        byte[] bytes = new byte[Math.Min((long)size * values.Length, Piece)];
        foreach (Range piece in Pieces(values.Length))
        {
            Span<float> part = values.AsSpan(piece);
            ReadExactly(bytes.AsSpan(0, size * part.Length), tensor.Name);
            TensorTypes.Widen(bytes, tensor.Type, part);
        }
    }

    // What a header claims to need is not trusted: the buffer grows with what comes.
    private static byte[] ReadHeader(Stream stream, int length)
    {
        byte[] json = new byte[Math.Min(length, Piece)];
        int got = 0;
        while (true)
        {
            got += stream.ReadAtLeast(json.AsSpan(got), json.Length - got, throwOnEndOfStream: false);
            if (got == length)
                return json;
            if (got < json.Length)
                throw SafetensorsHeader.CutShort(length, got);
            Array.Resize(ref json, (int)Math.Min(2L * json.Length, length));
        }
    }

    private static IEnumerable<Range> Pieces(int count)
    {
        for (long start = 0; start < count; start += Piece / sizeof(float))
            yield return (int)start..(int)Math.Min(start + Piece / sizeof(float), count);
    }

    private static void Turn(float[] values)
    {
        if (!BitConverter.IsLittleEndian)
        {
            Span<uint> bits = MemoryMarshal.Cast<float, uint>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }
    }

    private void ReadExactly(Span<byte> bytes, string? tensor)
    {
        int got = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _position += got;
        if (got == bytes.Length)
            return;
        string message = $"expected {_end} bytes of data, got {_position} before the end of the file";
        throw tensor is null ? new FormatException($"safetensors data: {message}") : SafetensorsError.Of(tensor, message);
    }

    private void Seek(long position)
    {
        if (position == _position)
            return;
        _stream.Position = _start + position;
        _position = position;
    }
}
