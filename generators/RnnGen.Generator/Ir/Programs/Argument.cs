namespace RnnGen.Generator.Ir.Programs;

/// <summary>What a method of the runtime is given.</summary>
internal abstract record Argument
{
    public static implicit operator Argument(Reference place) => new PlaceArgument(place);

    public static implicit operator Argument(Integer value) => new NumberArgument(value);

    public static implicit operator Argument(int value) => new NumberArgument(value);

    public static implicit operator Argument(Size size) => new NumberArgument(size);
}

/// <summary>A place in memory.</summary>
internal sealed record PlaceArgument(Reference Place) : Argument;

/// <summary>A whole number.</summary>
internal sealed record NumberArgument(Integer Value) : Argument;

/// <summary>A float.</summary>
internal sealed record RealArgument(float Value) : Argument;

/// <summary>Yes or no, under the parameter's name where that helps the reader.</summary>
internal sealed record FlagArgument(bool Value, string Name = "") : Argument;

/// <summary>A member of an enumeration of the runtime.</summary>
internal sealed record MemberArgument(string Type, string Member) : Argument;

/// <summary>Several numbers.</summary>
internal sealed record ListArgument(IReadOnlyList<Size> Values) : Argument;

/// <summary>A record of the runtime that holds sizes: its values, those after the first of them that has a name by name.</summary>
internal sealed record ShapeArgument(string Type, IReadOnlyList<(string Name, Argument Value)> Fields) : Argument;

/// <summary>The tape, or something of it.</summary>
internal sealed record TapeArgument(TapeQuantity Quantity) : Argument;

/// <summary>What a method of the runtime wants of the tape.</summary>
internal enum TapeQuantity
{
    /// <summary>The view itself.</summary>
    View,

    /// <summary>Each sequence's last real step.</summary>
    LastSteps,

    /// <summary>Each sequence's first real step.</summary>
    FirstSteps,
}
