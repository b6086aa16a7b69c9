using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnGen.Runtime;

/// <summary>Writes a network's weights in safetensors format. The same weights give the same bytes on every machine.</summary>
internal static class SafetensorsWriter
{
    // The header is padded with spaces so that the data starts at a multiple of 8, as the reference implementation does.
    private const int DataAlignment = 8;

    /// <summary>Writes header and values; the stream stays open.</summary>
    public static void Write(ParameterCollection parameters, Stream stream)
    {
        var header = new ArrayBufferWriter<byte>();
        WriteHeader(parameters, header);
        int padding = -header.WrittenCount & (DataAlignment - 1);
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);

        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthSize];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.WrittenCount);
        stream.Write(length);
        stream.Write(header.WrittenSpan);
        foreach (Parameter parameter in parameters)
        {
            float[] values = parameter.ToArray();
            if (!BitConverter.IsLittleEndian)
            {
                Span<uint> bits = MemoryMarshal.Cast<float, uint>(values.AsSpan());
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }

            stream.Write(MemoryMarshal.AsBytes<float>(values));
        }
    }

    private static void WriteHeader(ParameterCollection parameters, IBufferWriter<byte> header)
    {
        using var json = new Utf8JsonWriter(header);
        json.WriteStartObject();

        // PyTorch's own name for its layout: some readers ask for it.
        json.WriteStartObject(SafetensorsHeader.Metadata);
        json.WriteString("format", "pt");
        json.WriteEndObject();

        long begin = 0;
        foreach (Parameter parameter in parameters)
        {
            long end = begin + (long)parameter.Count * sizeof(float);
            json.WriteStartObject(parameter.Name);
            json.WriteString("dtype", "F32");
            WriteIntegers(json, "shape", parameter.Shape.Select(dimension => (long)dimension));
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
