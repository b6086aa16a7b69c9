using System.Text;

namespace RnnGen.Build;

/// <summary>A file for callers from other languages, which the generator embeds in the comments of a C# file.</summary>
/// <param name="Name">Its file name, without a folder.</param>
/// <param name="Text">Its content.</param>
public sealed record NativeFile(string Name, string Text)
{
    private const string FirstLine = "// rnngen-file: ";
    private const string Line = "//| ";
    private const string EmptyLine = "//|";

    /// <summary>Extracts it from the lines of a C# file.</summary>
    /// <param name="lines">A line that names the file, then one for each of the file's lines.</param>
    /// <exception cref="InvalidDataException">The lines have another form.</exception>
    public static NativeFile Parse(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || !lines[0].StartsWith(FirstLine, StringComparison.Ordinal))
            throw new InvalidDataException($"line 1: expected '{FirstLine}' and a file's name");

        string name = lines[0].Substring(FirstLine.Length).Trim();
        if (name.Length == 0 || name is "." or ".." || name != Path.GetFileName(name) || name.IndexOfAny(['/', '\\', ':']) >= 0)
            throw new InvalidDataException($"line 1: '{name}' is not a file name");

        var text = new StringBuilder();
        for (int i = 1; i < lines.Count; i++)
        {
            if (lines[i].StartsWith(Line, StringComparison.Ordinal))
                text.Append(lines[i], Line.Length, lines[i].Length - Line.Length);
            else if (lines[i] != EmptyLine)
                throw new InvalidDataException($"line {i + 1}: expected '{Line}' and a line of {name}, got '{lines[i]}'");
            text.Append('\n');
        }

        return new NativeFile(name, text.ToString());
    }
}
