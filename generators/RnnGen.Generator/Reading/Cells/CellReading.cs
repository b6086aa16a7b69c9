using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells.Own;

namespace RnnGen.Generator.Reading.Cells;

/// <summary>What was read of a cell: its definition, or what is wrong with it.</summary>
/// <param name="Definition">The definition; null where there is none.</param>
/// <param name="Problems">What could not be read. They hold locations: not to be cached.</param>
/// <param name="Places">Where each piece of the definition stands in the user's code, by its place; empty where that is not known.</param>
internal sealed record CellReading(CellNode? Definition, IReadOnlyList<CellProblem> Problems, IReadOnlyList<Location> Places)
{
    /// <summary>Whether there is a definition that can be executed.</summary>
    public bool IsSound => Definition is not null && Problems.Count == 0;
}
