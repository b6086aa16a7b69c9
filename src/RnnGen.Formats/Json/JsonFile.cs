using System.Text.Json;
using System.Text.Unicode;

namespace RnnGen.Formats;

/// <summary>A file as JSON: what kind of JSON it is, cheaply, and all of it.</summary>
internal static class JsonFile
{
    /// <summary>Objects and arrays within each other. Readers of such files go no deeper either.</summary>
    private const int MaxDepth = 64;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// The names of the members of a file's root object, as far as the file is sound: a damaged file is still of its format, whose reader says what is wrong.
    /// Empty for anything but an object.
    /// </summary>
    public static IReadOnlyList<string> RootMembers(ModelFile file)
    {
        ReadOnlySpan<byte> text = Content(file).Span;
        if (!text.TrimStart(" \t\r\n"u8).StartsWith((byte)'{'))
            return [];
        List<string> names = [];
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(reader.GetString()!);
                reader.Read();
                reader.Skip();
            }
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name is not a valid text.
        }

        return names;
    }

    /// <summary>The file's root.</summary>
    /// <exception cref="FormatException">It is not JSON, has two members of one name in an object, or is nested too deeply.</exception>
    public static JsonValue Parse(ModelFile file) => new(Parse(Content(file)), "");

    /// <summary>The root of a text.</summary>
    /// <inheritdoc cref="Parse(ModelFile)"/>
    public static JsonElement Parse(ReadOnlyMemory<byte> text)
    {
        if (!Utf8.IsValid(text.Span))
            throw new FormatException("expected JSON in UTF-8, got other bytes");
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
            return JsonElement.Parse(text.Span, options);
        }
        catch (JsonException damage)
        {
            // The exception's own message ends with the position, counted from 0.
            string reason = damage.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            string place = damage.LineNumber is { } line ? $"line {line + 1}, byte {damage.BytePositionInLine + 1}: " : "";
            throw new FormatException($"{place}expected JSON, got something else: {Text.Shorten(reason, 200)}", damage);
        }
        catch (InvalidOperationException damage)
        {
            throw new FormatException($"expected names of valid text, got something else: {Text.Shorten(damage.Message, 200)}", damage);
        }
    }

    private static ReadOnlyMemory<byte> Content(ModelFile file) => file.StartsWith(ByteOrderMark) ? file.Bytes.AsMemory(ByteOrderMark.Length) : file.Bytes;
}
