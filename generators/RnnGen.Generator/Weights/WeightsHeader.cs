using RnnGen.Runtime;
namespace RnnGen.Generator.Weights;

/// <summary>Reads the header of a safetensors file, as far as it is of interest at compile time: the runtime checks the rest of the file.</summary>
internal static class WeightsHeader
{
    private const string Metadata = "__metadata__";

    /// <summary>
    /// The contents of a header, JSON <c>{name: {dtype, shape, data_offsets}}</c>, in its order. The build writes the bytes of data that follow it in the
    /// file after it.
    /// </summary>
    /// <exception cref="FormatException">It is not, or the data are not as long as it says; the message says what was expected and what came.</exception>
    public static WeightsContents Read(string text)
    {
        var reader = new JsonReader(text);
        string? architecture = null;
        var tensors = new List<WeightsTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Object(name =>
        {
            if (!names.Add(name))
                throw new FormatException($"expected one entry '{name}', got a second");
            if (name == Metadata)
                architecture = ReadArchitecture(reader);
            else
                tensors.Add(ReadTensor(reader, name));
        });
        CheckData(reader, tensors);
        return new WeightsContents(tensors, architecture);
    }

    private static string? ReadArchitecture(JsonReader reader)
    {
        string? architecture = null;
        reader.Object(key =>
        {
            if (key == ArchitectureText.Key)
                architecture = reader.Text();
            else
                reader.Skip();
        });
        return architecture;
    }

    private static void CheckData(JsonReader reader, List<WeightsTensor> tensors)
    {
        long? data = reader.IsAtEnd ? null : reader.Integer();
        reader.End();
        long expected = tensors.Count == 0 ? 0 : tensors.Max(tensor => tensor.End);
        if (data is { } bytes && bytes != expected)
            throw new FormatException(FormattableString.Invariant($"expected {expected} bytes of data behind it, got {bytes}"));
    }

    private static WeightsTensor ReadTensor(JsonReader reader, string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long> offsets = [];
        reader.Object(key =>
        {
            switch (key)
            {
                case "dtype":
                    type = reader.Text();
                    break;
                case "shape":
                    shape = [];
                    reader.List(() => shape.Add(reader.Integer()));
                    break;
                case "data_offsets":
                    reader.List(() => offsets.Add(reader.Integer()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        });
        if (type is null || shape is null)
            throw new FormatException($"expected a dtype and a shape for '{name}', got no {(type is null ? "dtype" : "shape")}");
        return new WeightsTensor(name, type, shape, offsets.LastOrDefault());
    }
}

/// <summary>What a header says of its file.</summary>
/// <param name="Tensors">The tensors, in its order.</param>
/// <param name="Architecture">What the network computes whose weights they are; null where it does not say it.</param>
internal sealed record WeightsContents(IReadOnlyList<WeightsTensor> Tensors, string? Architecture);

/// <summary>A tensor as the header tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type, <c>F32</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="End">Where its values end, in bytes from the header's end.</param>
internal sealed record WeightsTensor(string Name, string Type, IReadOnlyList<long> Shape, long End);
