namespace RnnGen.Generator.Cells.Own;

/// <summary>A user's equations cannot be computed. It is caught where diagnostics are made.</summary>
/// <param name="place">The piece of the definition that is at fault.</param>
/// <param name="problem">What is wrong, as a clause: <c>the state 'h' is never set</c>.</param>
/// <param name="instead">What can be written, as an imperative: <c>write Next(h, …)</c>.</param>
internal sealed class CellProblemException(int place, string problem, string instead) : Exception
{
    public int Place => place;

    public string Problem => problem;

    public override string Message => problem;

    public string Instead => instead;

    /// <summary>The layer whose cell it is; null until it is known.</summary>
    public string? Layer { get; init; }

    /// <summary>The same, of a layer.</summary>
    public CellProblemException Of(string layer) => new(Place, Problem, Instead) { Layer = layer };
}
