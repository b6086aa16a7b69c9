namespace RnnGen;

/// <summary>
/// A comparison of two vectors, element by element, for <see cref="Equations.Select"/>. <c>a > b</c> holds where a is greater, and nowhere else; <c>a >= b</c> holds
/// wherever <c>b > a</c> does not, so that of the two exactly one holds. NaN is greater than nothing.
/// </summary>
public sealed class Condition
{
    internal Condition(Vector greater, Vector less, bool isNegated = false) => (Greater, Less, IsNegated) = (greater, less, isNegated);

    internal Vector Greater { get; }

    internal Vector Less { get; }

    /// <summary>Whether it holds where <see cref="Greater"/> is not greater.</summary>
    internal bool IsNegated { get; }
}
