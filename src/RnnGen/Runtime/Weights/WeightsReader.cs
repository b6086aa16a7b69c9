using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Runtime;

/// <summary>Puts a safetensors file's weights into a network: all of them, or none when anything is wrong.</summary>
internal static class WeightsReader
{
    /// <summary>Loads from a stream, from where it stands to its end.</summary>
    /// <param name="parameters">Where to.</param>
    /// <param name="architecture">What the file's network must compute, where the file says it; empty for anything.</param>
    /// <param name="stream">The file.</param>
    /// <param name="names">Finds tensors that have other names than the parameters; null where they have none.</param>
    public static void Load(ParameterCollection parameters, string architecture, Stream stream, TensorNames? names)
    {
        var file = new SafetensorsStream(stream);
        IReadOnlyDictionary<string, SafetensorsTensor> byParameter = Check(parameters, architecture, file.Tensors, file.Metadata, names);

        // No weight changes before the last value has been looked at.
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            values.Add(tensor.Name, file.Read(tensor));
            CheckFinite(tensor.Name, values[tensor.Name]);
        }

        file.CheckEnd();
        foreach (var (parameter, tensor) in byParameter)
            parameters[parameter].Replace(values[tensor.Name]);
    }

    /// <summary>Loads from a whole file.</summary>
    /// <param name="parameters">Where to.</param>
    /// <param name="architecture">What the file's network must compute, where the file says it; empty for anything.</param>
    /// <param name="file">The file.</param>
    /// <param name="names">Finds tensors that have other names than the parameters; null where they have none.</param>
    public static void Load(ParameterCollection parameters, string architecture, ReadOnlySpan<byte> file, TensorNames? names)
    {
        IReadOnlyList<SafetensorsTensor> tensors =
            SafetensorsHeader.Read(file, out ReadOnlySpan<byte> data, out IReadOnlyDictionary<string, string> metadata);
        IReadOnlyDictionary<string, SafetensorsTensor> byParameter = Check(parameters, architecture, tensors, metadata, names);

        // Two rounds: no weight changes before the last value has been looked at.
        foreach (Parameter parameter in parameters)
        {
            CheckFinite(byParameter[parameter.Name].Name, Values(data, byParameter[parameter.Name]));
        }

        foreach (Parameter parameter in parameters)
        {
            parameter.Replace(Values(data, byParameter[parameter.Name]));
        }
    }

    /// <summary>Refuses a file that has other tensors than a network, or says that its network computes something else.</summary>
    /// <returns>Its tensors by the names of parameters: one for each.</returns>
    private static Dictionary<string, SafetensorsTensor> Check(
        ParameterCollection parameters, string architecture, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata,
        TensorNames? names)
    {
        if (!metadata.ContainsKey(ArchitectureText.Key) && names?.Invoke(parameters, architecture, tensors) is { } matched)
            return matched;
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

        CheckArchitecture(architecture, metadata);
        return byName;
    }

    /// <summary>Refuses a file that lacks a tensor, or has it in another shape.</summary>
    internal static void CheckShape(string name, IEnumerable<int> shape, IReadOnlyDictionary<string, SafetensorsTensor> byName)
    {
        long[] dimensions = [.. shape];
        if (!byName.TryGetValue(name, out SafetensorsTensor? tensor))
        {
            const int Named = 8;
            string names = string.Join(", ", byName.Values.OrderBy(other => other.Begin).Take(Named).Select(other => SafetensorsError.Quote(other.Name)));
            string got = byName.Count == 0 ? "no tensors" : $"none of this name, but {names}{(byName.Count > Named ? ", ..." : "")}";
            throw SafetensorsError.Of(name, $"expected F32 {SafetensorsError.Shape(dimensions)}, got {got}");
        }

        if (!tensor.Shape.SequenceEqual(dimensions))
        {
            throw SafetensorsError.Of(name, $"expected shape {SafetensorsError.Shape(dimensions)}, got {SafetensorsError.Shape(tensor.Shape)}");
        }
    }

    /// <summary>Refuses a file that says that it is of a network that computes something else.</summary>
    private static void CheckArchitecture(string expected, IReadOnlyDictionary<string, string> metadata)
    {
        if (expected.Length == 0
            || !metadata.TryGetValue(ArchitectureText.Key, out string? saved)
            || ArchitectureText.Difference(expected, saved) is not var (layer, got))
            return;
        throw new FormatException(
            $"weights of a network that computes something else: expected {SafetensorsError.Shorten(layer)}, got {SafetensorsError.Shorten(got)}; " +
            "LoadOptions.IgnoreArchitecture accepts them anyway");
    }

    /// <summary>Refuses NaN and infinities.</summary>
    internal static void CheckFinite(string name, ReadOnlySpan<float> values)
    {
        if (FiniteWeights.IndexOfOther(values) is >= 0 and var index)
            throw SafetensorsError.Of(name, $"expected finite values, got {FiniteWeights.Name(values[index])} at index {index}");
    }

    /// <summary>
    /// A tensor's values: where they lie, at whatever byte that is (NativeAOT puts resources anywhere), or a copy on a machine that reads floats at multiples
    /// of 4 only, or the other way round, or of numbers of 16 bits.
    /// </summary>
    private static ReadOnlySpan<float> Values(ReadOnlySpan<byte> data, SafetensorsTensor tensor)
    {
        ReadOnlySpan<byte> bytes = data[(int)tensor.Begin..(int)tensor.End];
        if (tensor.Type == TensorType.F32 && BitConverter.IsLittleEndian && (X86Base.IsSupported || ArmBase.Arm64.IsSupported))
            return MemoryMarshal.Cast<byte, float>(bytes);

        var values = new float[bytes.Length / TensorTypes.SizeOf(tensor.Type)];
        TensorTypes.Widen(bytes, tensor.Type, values);
        return values;
    }
}
