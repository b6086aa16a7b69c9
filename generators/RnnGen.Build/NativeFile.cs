using System.Text;

namespace RnnGen.Build;

/// <summary>A file for callers from other languages, which the generator has hidden in the comments of a C# file.</summary>
/// <param name="Name">What it is to be called, no folder.</param>
/// <param name="Text">Its text.</param>
public sealed record NativeFile(string Name, string Text)
{
    private const string FirstLine = "// rnngen-file: ";
    private const string Line = "//| ";
    private const string EmptyLine = "//|";

    /// <summary>Takes it out of the lines of a C# file.</summary>
    /// <param name="lines">One that names the file, then one for each of its lines.</param>
    /// <exception cref="InvalidDataException">The lines are others.</exception>
    public static NativeFile Parse(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || !lines[0].StartsWith(FirstLine, StringComparison.Ordinal))
            throw new InvalidDataException($"line 1: expected '{FirstLine}' and a file's name");

        string name = lines[0].Substring(FirstLine.Length).Trim();
        if (name.Length == 0 || name is "." or ".." || name != Path.GetFileName(name) || name.IndexOfAny(['/', '\\', ':']) >= 0)
            throw new InvalidDataException($"line 1: '{name}' is no file's name");

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
