using System.Text;

namespace RnnGen.Generator.Emit;

/// <summary>Writes indented C#, always with \n.</summary>
internal sealed class CodeWriter
{
    private const int LineWidth = 160;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or an empty one.</summary>
    public CodeWriter Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(' ', 4 * _depth).Append(text);
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes several lines, each at the current depth.</summary>
    public CodeWriter Lines(string text)
    {
        foreach (string line in text.Split('\n'))
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

    /// <summary>Writes a call, on one line where it fits.</summary>
    public CodeWriter Call(string method, IReadOnlyList<string> arguments)
    {
        string line = $"{method}({string.Join(", ", arguments)});";
        if (line.Length + (4 * _depth) <= LineWidth)
            return Line(line);
        Line(method + "(");
        _depth++;
        for (int index = 0; index < arguments.Count; index++)
            Line(arguments[index] + (index == arguments.Count - 1 ? ");" : ","));
        _depth--;
        return this;
    }

    /// <summary>Writes a method's header and opening brace, its parameters on one line where they fit; disposing writes the closing one.</summary>
    public Scope Method(string header, IReadOnlyList<string> parameters)
    {
        string line = $"{header}({string.Join(", ", parameters)})";
        if (line.Length + (4 * _depth) <= LineWidth)
            return Block(line);
        Line(header + "(");
        _depth++;
        for (int index = 0; index < parameters.Count; index++)
            Line(parameters[index] + (index == parameters.Count - 1 ? ")" : ","));
        _depth--;
        return Open();
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
        return new Scope(this, braced: true);
    }

    /// <summary>Writes an opening brace; disposing writes the closing one.</summary>
    public Scope Scoped() => Open();

    /// <summary>The same where the header is there, and nothing where it is not.</summary>
    public Scope BlockIf(string? header) => header is null ? new Scope(this, braced: false) : Block(header);

    /// <summary>Writes an empty line between members, but not before the first.</summary>
    public CodeWriter Gap()
    {
        int end = _text.Length;
        bool opening = end >= 2 && _text[end - 2] == '{';
        bool empty = end >= 2 && _text[end - 2] == '\n';
        return opening || empty ? this : Line();
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Scope(CodeWriter writer, bool braced) : IDisposable
    {
        public void Dispose()
        {
            if (!braced)
                return;
            writer._depth--;
            writer.Line("}");
        }
    }
}
