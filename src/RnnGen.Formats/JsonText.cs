using System.Text.Json;

namespace RnnGen.Formats;

/// <summary>Parses JSON of files that no one need trust.</summary>
internal static class JsonText
{
    /// <summary>The document of a text. All names and texts in it are sound, which the parser itself finds out when it is asked for one.</summary>
    /// <param name="text">In UTF-8.</param>
    /// <param name="place">What it is, for messages.</param>
    /// <exception cref="FormatException">It is no JSON, or has a character that is none.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text, string place)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(text);
            CheckTexts(document.RootElement);
            return document;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            document?.Dispose();
            throw new FormatException($"{place}: {Text.Shorten(damage.Message)}", damage);
        }
    }

    /// <remarks>The parser lets objects be 64 deep in each other, so that this ends.</remarks>
    private static void CheckTexts(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            element.GetString();
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in element.EnumerateArray())
                CheckTexts(item);
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty property in element.EnumerateObject())
            {
                _ = property.Name;
                CheckTexts(property.Value);
            }
    }
}
