using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodeValue = System.Text.Json.Nodes.JsonValue;

namespace RnnGen.Formats.Torch;

/// <summary>Takes tensors of integers out of a safetensors file: <c>num_batches_tracked</c> of a BatchNorm, which inference has no use for and floats no place.</summary>
internal static class SafetensorsIntegers
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal) { "I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL" };

    /// <summary>The file without them, and their names; itself where it has none, or is damaged: its reader will say so.</summary>
    public static (byte[] File, IReadOnlyList<string> Names) Without(byte[] file)
    {
        try
        {
            return Rewritten(file);
        }
        catch (Exception damage) when (damage is JsonException or ArgumentException or InvalidOperationException)
        {
            return (file, []);
        }
    }

    private static (byte[] File, IReadOnlyList<string> Names) Rewritten(byte[] file)
    {
        const int start = sizeof(long);
        int end = start + (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (JsonNode.Parse(file.AsSpan(start, end - start)) is not JsonObject header)
            return (file, []);
        List<(string Name, int From, int To)> kept = [];
        List<string> integers = [];
        foreach ((string name, JsonNode? tensor) in header)
        {
            if (tensor is not JsonObject entry || name == "__metadata__")
                continue;
            if (entry["dtype"] is not NodeValue type || !type.TryGetValue(out string? dtype) || entry["data_offsets"] is not JsonArray { Count: 2 } offsets
                || !Offset(offsets[0], out int from) || !Offset(offsets[1], out int to) || from > to || to > file.Length - end)
                return (file, []);
            if (Types.Contains(dtype))
                integers.Add(name);
            else
                kept.Add((name, from, to));
        }

        if (integers.Count == 0 || kept.Sum(tensor => (long)(tensor.To - tensor.From)) > file.Length - end)
            return (file, []);
        return (Written(header, kept, file, end), integers);
    }

    private static byte[] Written(JsonObject header, List<(string Name, int From, int To)> kept, byte[] file, int end)
    {
        var written = new JsonObject();
        using var data = new MemoryStream();
        foreach ((string name, int from, int to) in kept.OrderBy(tensor => tensor.From))
        {
            JsonNode entry = header[name]!.DeepClone();
            entry["data_offsets"] = new JsonArray((int)data.Length, (int)data.Length + to - from);
            written[name] = entry;
            data.Write(file, end + from, to - from);
        }

        byte[] text = JsonSerializer.SerializeToUtf8Bytes(written);
        byte[] whole = new byte[sizeof(long) + text.Length + (int)data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(whole, text.Length);
        text.CopyTo(whole, sizeof(long));
        data.ToArray().CopyTo(whole, sizeof(long) + text.Length);
        return whole;
    }

    private static bool Offset(JsonNode? node, out int offset)
    {
        offset = 0;
        return node is NodeValue value && value.TryGetValue(out offset) && offset >= 0;
    }
}
