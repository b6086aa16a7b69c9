using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Runtime;

/// <summary>Puts a safetensors file's weights into a network: all of them, or none when anything is wrong.</summary>
internal static class WeightsReader
{
    /// <summary>Loads from a stream, from where it stands to its end.</summary>
    public static void Load(ParameterCollection parameters, Stream stream)
    {
        var file = new SafetensorsStream(stream);
        IReadOnlyDictionary<string, SafetensorsTensor> byName = Check(parameters, file.Tensors);

        // No weight changes before the last value has been looked at.
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            values.Add(tensor.Name, file.Read(tensor));
            CheckFinite(tensor.Name, values[tensor.Name]);
        }

        file.CheckEnd();
        foreach (string name in byName.Keys)
            parameters[name].Replace(values[name]);
    }

    /// <summary>Loads from a whole file.</summary>
    public static void Load(ParameterCollection parameters, ReadOnlySpan<byte> file)
    {
        IReadOnlyList<SafetensorsTensor> tensors = SafetensorsHeader.Read(file, out ReadOnlySpan<byte> data, out _);
        IReadOnlyDictionary<string, SafetensorsTensor> byName = Check(parameters, tensors);

        // Two rounds: no weight changes before the last value has been looked at.
        foreach (Parameter parameter in parameters)
        {
            CheckFinite(parameter.Name, Values(data, byName[parameter.Name]));
        }

        foreach (Parameter parameter in parameters)
        {
            parameter.Replace(Values(data, byName[parameter.Name]));
        }
    }

    /// <summary>Refuses a file that has others than a network's tensors.</summary>
    /// <returns>Its tensors by name: one for each parameter.</returns>
    private static Dictionary<string, SafetensorsTensor> Check(ParameterCollection parameters, IReadOnlyList<SafetensorsTensor> tensors)
    {
        Dictionary<string, SafetensorsTensor> byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (Parameter parameter in parameters)
        {
            CheckShape(parameter.Name, parameter.Shape, byName);
        }

        foreach (SafetensorsTensor tensor in tensors)
        {
            if (!parameters.Contains(tensor.Name))
            {
                string expected = string.Join(", ", parameters.Select(parameter => parameter.Name));
                throw SafetensorsError.Of(tensor.Name, $"expected no tensors but {expected}, got this one");
            }
        }

        return byName;
    }

    /// <summary>Refuses a file that lacks a tensor, or has it in another shape.</summary>
    internal static void CheckShape(string name, IEnumerable<int> shape, IReadOnlyDictionary<string, SafetensorsTensor> byName)
    {
        long[] dimensions = [.. shape];
        string expected = SafetensorsError.Shape(dimensions);
        if (!byName.TryGetValue(name, out SafetensorsTensor? tensor))
        {
            const int Named = 8;
            string names = string.Join(", ", byName.Values.OrderBy(other => other.Begin).Take(Named).Select(other => SafetensorsError.Quote(other.Name)));
            string got = byName.Count == 0 ? "no tensors" : $"none of this name, but {names}{(byName.Count > Named ? ", ..." : "")}";
            throw SafetensorsError.Of(name, $"expected F32 {expected}, got {got}");
        }

        if (!tensor.Shape.SequenceEqual(dimensions))
        {
            throw SafetensorsError.Of(name, $"expected shape {expected}, got {SafetensorsError.Shape(tensor.Shape)}");
        }
    }

    /// <summary>Refuses NaN and infinities.</summary>
    internal static void CheckFinite(string name, ReadOnlySpan<float> values)
    {
        if (FiniteWeights.IndexOfOther(values) is >= 0 and var index)
            throw SafetensorsError.Of(name, $"expected finite values, got {FiniteWeights.Name(values[index])} at index {index}");
    }

    /// <summary>
    /// A tensor's values: where they lie, at whatever byte that is (NativeAOT puts resources anywhere), or a copy on a machine that reads floats at multiples
    /// of 4 only, or the other way round.
    /// </summary>
    private static ReadOnlySpan<float> Values(ReadOnlySpan<byte> data, SafetensorsTensor tensor)
    {
        ReadOnlySpan<byte> bytes = data[(int)tensor.Begin..(int)tensor.End];
        if (BitConverter.IsLittleEndian && (X86Base.IsSupported || ArmBase.Arm64.IsSupported))
            return MemoryMarshal.Cast<byte, float>(bytes);

        var values = new float[bytes.Length / sizeof(float)];
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            Span<uint> bits = MemoryMarshal.Cast<float, uint>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }
}
