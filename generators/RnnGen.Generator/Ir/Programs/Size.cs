namespace RnnGen.Generator.Ir.Programs;

/// <summary>A size that the planner knows, and what generated code calls it: an expression of constants that have names.</summary>
/// <param name="Value">The size.</param>
/// <param name="Text">The expression.</param>
internal sealed record Size(int Value, string Text)
{
    /// <summary>A size that says what it is as a number: a count of things that stand one after the other in the code.</summary>
    public static Size Of(int value) => new(value, Names.Number(value));

    public static implicit operator int(Size size) => size.Value;

    public static implicit operator Integer(Size size) => size.Value is 0 or 1 ? size.Value : new Known(size);

    /// <summary>The expression as the right factor of a product whose left one is not a constant: a compiler folds what stands in brackets.</summary>
    public string Factor => Text.Contains(" ") ? $"({Text})" : Text;

    /// <summary>The expression as the right term of a sum whose left one is not a constant.</summary>
    public string Term => IsSum ? $"({Text})" : Text;

    private bool IsSum => Text.Contains(" + ") || Text.Contains(" - ");

    /// <summary>So many of it.</summary>
    public Size Times(int count) => count switch
    {
        0 => Of(0),
        1 => this,
        _ => Of(count).Times(this),
    };

    /// <summary>The product of both.</summary>
    public Size Times(Size other) => Value == 0 || other.Value == 0 ? Of(0) : new(Value * other.Value, IsMultiple(other) ? $"{other.Bracketed} * {Bracketed}" : $"{Bracketed} * {other.Bracketed}");

    /// <summary>The sum of both.</summary>
    public Size Plus(Size other) => (Value, other.Value) switch
    {
        (_, 0) => this,
        (0, _) => other,
        _ => new(Value + other.Value, $"{Text} + {other.Text}"),
    };

    /// <summary>What is left without the other.</summary>
    public Size Minus(Size other) => other.Value == 0 ? this : Value == other.Value ? Of(0) : new(Value - other.Value, $"{Text} - {other.Term}");

    /// <summary>Whether it is so many of another one: the number stands first in a product.</summary>
    private static bool IsMultiple(Size size) => char.IsDigit(size.Text[0]) && size.Text.Contains(" * ");

    private string Bracketed => IsSum ? $"({Text})" : Text;
}

/// <summary>A size that has a name.</summary>
internal sealed record Known(Size Size) : Integer;
