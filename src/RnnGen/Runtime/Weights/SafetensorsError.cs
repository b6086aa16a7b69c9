namespace RnnGen.Runtime;

/// <summary>Words messages about safetensors files. What a file says of itself is shown short and on one line.</summary>
internal static class SafetensorsError
{
    private const int Longest = 100;

    /// <summary>An error that names a tensor.</summary>
    public static FormatException Of(string tensor, string message) => new($"tensor {Quote(tensor)}: {message}");

    /// <summary>A name.</summary>
    public static string Quote(string text) => $"\"{Shorten(text)}\"";

    /// <summary>A shape: <c>[256, 20]</c>.</summary>
    /// <remarks>Joining the numbers themselves would ask for the current culture, which ends a program where .NET finds no ICU library.</remarks>
    public static string Shape(IEnumerable<long> shape) => Shorten($"[{string.Join(", ", shape.Select(size => $"{size}"))}]");

    /// <summary>At most so many characters, none of them a control character.</summary>
    public static string Shorten(string text, int longest = Longest)
    {
        string start = text.Length <= longest ? text : text[..longest] + "...";
        return string.Create(start.Length, start, (shown, from) =>
        {
            for (int i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
    }
}
