using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Reading;

/// <summary>What the network's input must be for the layers that process it in a way of their own.</summary>
internal static class InputRules
{
    /// <param name="declaration">The network.</param>
    /// <param name="sources">What each layer reads.</param>
    /// <param name="ends">Of each layer, the kind of that which ended the time of its output, or null.</param>
    /// <param name="problems">Where problems go.</param>
    public static void Check(
        NetworkDeclaration declaration, IReadOnlyList<IReadOnlyList<int>> sources, IReadOnlyList<string?> ends, ProblemList problems)
    {
        for (int index = 0; index < declaration.Layers.Count; index++)
        {
            var layer = declaration.Layers[index];
            if (layer.Kind is { TakesClasses: true } && !(declaration.OneHot && sources[index].All(IsInput)))
                problems.Add(DiagnosticDescriptors.EmbeddingWithoutClasses, layer.Location, layer.Spec.Kind);
            if (layer.Kind?.Role == LayerRole.Skip)
                CheckSkip(declaration, index, ends, problems);
        }

        if (!declaration.OneHot)
            return;
        if (declaration.HasInputSize)
            problems.Add(DiagnosticDescriptors.FeaturesAndClasses, declaration.NetworkLocation, declaration.InputSize);
        for (int index = 0; index < declaration.Layers.Count; index++)
            if (sources[index].Any(IsInput))
                CheckReader(declaration.Layers[index], sources[index].Count, problems);
    }

    private static bool IsInput(int source) => source == LayerSources.NetworkInput;

    private static void CheckReader(LayerDeclaration layer, int sources, ProblemList problems)
    {
        if (layer.Kind is { Role: not (LayerRole.Recurrent or LayerRole.PerStep) })
            problems.Add(DiagnosticDescriptors.ClassesNotMultiplied, layer.Location, layer.Spec.Kind);
        else if (sources > 1)
            problems.Add(DiagnosticDescriptors.ClassAmongVectors, layer.Location, layer.Spec.Kind);
    }

    private static void CheckSkip(NetworkDeclaration declaration, int index, IReadOnlyList<string?> ends, ProblemList problems)
    {
        var layer = declaration.Layers[index];
        string? reason =
            declaration.OneHot ? "the input is a class, which cannot be added to"
            : index < declaration.Layers.Count - 1 ? "it is not the last layer"
            : ends[index] is { } end ? $"there is only one output per sequence after [{end}]"
            : null;
        if (reason is not null)
            problems.Add(DiagnosticDescriptors.SkipImpossible, layer.Location, layer.Spec.Kind, reason);
    }
}
