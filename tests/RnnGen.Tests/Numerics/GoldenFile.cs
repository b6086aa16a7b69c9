using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnGen.Tests.Numerics;

/// <summary>
/// A safetensors file of reference results: PyTorch's, computed in float64. Its metadata describes the cases, whose tensors are named <c>case/tensor</c>.
/// </summary>
internal sealed class GoldenFile
{
    public static readonly GoldenFile Cells = new("cells");
    public static readonly GoldenFile Networks = new("networks");
    public static readonly GoldenFile Training = new("training");

    private readonly byte[] _bytes;
    private readonly int _dataStart;
    private readonly JsonElement _header;
    private readonly JsonElement _cases;

    private GoldenFile(string name)
    {
        _bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Goldens", name + ".safetensors"));
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(_bytes);
        _dataStart = sizeof(ulong) + headerLength;
        _header = JsonDocument.Parse(_bytes.AsMemory(sizeof(ulong), headerLength)).RootElement;
        _cases = JsonDocument.Parse(_header.GetProperty("__metadata__").GetProperty("cases").GetString()!).RootElement;
    }

    /// <summary>The names of the cases, for theories.</summary>
    public TheoryData<string> CasesWhere(Func<JsonElement, bool> condition) =>
        new(_cases.EnumerateObject().Where(property => condition(property.Value)).Select(property => property.Name));

    /// <summary>A case by its name.</summary>
    public GoldenCase this[string name] => new(this, name, _cases.GetProperty(name));

    /// <summary>Whether there is such a tensor.</summary>
    public bool Contains(string tensor) => _header.TryGetProperty(tensor, out _);

    /// <summary>A tensor's values, row-major.</summary>
    public T[] Read<T>(string tensor)
        where T : unmanaged
    {
        JsonElement entry = _header.GetProperty(tensor);
        Assert.Equal(typeof(T) == typeof(float) ? "F32" : "I32", entry.GetProperty("dtype").GetString());
        JsonElement offsets = entry.GetProperty("data_offsets");
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan((_dataStart + offsets[0].GetInt32())..(_dataStart + offsets[1].GetInt32()))).ToArray();
    }
}

/// <summary>One case of a file: its description and its tensors.</summary>
internal sealed record GoldenCase(GoldenFile File, string Name, JsonElement Description)
{
    public float[] this[string tensor] => File.Read<float>($"{Name}/{tensor}");

    public int Number(string key) => Description.GetProperty(key).GetInt32();

    public string Text(string key) => Description.GetProperty(key).GetString()!;

    public bool Contains(string tensor) => File.Contains($"{Name}/{tensor}");

    public int[] Integers(string tensor) => File.Read<int>($"{Name}/{tensor}");

    /// <summary>The case's frames, with its lengths where it has them.</summary>
    public SequenceBatch Batch()
    {
        (int steps, int batch, int features) = (Number("steps"), Number("batch"), Number("input"));
        return Contains("lengths")
            ? SequenceBatch.FromTimeMajor(this["x"], steps, batch, features, Integers("lengths"))
            : SequenceBatch.FromTimeMajor(this["x"], steps, batch, features);
    }

    /// <summary>[B, size] of h, and of c where the case has it, as the rows [B, StateSize] of a tape.</summary>
    public float[] SideBySide(string h, string c)
    {
        if (!Contains(c))
            return this[h];
        int batch = Number("batch");
        return [.. this[h].Chunk(this[h].Length / batch).Zip(this[c].Chunk(this[c].Length / batch), (first, second) => first.Concat(second)).SelectMany(row => row)];
    }

    /// <summary>Gives a network the case's weights.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="prefix">What the case puts before their names.</param>
    public void CopyWeightsTo(ParameterCollection parameters, string prefix = "")
    {
        foreach (Parameter parameter in parameters)
            parameter.Set(this[prefix + PyTorchName(parameter.Name)]);
    }

    /// <summary>
    /// <c>lstm1.weight_ih</c> is <c>rnn.weight_ih_l1</c> in these files, <c>weight_ih_l0</c> where there is one layer only, <c>…_l1_reverse</c> of a reverse
    /// direction, and a dense layer is the head.
    /// </summary>
    public string PyTorchName(string parameter)
    {
        string[] parts = parameter.Split('.');
        if (parts[0].StartsWith("dense", StringComparison.Ordinal))
            return "head." + parts[1];
        const string Reverse = "_reverse";
        string suffix = parts[1].EndsWith(Reverse, StringComparison.Ordinal) ? Reverse : "";
        string name = $"{parts[1][..^suffix.Length]}_l{parts[0][^1]}{suffix}";
        return Contains("weight_ih_l0") ? name : "rnn." + name;
    }
}
