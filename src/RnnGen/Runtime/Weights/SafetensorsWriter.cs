using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace RnnGen.Runtime;

/// <summary>Writes safetensors files. The same values give the same bytes on every machine.</summary>
internal static class SafetensorsWriter
{
    // The header is padded with spaces so that the data starts at a multiple of 8, as the reference implementation does.
    private const int DataAlignment = 8;

    /// <summary>Writes a network's weights; the stream stays open.</summary>
    public static void Write(ParameterCollection parameters, string architecture, Stream stream) => Write(
        [.. parameters.Select(parameter => new SafetensorsValues(parameter.Name, parameter.Shape, parameter.ToArray))], Texts(architecture), stream);

    /// <summary>Writes header and values; the stream stays open.</summary>
    public static void Write(IReadOnlyList<SafetensorsValues> tensors, IReadOnlyDictionary<string, string> metadata, Stream stream)
    {
        CheckLength(metadata.Sum(text => (long)text.Key.Length + text.Value.Length));
        var header = new ArrayBufferWriter<byte>();
        WriteHeader(tensors, metadata, header);
        int padding = -header.WrittenCount & (DataAlignment - 1);
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);
        CheckLength(header.WrittenCount);

        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthSize];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.WrittenCount);
        stream.Write(length);
        stream.Write(header.WrittenSpan);
        foreach (SafetensorsValues tensor in tensors)
            SafetensorsStream.Write(tensor.Values(), stream.Write);
    }

    // What no reader takes is not written, nor is any of it built where it would be far too long.
    private static void CheckLength(long length)
    {
        if (length > SafetensorsHeader.MaxLength)
            throw new InvalidOperationException($"safetensors header: expected at most {SafetensorsHeader.MaxLength} bytes of names and texts, got {length}");
    }

    private static Dictionary<string, string> Texts(string architecture)
    {
        // PyTorch's own name for its layout: some readers ask for it.
        var texts = new Dictionary<string, string> { ["format"] = "pt" };
        if (architecture.Length > 0)
            texts[ArchitectureText.Key] = architecture;
        return texts;
    }

    private static void WriteHeader(IReadOnlyList<SafetensorsValues> tensors, IReadOnlyDictionary<string, string> metadata, IBufferWriter<byte> header)
    {
        using var json = new Utf8JsonWriter(header);
        json.WriteStartObject();
        json.WriteStartObject(SafetensorsHeader.Metadata);
        foreach ((string name, string text) in metadata)
            json.WriteString(name, text);
        json.WriteEndObject();

        long begin = 0;
        foreach (SafetensorsValues tensor in tensors)
        {
            long end = begin + tensor.Shape.Aggregate((long)sizeof(float), (bytes, dimension) => bytes * dimension);
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", "F32");
            WriteIntegers(json, "shape", tensor.Shape.Select(dimension => (long)dimension));
            WriteIntegers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();
            begin = end;
        }

        json.WriteEndObject();
    }

    private static void WriteIntegers(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
