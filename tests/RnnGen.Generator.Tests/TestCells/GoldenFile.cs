using System.Runtime.InteropServices;
using System.Text.Json;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>The reference values of single cells, by PyTorch autograd in double precision.</summary>
internal sealed class GoldenFile
{
    private const int LengthSize = sizeof(ulong);

    private readonly byte[] _bytes;
    private readonly JsonElement _header;
    private readonly int _data;

    private GoldenFile(byte[] bytes)
    {
        _bytes = bytes;
        int length = (int)BitConverter.ToUInt64(bytes, 0);
        _header = JsonDocument.Parse(bytes.AsMemory(LengthSize, length)).RootElement;
        _data = LengthSize + length;
    }

    /// <summary>The file, or null where this checkout has none.</summary>
    public static GoldenFile? Cells { get; } = Find() is { } path ? new GoldenFile(File.ReadAllBytes(path)) : null;

    /// <summary>The cases of some kinds: name, and options by name.</summary>
    public IEnumerable<(string Name, JsonElement Options)> Cases(params string[] kinds) =>
        JsonDocument.Parse(_header.GetProperty("__metadata__").GetProperty("cases").GetString()!).RootElement.EnumerateObject()
            .Where(property => kinds.Contains(property.Value.GetProperty("kind").GetString()))
            .Select(property => (property.Name, property.Value));

    /// <summary>The names of a case's tensors, without the case.</summary>
    public IEnumerable<string> Tensors(string name) =>
        _header.EnumerateObject().Where(tensor => tensor.Name.StartsWith(name + "/", StringComparison.Ordinal)).Select(tensor => tensor.Name[(name.Length + 1)..]);

    /// <summary>A tensor's values.</summary>
    public float[] Read(string name, string tensor)
    {
        var offsets = _header.GetProperty($"{name}/{tensor}").GetProperty("data_offsets");
        int begin = offsets[0].GetInt32();
        return MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(_data + begin, offsets[1].GetInt32() - begin)).ToArray();
    }

    private static string? Find() => new[] { Repository.PathOf("tests", "RnnGen.Tests", "Goldens", "cells.safetensors"), Repository.PathOf("..", "shared", "goldens", "cells.safetensors") }
        .FirstOrDefault(File.Exists);
}
