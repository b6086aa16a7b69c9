using System.Globalization;
using System.Text;

namespace RnnGen.Generator.Weights;

/// <summary>Reads the JSON of a safetensors header front to back. A generator brings no library along, and netstandard2.0 has no reader.</summary>
/// <param name="text">The JSON.</param>
internal sealed class JsonReader(string text)
{
    // Deeper than any header; keeps hostile text from filling the stack.
    private const int MaxDepth = 8;

    private int _position;
    private int _depth;

    /// <summary>Reads an object; <paramref name="member"/> is called with each name and reads the value.</summary>
    public void Object(Action<string> member) => Sequence('{', '}', () =>
    {
        var name = Text();
        Expect(':');
        member(name);
    });

    /// <summary>Reads a list; <paramref name="item"/> reads each item.</summary>
    public void List(Action item) => Sequence('[', ']', item);

    /// <summary>Reads a string.</summary>
    public string Text()
    {
        Expect('"');
        var value = new StringBuilder();
        while (true)
        {
            var next = Take();
            if (next == '"')
                return value.ToString();
            if (next < ' ')
                throw Unexpected("a string without control characters", next);
            value.Append(next == '\\' ? Escaped() : next);
        }
    }

    /// <summary>Reads a whole number that is not negative.</summary>
    public long Integer()
    {
        var number = Word();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"expected a whole number, got {(number.Length > 0 ? number : "none")} at character {Position}");
    }

    /// <summary>Reads a value of any kind.</summary>
    public void Skip()
    {
        switch (Peek())
        {
            case '{':
                Object(_ => Skip());
                break;
            case '[':
                List(Skip);
                break;
            case '"':
                Text();
                break;
            default:
                if (Word().Length == 0)
                    throw Unexpected("a value", Take());
                break;
        }
    }

    /// <summary>Whether nothing follows; the format pads headers with spaces.</summary>
    public bool IsAtEnd => Peek() is null;

    /// <summary>Sees that nothing follows.</summary>
    public void End()
    {
        if (Peek() is { } more)
            throw Unexpected("the end", more);
    }

    private string Position => _position.ToString(CultureInfo.InvariantCulture);

    private void Sequence(char open, char close, Action item)
    {
        Expect(open);
        if (++_depth > MaxDepth)
        {
            throw new FormatException(
                FormattableString.Invariant($"expected at most {MaxDepth} levels of lists and objects, got more at character {_position}"));
        }

        if (Peek() == close)
        {
            Take();
        }
        else
        {
            do
            {
                item();
            }
            while (TakeIf(','));
            Expect(close);
        }

        _depth--;
    }

    private char Escaped()
    {
        var escape = Take();
        return escape switch
        {
            '"' or '\\' or '/' => escape,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Unicode(),
            _ => throw Unexpected("an escape", escape),
        };
    }

    private char Unicode()
    {
        const int Digits = 4;
        var digits = text.Substring(_position, Math.Min(Digits, text.Length - _position));
        _position += digits.Length;
        return digits.Length == Digits && ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : throw new FormatException($"expected four hexadecimal digits, got '{digits}' at character {Position}");
    }

    /// <summary>A number, or <c>true</c>, <c>false</c>, <c>null</c>: what is written without quotes.</summary>
    private string Word()
    {
        Peek();
        var start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] is '-' or '+' or '.'))
            _position++;
        return text.Substring(start, _position - start);
    }

    private bool TakeIf(char wanted)
    {
        var found = Peek() == wanted;
        if (found)
            _position++;
        return found;
    }

    private void Expect(char wanted)
    {
        if (!TakeIf(wanted))
            throw Unexpected($"'{wanted}'", Take());
    }

    /// <summary>The next character that is not a white space; null at the end.</summary>
    private char? Peek()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\n' or '\r')
            _position++;
        return _position < text.Length ? text[_position] : null;
    }

    private char Take() => _position < text.Length
        ? text[_position++]
        : throw new FormatException($"expected more, got the end at character {Position}");

    private FormatException Unexpected(string expected, char got) => new($"expected {expected}, got '{got}' at character {Position}");
}
