using System.Text;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Writes indented C#, always with \n. A level is a tab: kernels stand deep in loops, and with spaces a quarter of what the compiler and the editor read would
/// be spaces.
/// </summary>
internal sealed class CodeWriter(TypeNames names)
{
    private const int LineWidth = 160;

    /// <summary>Columns of a level, as most editors show it.</summary>
    private const int LevelWidth = 4;

    private readonly StringBuilder _text = new();
    private int _depth;
    private int _methods;

    /// <summary>Writes a line, or an empty one.</summary>
    public CodeWriter Line(string text = "")
    {
        text = names.Write(_methods > 0 ? text : LocalName.Write(text));
        int depth = _depth;
        for (int end; _methods > 0 && IsTooLong(text) && (end = Break(text)) > 0; text = text.Substring(end).TrimStart(' '))
        {
            Put(text.Substring(0, end).TrimEnd(' '));
            _depth = depth + 1;
        }

        Put(text);
        _depth = depth;
        return this;
    }

    private void Put(string text)
    {
        int spaces = text.Length - text.TrimStart(' ').Length;
        if (text.Length > 0)
            _text.Append('\t', _depth + (spaces / LevelWidth)).Append(' ', spaces % LevelWidth).Append(text, spaces, text.Length - spaces);
        _text.Append('\n');
    }

    private bool IsTooLong(string text) => LocalName.Width(text) + (LevelWidth * _depth) > LineWidth && !text.StartsWith("//", StringComparison.Ordinal);

    /// <summary>Where a statement goes on in another line: after a comma or before a plus, as far out of brackets as may be; 0 if nowhere.</summary>
    private int Break(string text)
    {
        int columns = LevelWidth * _depth, depth = 0, fewest = int.MaxValue, end = 0;
        for (int at = 0, next; at < text.Length && columns < LineWidth; at = next)
        {
            next = Math.Max(at + 1, LocalName.EndOf(text, at));
            columns += LocalName.Width(text.Substring(at, next - at));
            depth += text[at] is '(' or '[' ? 1 : text[at] is ')' or ']' ? -1 : 0;
            if (depth <= fewest && (text[at] == ',' || string.CompareOrdinal(text, next, "+ ", 0, 2) == 0))
                (fewest, end) = (depth, next);
        }

        return end;
    }

    /// <summary>Writes several lines, each at the current depth.</summary>
    public CodeWriter Lines(string text)
    {
        foreach (string line in text.Split('\n'))
            if (line.Length == 0 || line.Any(character => character != ' ')) // A part that is left out leaves its indentation.
                Line(line);
        return this;
    }

    /// <summary>Writes each line of a list.</summary>
    public CodeWriter Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Line(line);
        return this;
    }

    /// <summary>Writes the declaration of a local, whose type is that of its value.</summary>
    public CodeWriter Local(string type, string name, string value) => Line($"{(names.NamesTypes ? type : ShortNames.Inferred)} {name} = {value};");

    /// <summary>Writes a call, on as few lines as hold it.</summary>
    public CodeWriter Call(string method, IReadOnlyList<string> arguments) => List(method + "(", arguments, ");");

    /// <summary>Writes the declaration of several things of one type, on as few lines as hold it.</summary>
    public CodeWriter List(string declaration, IReadOnlyList<string> items) => List(declaration + " ", items, ";");

    /// <summary>Writes a method's header and opening brace, its parameters on as few lines as hold them; disposing writes the closing one.</summary>
    public Scope Method(string header, IReadOnlyList<string> parameters, string? constraint = null)
    {
        int start = _text.Length;
        _methods++;
        List(header + "(", parameters, ")");
        if (constraint is not null)
        {
            _depth++;
            Line(constraint);
            _depth--;
        }

        Line("{");
        _depth++;
        return new Scope(this, levels: 1, braced: true, start);
    }

    private CodeWriter List(string head, IReadOnlyList<string> items, string end)
    {
        string line = head;
        int depth = _depth;
        for (int index = 0; index < items.Count; index++)
        {
            string item = items[index] + (index == items.Count - 1 ? end : ",");
            bool first = index == 0 || line.Length == 0;
            if (LocalName.Width(line) + LocalName.Width(item) + 1 + (LevelWidth * _depth) > LineWidth && line.Length > 0)
            {
                Line(line);
                _depth = depth + 1;
                (line, first) = ("", true);
            }

            line += (first ? "" : " ") + item;
        }

        Line(items.Count == 0 ? line + end : line);
        _depth = depth;
        return this;
    }

    /// <summary>Writes a header and an opening brace; disposing writes the closing one.</summary>
    public Scope Block(string header)
    {
        Line(header);
        return Open();
    }

    private Scope Open()
    {
        Line("{");
        _depth++;
        return new Scope(this, levels: 1, braced: true);
    }

    /// <summary>Writes an opening brace; disposing writes the closing one.</summary>
    public Scope Scoped() => Open();

    /// <summary>The same where the header is there, and nothing where it is not.</summary>
    public Scope BlockIf(string? header) => header is null ? new Scope(this, levels: 0, braced: false) : Block(header);

    /// <summary>Writes a header that one statement follows, without braces; nothing where it is not there.</summary>
    public Scope OneStatement(string? header)
    {
        if (header is null)
            return new Scope(this, levels: 0, braced: false);
        Line(header);
        _depth++;
        return new Scope(this, levels: 1, braced: false);
    }

    /// <summary>Writes an empty line between members, but not before the first.</summary>
    public CodeWriter Gap()
    {
        int end = _text.Length;
        bool opening = end >= 2 && _text[end - 2] == '{';
        bool empty = end >= 2 && _text[end - 2] == '\n';
        return opening || empty ? this : Line();
    }

    public override string ToString() => _text.ToString();

    /// <summary>Gives the locals of a method, which is whole, their names.</summary>
    private void EndMethod(int start)
    {
        _methods--;
        string method = _text.ToString(start, _text.Length - start);
        _text.Length = start;
        _text.Append(LocalName.Write(method));
    }

    internal readonly struct Scope(CodeWriter writer, int levels, bool braced, int method = -1) : IDisposable
    {
        public void Dispose()
        {
            writer._depth -= levels;
            if (braced)
                writer.Line("}");
            if (method >= 0)
                writer.EndMethod(method);
        }
    }
}
