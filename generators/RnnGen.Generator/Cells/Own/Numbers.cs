using System.Globalization;

namespace RnnGen.Generator.Cells.Own;

/// <summary>A member of an enumeration, as a definition of equations knows it.</summary>
/// <param name="Name">The member's name, or its number where it has none.</param>
internal sealed record EnumValue(string Name)
{
    public override string ToString() => Name;
}

/// <summary>The arithmetic of what is known at compile time: C#'s, by the types of the operands.</summary>
internal static class Numbers
{
    /// <summary>The value of a literal; null for what is none.</summary>
    public static object? Literal(CellNode node) => node.Kind switch
    {
        NodeKind.Int => int.Parse(node.Text, CultureInfo.InvariantCulture),
        NodeKind.Long => long.Parse(node.Text, CultureInfo.InvariantCulture),
        NodeKind.Float => float.Parse(node.Text, CultureInfo.InvariantCulture),
        NodeKind.Double => double.Parse(node.Text, CultureInfo.InvariantCulture),
        NodeKind.Bool => node.Text == "true",
        NodeKind.String => node.Text,
        NodeKind.Enum => new EnumValue(node.Text),
        _ => null,
    };

    public static bool AreEqual(object? left, object? right) =>
        left is null || right is null ? left is null && right is null
        : Rank(left) >= 0 && Rank(right) >= 0 ? Rank(left) <= 1 && Rank(right) <= 1 ? ToLong(left) == ToLong(right) : ToDouble(left) == ToDouble(right)
        : left.Equals(right);

    public static object? Unary(string name, object? value, Func<string, string, Exception> refuse) => (name, value) switch
    {
        ("!", bool truth) => !truth,
        ("+", int or long or float or double) => value,
        ("-", int number) => -number,
        ("-", long number) => -number,
        ("-", float number) => -number,
        ("-", double number) => -number,
        _ => throw refuse($"there is no operator {name} of {Type(value)}", "rewrite the arithmetic"),
    };

    public static object? Binary(string name, object? left, object? right, Func<string, string, Exception> refuse)
    {
        if (name is "==" or "!=")
            return AreEqual(left, right) == (name == "==");
        if (name == "+" && (left is string || right is string))
            return System.Convert.ToString(left, CultureInfo.InvariantCulture) + System.Convert.ToString(right, CultureInfo.InvariantCulture);
        if (left is bool first && right is bool second && name is "&" or "|" or "^")
            return name switch { "&" => (bool)left! & (bool)right!, "|" => (bool)left! | (bool)right!, _ => (bool)left! ^ (bool)right! };
        try
        {
            return (Math.Max(Rank(left), Rank(right)), Math.Min(Rank(left), Rank(right))) switch
            {
                (_, < 0) => null,
                (0, _) => Whole(name, (int)left!, (int)right!) is { } whole ? whole is long number ? (object)checked((int)number) : whole : null,
                (1, _) => Whole(name, ToLong(left), ToLong(right)),
                (2, _) => Real(name, ToFloat(left), ToFloat(right)) is { } real ? real is double number ? (object)(float)number : real : null,
                _ => Real(name, ToDouble(left), ToDouble(right)),
            } ?? throw refuse($"there is no operator {name} of {Type(left)} and {Type(right)}", "rewrite the arithmetic");
        }
        catch (Exception problem) when (problem is DivideByZeroException or OverflowException)
        {
            throw refuse($"{left} {name} {right} has no value: {problem.Message.TrimEnd('.')}", "change the options or the arithmetic");
        }
    }

    /// <summary>A number as another type.</summary>
    public static object? Convert(string type, object? value, Func<string, string, Exception> refuse) => type switch
    {
        _ when value is null || Rank(value) < 0 => value,
        "Int32" => value is int or long ? (int)ToLong(value) : (int)ToDouble(value),
        "Int64" => value is int or long ? ToLong(value) : (long)ToDouble(value),
        "Single" => ToFloat(value),
        "Double" => ToDouble(value),
        _ => throw refuse($"there is a conversion to {type}", "use int, float or double"),
    };

    /// <summary>A function of numbers by its name in <c>System.Math</c>.</summary>
    public static object Function(string name, IReadOnlyList<object?> values, Func<string, string, Exception> refuse)
    {
        bool isWhole = name is "Abs" or "Max" or "Min" && values.All(value => Rank(value) is 0 or 1);
        if (values.Any(value => Rank(value) < 0) || values.Count > (name is "Max" or "Min" or "Pow" or "Log" ? 2 : 1))
            throw refuse($"Math.{name} is not computed at compile time with these arguments", "write a constant");
        double x = ToDouble(values[0]), y = values.Count > 1 ? ToDouble(values[1]) : 0;
        object result = name switch
        {
            "Sqrt" => Math.Sqrt(x),
            "Exp" => Math.Exp(x),
            "Log" => values.Count > 1 ? Math.Log(x, y) : Math.Log(x),
            "Log10" => Math.Log10(x),
            "Pow" => Math.Pow(x, y),
            "Sin" => Math.Sin(x),
            "Cos" => Math.Cos(x),
            "Tan" => Math.Tan(x),
            "Tanh" => Math.Tanh(x),
            "Atan" => Math.Atan(x),
            "Floor" => Math.Floor(x),
            "Ceiling" => Math.Ceiling(x),
            "Round" => Math.Round(x),
            "Abs" => Math.Abs(x),
            "Max" => Math.Max(x, y),
            "Min" => Math.Min(x, y),
            _ => throw refuse($"Math.{name} is not computed at compile time", "write a constant"),
        };
        return isWhole ? values.All(value => value is int) ? (int)(double)result : (object)(long)(double)result
            : values.All(value => value is int or float) && values.Any(value => value is float) ? (float)(double)result
            : result;
    }

    private static object? Whole(string name, long left, long right) => name switch
    {
        "+" => checked(left + right),
        "-" => checked(left - right),
        "*" => checked(left * right),
        "/" => left / right,
        "%" => left % right,
        "<<" => left << (int)right,
        ">>" => left >> (int)right,
        "&" => left & right,
        "|" => left | right,
        _ => Comparison(name, left.CompareTo(right)),
    };

    private static object? Real(string name, double left, double right) => name switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        "%" => left % right,
        "<" => left < right,
        ">" => left > right,
        "<=" => left <= right,
        ">=" => left >= right,
        _ => null,
    };

    private static object? Comparison(string name, int order) => name switch
    {
        "<" => order < 0,
        ">" => order > 0,
        "<=" => order <= 0,
        ">=" => order >= 0,
        _ => null,
    };

    private static int Rank(object? value) => value switch { int => 0, long => 1, float => 2, double => 3, _ => -1 };

    private static long ToLong(object? value) => value is int number ? number : (long)value!;

    private static float ToFloat(object? value) => System.Convert.ToSingle(value, CultureInfo.InvariantCulture);

    private static double ToDouble(object? value) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Type(object? value) => value switch { null => "nothing", EnumValue => "an enumeration", _ => value.GetType().Name };
}
