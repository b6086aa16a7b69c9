using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace RnnGen.Runtime;

/// <summary>
/// Reads the header of a safetensors file (github.com/huggingface/safetensors): a 64-bit little-endian length, JSON
/// <c>{name: {dtype, shape, data_offsets}}</c>, then the data. Files come from strangers: whatever the format forbids is a <see cref="FormatException"/>,
/// and nothing that the file claims is trusted before it is compared with the bytes that are there.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>Bytes of the header's length.</summary>
    public const int LengthSize = sizeof(ulong);

    /// <summary>The longest header that is read; the reference implementation's limit.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The name that is not a tensor's: its value maps strings to strings.</summary>
    public const string Metadata = "__metadata__";

    // The file, a tensor, a list.
    private const int MaxDepth = 3;

    /// <summary>Reads and checks a whole file's header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="data">The file's data; every tensor lies within it, and every byte belongs to one tensor.</param>
    /// <param name="metadata">What else the file says, text by name.</param>
    /// <returns>The tensors by the order of their data.</returns>
    public static IReadOnlyList<SafetensorsTensor> Read(
        ReadOnlySpan<byte> file, out ReadOnlySpan<byte> data, out IReadOnlyDictionary<string, string> metadata)
    {
        int length = Length(file);
        ReadOnlySpan<byte> rest = file[LengthSize..];
        if (length > rest.Length)
            throw CutShort(length, rest.Length);
        data = rest[length..];
        return Parse(rest[..length], data.Length, out metadata);
    }

    /// <summary>The length of a header, from the start of its file.</summary>
    public static int Length(ReadOnlySpan<byte> file)
    {
        if (file.Length < LengthSize)
        {
            throw new FormatException($"safetensors header: expected {LengthSize} bytes of length, got {file.Length}");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        return length <= MaxLength
            ? (int)length
            : throw new FormatException($"safetensors header: expected at most {MaxLength} bytes, got a length of {length}");
    }

    /// <summary>The error of a file that ends within its header.</summary>
    public static FormatException CutShort(int length, int got) =>
        new($"safetensors header: expected {length} bytes, got {got} before the end of the file");

    /// <summary>Reads and checks a header.</summary>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">How many bytes follow; null where nobody knows.</param>
    /// <param name="metadata">What else the file says, text by name.</param>
    /// <returns>The tensors by the order of their data, which has neither gaps nor overlaps.</returns>
    public static IReadOnlyList<SafetensorsTensor> Parse(ReadOnlySpan<byte> json, long? dataLength, out IReadOnlyDictionary<string, string> metadata)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        List<SafetensorsTensor> tensors = Parse(json, texts);
        metadata = texts;
        tensors.Sort((one, other) => (one.Begin, one.End).CompareTo((other.Begin, other.End)));
        CheckOffsets(tensors, dataLength);
        return tensors;
    }

    // The reference implementation demands that tensors follow each other without gaps, from the first byte to the last.
    private static void CheckOffsets(List<SafetensorsTensor> tensors, long? dataLength)
    {
        long end = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (tensor.End > dataLength)
            {
                throw SafetensorsError.Of(
                    tensor.Name, $"expected data_offsets within the file's {dataLength} bytes of data, got [{tensor.Begin}, {tensor.End}]");
            }

            if (tensor.Begin != end)
            {
                string kind = tensor.Begin < end ? "overlaps another tensor" : "leaves a gap";
                throw SafetensorsError.Of(tensor.Name, $"expected data_offsets from {end}, got [{tensor.Begin}, {tensor.End}], which {kind}");
            }

            end = tensor.End;
        }

        if (dataLength is not null && end != dataLength)
        {
            throw new FormatException($"safetensors data: expected {end} bytes, got {dataLength}");
        }
    }

    private static List<SafetensorsTensor> Parse(ReadOnlySpan<byte> json, Dictionary<string, string> metadata)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new FormatException("safetensors header: expected JSON that starts with {, got " + (json.IsEmpty ? "nothing" : $"byte 0x{json[0]:X2}"));
        }

        if (!Utf8.IsValid(json))
        {
            throw new FormatException("safetensors header: expected UTF-8, got bytes that are not");
        }

        try
        {
            return ParseTensors(json, metadata);
        }
        catch (JsonException damage)
        {
            throw new FormatException($"safetensors header: expected JSON, got an error: {damage.Message}", damage);
        }
    }

    private static List<SafetensorsTensor> ParseTensors(ReadOnlySpan<byte> json, Dictionary<string, string> metadata)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var tensors = new List<SafetensorsTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Read();
        while (NextName(ref reader) is { } name)
        {
            if (!names.Add(name))
            {
                throw SafetensorsError.Of(name, "expected one entry, got a second of the same name");
            }

            if (name == Metadata)
            {
                ParseMetadata(ref reader, metadata);
            }
            else
            {
                tensors.Add(ParseTensor(ref reader, name));
            }
        }

        // What follows the object must be white space: the reader throws for anything else.
        reader.Read();
        return tensors;
    }

    private static SafetensorsTensor ParseTensor(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject, name, "an object");
        string? dtype = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (NextName(ref reader) is { } key)
        {
            bool first = key switch
            {
                "dtype" => dtype is null,
                "shape" => shape is null,
                "data_offsets" => offsets is null,
                _ => throw SafetensorsError.Of(name, $"expected dtype, shape and data_offsets, got {SafetensorsError.Quote(key)}"),
            };
            if (!first)
            {
                throw SafetensorsError.Of(name, $"expected one {key}, got a second");
            }

            switch (key)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String, name, "dtype as a string");
                    dtype = Text(ref reader);
                    break;
                case "shape":
                    shape = ParseIntegers(ref reader, name, key);
                    break;
                default:
                    offsets = ParseIntegers(ref reader, name, key);
                    break;
            }
        }

        return Check(name, Given(dtype, name, "dtype"), Given(shape, name, "shape"), Given(offsets, name, "data_offsets"));
    }

    private static SafetensorsTensor Check(string name, string dtype, List<long> shape, List<long> offsets)
    {
        if (!TensorTypes.TryParse(dtype, out TensorType type))
        {
            throw SafetensorsError.Of(name, $"expected dtype F32, F16 or BF16, got {SafetensorsError.Quote(dtype)}");
        }

        if (offsets.Count != 2)
        {
            throw SafetensorsError.Of(name, $"expected 2 data_offsets, got {offsets.Count}");
        }

        (long begin, long end) = (offsets[0], offsets[1]);
        if (begin > end)
        {
            throw SafetensorsError.Of(name, $"expected data_offsets in order, got [{begin}, {end}]");
        }

        Int128 bytes = TensorTypes.SizeOf(type);
        foreach (long dimension in shape)
        {
            bytes *= dimension;
            if (bytes > long.MaxValue)
            {
                throw SafetensorsError.Of(name, $"expected a shape of fewer than 2^63 bytes, got {SafetensorsError.Shape(shape)}");
            }
        }

        if (end - begin != bytes)
        {
            throw SafetensorsError.Of(
                name, $"expected {bytes} bytes for {type} {SafetensorsError.Shape(shape)}, got {end - begin} (data_offsets [{begin}, {end}])");
        }

        return new SafetensorsTensor(name, shape, begin, end, type);
    }

    private static void ParseMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject, Metadata, "an object");
        while (NextName(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String, Metadata, "strings");
            if (!metadata.TryAdd(key, Text(ref reader)))
            {
                throw SafetensorsError.Of(Metadata, $"expected one {SafetensorsError.Quote(key)}, got a second");
            }
        }
    }

    private static List<long> ParseIntegers(ref Utf8JsonReader reader, string tensor, string key)
    {
        Expect(ref reader, JsonTokenType.StartArray, tensor, $"{key} as a list");
        var values = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0)
            {
                throw SafetensorsError.Of(tensor, $"expected {key} of integers from 0 to 2^63 - 1, got {TokenText(ref reader)}");
            }

            values.Add(value);
        }

        return values;
    }

    // The next member's name, or null at the end of the object.
    private static string? NextName(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? Text(ref reader) : null;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, string tensor, string what)
    {
        reader.Read();
        if (reader.TokenType != token)
        {
            throw SafetensorsError.Of(tensor, $"expected {what}, got {TokenText(ref reader)}");
        }
    }

    private static T Given<T>(T? value, string tensor, string key)
        where T : class => value ?? throw SafetensorsError.Of(tensor, $"expected a {key}, got none");

    // The bytes are UTF-8, but an escape such as \uD800 alone is still no text.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException damage)
        {
            throw new FormatException("safetensors header: expected strings of Unicode text, got half a surrogate pair", damage);
        }
    }

    private static string TokenText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => SafetensorsError.Shorten(System.Text.Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.String => SafetensorsError.Quote(Text(ref reader)),
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}
