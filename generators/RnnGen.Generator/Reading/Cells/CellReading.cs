using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells.Own;

namespace RnnGen.Generator.Reading.Cells;

/// <summary>What was read of a cell: its program, or what is wrong with it.</summary>
/// <param name="Program">The program; null where there is none.</param>
/// <param name="Problems">What could not be read. They hold locations: not to be cached.</param>
/// <param name="Places">Where each piece of the program stands in the user's code, by its place; empty where that is not known.</param>
internal sealed record CellReading(CellNode? Program, IReadOnlyList<CellProblem> Problems, IReadOnlyList<Location> Places)
{
    /// <summary>Whether there is a program that can be executed.</summary>
    public bool IsSound => Program is not null && Problems.Count == 0;
}
