namespace RnnGen.Formats;

/// <summary>Words messages. What a file says of itself is shown short and on one line.</summary>
internal static class Text
{
    private const int Longest = 100;

    /// <summary>At most so many characters, none of them a control character or another one that ends a line of C#.</summary>
    public static string Shorten(string text, int longest = Longest)
    {
        string start = text.Length <= longest ? text : text[..longest] + "...";
        return new string([.. start.Select(character =>
            char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' ? '?' : character)]);
    }

    /// <summary>A text of a file in quotation marks.</summary>
    public static string Quote(string text) => $"\"{Shorten(text)}\"";

    /// <summary>A shape: <c>[256, 20]</c>.</summary>
    public static string Shape(IEnumerable<int> shape) => Shorten($"[{string.Join(", ", shape)}]");
}
