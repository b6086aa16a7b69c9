using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <summary>Something that a user's equations define, in the order of their text. Stages come later.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Size">Its size.</param>
internal abstract record Recorded(string Name, int Size)
{
    /// <summary>name = value.</summary>
    public sealed record Value(string Name, int Size, Expr Expression) : Recorded(Name, Size);

    /// <summary>name = products and biases.</summary>
    public sealed record Sum(string Name, int Size, IReadOnlyList<Term> Terms) : Recorded(Name, Size);

    /// <summary>name = a gate of a parameter vector.</summary>
    public sealed record Weight(string Name, int Size, string Parameter, int Gate) : Recorded(Name, Size);

    /// <summary>name = one number, for vectors of any size.</summary>
    public sealed record Number(string Name, NumberSource Source) : Recorded(Name, 0);
}

/// <summary>What a number that stands for all units is made from.</summary>
/// <param name="Expression">An expression of other numbers; null where it is the mean of a variable.</param>
/// <param name="Variable">The variable.</param>
/// <param name="First">Its first element that counts.</param>
/// <param name="Count">How many count.</param>
/// <param name="Parameter">The parameter of one number that it is; then there is no variable.</param>
internal sealed record NumberSource(Expr? Expression, string Variable = "", int First = 0, int Count = 0, string? Parameter = null);

/// <summary>What a first reading of a cell tells the second: names that later equations need, which earlier ones must leave free.</summary>
internal sealed class RecordingHints
{
    /// <summary>The states' names.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>The named values, by their number, that are the next values of states: they take the states' names.</summary>
    public IReadOnlyDictionary<int, string> NextValues { get; init; } = new Dictionary<int, string>();
}
