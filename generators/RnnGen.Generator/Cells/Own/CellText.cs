using System.Text;

namespace RnnGen.Generator.Cells.Own;

/// <summary>A definition of equations as text, for the metadata of an assembly and as a value that the incremental pipeline can compare.</summary>
internal static class CellText
{
    /// <summary>The version of the text. A generator reads its own version and refuses a later one.</summary>
    public const int Version = 1;

    /// <summary>How deep a definition may nest.</summary>
    public const int MaxDepth = 200;

    /// <summary>The text of a definition: <c>(Kind "text" children…)</c>.</summary>
    public static string Write(CellNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    /// <summary>The definition of a text.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static CellNode Read(string text)
    {
        int at = 0;
        var node = Read(text, ref at, 0);
        return at == text.Length ? node.Number() : throw Refuse(at, "the end");
    }

    private static void Write(CellNode node, StringBuilder text)
    {
        text.Append('(').Append(node.Kind.ToString());
        if (node.Text.Length > 0)
            text.Append(" \"").Append(node.Text.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
        foreach (var child in node.Children)
            Write(child, text);
        text.Append(')');
    }

    private static CellNode Read(string text, ref int at, int depth)
    {
        if (depth >= MaxDepth)
            throw Refuse(at, $"no more than {MaxDepth} levels");
        Take(text, ref at, '(');
        int first = at;
        while (at < text.Length && char.IsLetter(text[at]))
            at++;
        if (!Enum.TryParse<NodeKind>(text.Substring(first, at - first), out var kind))
            throw Refuse(first, "what an operation is called");
        string own = "";
        if (at < text.Length && text[at] == ' ')
        {
            at++;
            own = ReadString(text, ref at);
        }

        var children = new List<CellNode>();
        while (at < text.Length && text[at] == '(')
            children.Add(Read(text, ref at, depth + 1));
        Take(text, ref at, ')');
        return new CellNode(kind, own, children);
    }

    private static string ReadString(string text, ref int at)
    {
        Take(text, ref at, '"');
        var value = new StringBuilder();
        for (; at < text.Length && text[at] != '"'; at++)
            value.Append(text[at] == '\\' && at + 1 < text.Length ? text[++at] : text[at]);
        Take(text, ref at, '"');
        return value.ToString();
    }

    private static void Take(string text, ref int at, char expected)
    {
        if (at >= text.Length || text[at] != expected)
            throw Refuse(at, $"'{expected}'");
        at++;
    }

    private static FormatException Refuse(int at, string expected) => new($"at character {Ir.Names.Number(at)}, expected {expected}");
}
