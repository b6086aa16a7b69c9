using System.Text;

namespace RnnGen.Generator.Emit;

/// <summary>Writes indented C#, always with \n.</summary>
internal sealed class CodeWriter
{
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

    /// <summary>Writes a header and an opening brace; disposing writes the closing one.</summary>
    public Scope Block(string header)
    {
        Line(header).Line("{");
        _depth++;
        return new Scope(this, braced: true);
    }

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
