using System.Globalization;
using System.Text;

namespace RnnGen.Formats.C;

/// <summary>A C file while it is written: its constants, the fields of its state, and the statements of a step.</summary>
internal sealed class CText
{
    // A line of numbers.
    private const int NumbersPerLine = 8;

    private readonly StringBuilder _constants = new(), _fields = new(), _reset = new(), _step = new();
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);
    private int _values;

    /// <summary>The functions that it calls.</summary>
    public CFunctions Functions { get; } = new();

    /// <summary>Declarations of the weights.</summary>
    public string Constants => _constants.ToString();

    /// <summary>Fields of the state.</summary>
    public string Fields => _fields.ToString();

    /// <summary>Statements that set a state to its first values.</summary>
    public string Reset => _reset.ToString();

    /// <summary>Statements of a step.</summary>
    public string Step => _step.ToString();

    /// <summary>The size of a vector.</summary>
    public int SizeOf(string vector) => _sizes[vector];

    /// <summary>Says the size of a vector that is there.</summary>
    public string Known(string vector, int size)
    {
        _sizes[vector] = size;
        return vector;
    }

    /// <summary>Declares a vector that a function fills, and calls the function.</summary>
    public string Value(int size, string function, params IEnumerable<string> arguments)
    {
        string name = Known($"v{_values++}", size);
        Line($"float {name}[{size}];");
        Line(Functions.Call(function, arguments.Prepend(name)));
        return name;
    }

    /// <summary>A statement of a step.</summary>
    public void Line(string statement) => _step.Append("    ").Append(statement).Append('\n');

    /// <summary>A constant array.</summary>
    public string Constant(string name, IReadOnlyList<float> values)
    {
        string identifier = Name(name);
        _constants.Append(CultureInfo.InvariantCulture, $"static const float {identifier}[{values.Count}] = {{\n");
        for (int at = 0; at < values.Count; at += NumbersPerLine)
            _constants.Append("    ").AppendJoin(", ", values.Skip(at).Take(NumbersPerLine).Select(Number)).Append(",\n");
        _constants.Append("};\n\n");
        return Known(identifier, values.Count);
    }

    /// <summary>A field of the state, zero at first unless it begins with a constant.</summary>
    public string State(string name, int size, string? first = null)
    {
        string field = Name(name);
        _fields.Append(CultureInfo.InvariantCulture, $"    float {field}[{size}];\n");
        _reset.Append(CultureInfo.InvariantCulture, $"    for (int i = 0; i < {size}; i++)\n        state->{field}[i] = {(first is null ? "0.0f" : $"{first}[i]")};\n");
        return Known("state->" + field, size);
    }

    /// <summary>Copies a vector over another when all of the step's new states are known.</summary>
    public void Copy(string to, string from) => Line($"for (int i = 0; i < {SizeOf(to)}; i++) {to}[i] = {from}[i];");

    /// <summary>A number in C.</summary>
    public static string Number(float value)
    {
        if (!float.IsFinite(value))
            throw new FormatException($"expected finite weights, got {value}, which C99 has no constant for");
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return (text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text) + "f";
    }

    /// <summary>A layer's or parameter's name as an identifier.</summary>
    public static string Name(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')) is var made && char.IsAsciiDigit(made[0])
        ? "_" + made
        : made;
}
