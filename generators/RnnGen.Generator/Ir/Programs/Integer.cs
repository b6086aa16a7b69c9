namespace RnnGen.Generator.Ir.Programs;

/// <summary>A whole number that loops compute: how many rows, or where something lies.</summary>
internal abstract record Integer
{
    /// <summary>0.</summary>
    public static readonly Integer Zero = new Literal(0);

    public static implicit operator Integer(long value) => new Literal(value);

    public static Integer operator +(Integer left, Integer right) => (left, right) switch
    {
        (Literal { Value: 0 }, _) => right,
        (_, Literal { Value: 0 }) => left,
        (Literal first, Literal second) => new Literal(checked(first.Value + second.Value)),
        _ => new Sum(left, right),
    };

    public static Integer operator -(Integer left, Integer right) => (left, right) switch
    {
        (_, Literal { Value: 0 }) => left,
        (Literal first, Literal second) => new Literal(checked(first.Value - second.Value)),
        _ => new Difference(left, right),
    };

    public static Integer operator *(Integer left, Integer right) => (left, right) switch
    {
        (Literal { Value: 0 }, _) or (_, Literal { Value: 0 }) => Zero,
        (Literal { Value: 1 }, _) => right,
        (_, Literal { Value: 1 }) => left,
        (Literal first, Literal second) => new Literal(checked(first.Value * second.Value)),
        _ => new Product(left, right),
    };
}

/// <summary>A number that the planner knows.</summary>
internal sealed record Literal(long Value) : Integer;

/// <summary>Where something begins in a memory: a constant of generated code.</summary>
internal sealed record NamedOffset(Memory Memory, string Name, int Value) : Integer;

/// <summary>A local of the routine.</summary>
internal sealed record Local(string Name) : Integer;

/// <summary>left + right.</summary>
internal sealed record Sum(Integer Left, Integer Right) : Integer;

/// <summary>left − right.</summary>
internal sealed record Difference(Integer Left, Integer Right) : Integer;

/// <summary>left · right.</summary>
internal sealed record Product(Integer Left, Integer Right) : Integer;

/// <summary>1 if the value is odd, otherwise 0.</summary>
internal sealed record Parity(Integer Value) : Integer;

/// <summary>How many steps of a batch are processed at once, so that they have about so many rows.</summary>
internal sealed record StepsAtOnce(Size Rows) : Integer;

/// <summary>What is known of the current batch when it runs.</summary>
internal enum HostQuantity
{
    /// <summary>Time steps of the frames of one stream.</summary>
    StreamSteps,

    /// <summary>Time steps of a batch.</summary>
    BatchSteps,

    /// <summary>Sequences of a batch.</summary>
    BatchSize,

    /// <summary>The first sequence of it to run.</summary>
    BatchFirst,

    /// <summary>The one after the last to run.</summary>
    BatchEnd,

    /// <summary>Time steps on the tape.</summary>
    TapeSteps,

    /// <summary>Sequences on the tape.</summary>
    TapeSize,

    /// <summary>The first sequence of the view.</summary>
    ViewFirst,

    /// <summary>Sequences of the view.</summary>
    ViewCount,
}

/// <summary>What is known of the current batch when it runs.</summary>
internal sealed record HostValue(HostQuantity Quantity) : Integer;
