using System.Text;
using RnnGen.Runtime;

namespace System.Runtime.CompilerServices;

/// <summary>
/// What the compiler makes <c>$"…"</c> of in this assembly: it takes a type of this name from the project before .NET's own. That one writes numbers in the
/// current culture ("−0,5"), which messages, files and names must not depend on; this one cannot.
/// </summary>
[InterpolatedStringHandler]
internal struct DefaultInterpolatedStringHandler
{
    // Per value, as .NET's own reckons.
    private const int GuessedLength = 11;

    private readonly StringBuilder _text;
    private StringBuilder.AppendInterpolatedStringHandler _values;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        _text = new StringBuilder(literalLength + (formattedCount * GuessedLength));
        _values = new StringBuilder.AppendInterpolatedStringHandler(literalLength, formattedCount, _text, InvariantNumbers.Format);
    }

    public void AppendLiteral(string value) => _values.AppendLiteral(value);

    public void AppendFormatted(string? value) => _values.AppendFormatted(value);

    public void AppendFormatted(ReadOnlySpan<char> value) => _values.AppendFormatted(value);

    public void AppendFormatted<T>(T value)
    {
        // A number that has no name in its enumeration would have the sign of the current culture.
        if (value is Enum && Enum.GetName(value.GetType(), value) is null) // T may be nullable
            _values.AppendFormatted(((IConvertible)value).ToInt64(InvariantNumbers.Format));
        else
            _values.AppendFormatted(value);
    }

    public void AppendFormatted<T>(T value, string? format) => _values.AppendFormatted(value, format);

    public void AppendFormatted<T>(T value, int alignment) => _values.AppendFormatted(value, alignment);

    public void AppendFormatted<T>(T value, int alignment, string? format) => _values.AppendFormatted(value, alignment, format);

    public readonly string ToStringAndClear() => _text.ToString();
}
