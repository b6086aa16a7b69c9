using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading.Cells;

/// <summary>Reports what is wrong with cells, where it is written.</summary>
internal static class CellProblems
{
    /// <summary>
    /// What cannot be read of a class that is a cell, whether a network has it or not: a project of cells alone would otherwise leave out their equations, and only
    /// who uses it would hear of it. Nothing is wrong with an abstract class, which no network can have: who derives from it is told.
    /// </summary>
    public static ImmutableArray<Diagnostic> OfClass(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var problems = new ProblemList(type);
        if (CellReader.IsCell(type))
            foreach (var problem in CellReader.Read(type, compilation, cancellation).Problems)
                problems.Add(DiagnosticDescriptors.UnreadableCell, problem.Where, NetworkReader.KindOf(type), problem.Problem, problem.Instead);
        return problems.ToImmutable();
    }

    /// <summary>Reports what could not be read of a network's cells in other assemblies. What stands in its own, the classes say themselves: once, however many networks there are.</summary>
    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        foreach (var layer in declaration.Layers)
            foreach (var problem in layer.Cell?.Problems.Where(problem => problem.Where == Location.None) ?? [])
                problems.Add(DiagnosticDescriptors.UnreadableCell, layer.Location, layer.Spec.Kind, problem.Problem, problem.Instead);
    }

    /// <summary>Whether the equations can be computed with the options that layers give; what stands in the way is reported.</summary>
    public static bool CanBeComputed(NetworkDeclaration declaration, NetworkSpec spec, LayerCatalogue catalogue, ProblemList problems)
    {
        try
        {
            NetworkGraph.Of(spec, catalogue);
            return true;
        }
        catch (CellProblemException problem)
        {
            var layer = declaration.Layers.First(candidate => candidate.Spec.Name == problem.Layer);
            var places = layer.Cell!.Places;
            problems.Add(
                DiagnosticDescriptors.WrongEquations, problem.Place < places.Count ? places[problem.Place] : layer.Location, layer.Spec.Kind, problem.Problem, problem.Instead);
            return false;
        }
    }
}
