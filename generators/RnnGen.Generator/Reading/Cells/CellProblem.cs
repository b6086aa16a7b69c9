using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Reading.Cells;

/// <summary>Something in a cell's code that cannot be read at compile time.</summary>
/// <param name="Where">Where it stands.</param>
/// <param name="Problem">What is wrong, as a clause.</param>
/// <param name="Instead">What can be written, as an imperative.</param>
internal sealed record CellProblem(Location Where, string Problem, string Instead);
