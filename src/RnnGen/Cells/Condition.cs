namespace RnnGen;

/// <summary>A comparison of two vectors, element by element, for <see cref="Equations.Select"/>. It holds where one is greater than the other.</summary>
public sealed class Condition
{
    internal Condition(Vector greater, Vector less) => (Greater, Less) = (greater, less);

    internal Vector Greater { get; }

    internal Vector Less { get; }
}
