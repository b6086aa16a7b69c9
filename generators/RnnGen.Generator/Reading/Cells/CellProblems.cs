using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading.Cells;

/// <summary>Reports what is wrong with the cells of a network, where it is written.</summary>
internal static class CellProblems
{
    /// <summary>Reports what could not be read.</summary>
    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        foreach (var layer in declaration.Layers)
            foreach (var problem in layer.Cell?.Problems ?? [])
                problems.Add(DiagnosticDescriptors.UnreadableCell, problem.Where == Location.None ? layer.Location : problem.Where, layer.Spec.Kind, problem.Problem, problem.Instead);
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
