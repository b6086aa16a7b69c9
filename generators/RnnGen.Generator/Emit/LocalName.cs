using System.Text;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Names of locals that kernels make from the names of a cell: of a value, of its rows, of the vectors of its sum. Emitters write them with their identity, and
/// a method's text gets them when it is whole: each is called as it wants to be, unless the method has that word of its own, or another local has it. So a cell
/// may call its values what it likes, and no emitter has to know what others call theirs.
/// </summary>
internal static class LocalName
{
    /// <summary>What such a name begins with, where its identity ends, and its end; what joins the parts of an identity.</summary>
    private const char Begin = '\u0001', Wanted = '\u0002', End = '\u0003', Joint = '\u0004';

    /// <summary>The local for a value, or for something of it.</summary>
    /// <param name="value">The name of the value.</param>
    /// <param name="suffix">What of it: <c>Row</c>.</param>
    public static string Of(string value, string suffix = "") => Name(value + Joint + suffix, Names.Plain(value) + suffix);

    /// <summary>The local for something of another one.</summary>
    public static string Of(string value, string suffix, string other) => Name(value + Joint + suffix + Joint + Identity(other), Names.Plain(value) + Names.Pascal(Text(other)) + suffix);

    /// <summary>The local that belongs to another one, and is called like it with a suffix.</summary>
    public static string Beside(string local, string suffix) => Name(Identity(local) + Joint + suffix, Text(local) + suffix);

    /// <summary>Where such a name, which begins at a place of a text, ends; the place itself where none begins there.</summary>
    public static int EndOf(string text, int start) => text[start] == Begin ? text.IndexOf(End, start) + 1 : start;

    /// <summary>Columns of a text.</summary>
    public static int Width(string text)
    {
        int width = text.Length;
        for (int start = text.IndexOf(Begin); start >= 0; start = text.IndexOf(Begin, start + 1))
            width -= text.IndexOf(Wanted, start) - start + 2;
        return width;
    }

    /// <summary>A method's text, or a line's, with its locals' names.</summary>
    public static string Write(string text)
    {
        if (text.IndexOf(Begin) < 0)
            return text;
        var taken = new HashSet<string>(Words(text), StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var written = new StringBuilder(text.Length);
        int copied = 0;
        for (int start = text.IndexOf(Begin); start >= 0; start = text.IndexOf(Begin, copied))
        {
            int end = EndOf(text, start);
            string local = text.Substring(start, end - start);
            if (!names.TryGetValue(local, out string? name))
                names.Add(local, name = Free(Text(local), taken));
            written.Append(text, copied, start - copied).Append(Names.Identifier(name));
            copied = end;
        }

        return written.Append(text, copied, text.Length - copied).ToString();
    }

    private static string Free(string wanted, HashSet<string> taken)
    {
        string name = wanted;
        for (int number = 2; !taken.Add(name); number++)
            name = $"{wanted}_{Names.Number(number)}";
        return name;
    }

    /// <summary>The words that are no such names; those of comments mean nothing.</summary>
    public static IEnumerable<string> Words(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = EndOf(text, at);
            if (end > at)
                at = end;
            else if (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '/')
                at = text.IndexOf('\n', at) is var line and >= 0 ? line : text.Length;
            else if (!IsPartOfName(text[at]))
                at++;
            else
            {
                while (end < text.Length && IsPartOfName(text[end]))
                    end++;
                yield return text.Substring(at, end - at);
                at = end;
            }
        }
    }

    private static bool IsPartOfName(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static string Name(string identity, string wanted) => $"{Begin}{identity}{Wanted}{wanted}{End}";

    private static string Identity(string local) => local.Substring(1, local.IndexOf(Wanted) - 1);

    private static string Text(string local) => local.Substring(local.IndexOf(Wanted) + 1).TrimEnd(End);
}
