using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>Reads JSON that a file holds.</summary>
internal static class KerasJson
{
    /// <summary>The document of a text.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="json">The text.</param>
    public static JsonElement Parse(string what, string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new FormatException($"{what}: expected a JSON object, got {document.RootElement.ValueKind}");
        }
        catch (JsonException damage)
        {
            throw new FormatException($"{what}: {Formats.Text.Shorten(damage.Message, 300)}", damage);
        }
    }

    /// <summary>A text that must be there.</summary>
    public static string Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"expected an object with a text {name}, got {Formats.Text.Shorten(entry.GetRawText())}");

    /// <summary>A list; null where there is none.</summary>
    public static IReadOnlyList<JsonElement>? List(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : null;
}
