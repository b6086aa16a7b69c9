using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Reading;

/// <summary>What the network's input must be for the layers that treat it in a way of their own.</summary>
internal static class InputRules
{
    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        for (int index = 0; index < declaration.Layers.Count; index++)
        {
            var layer = declaration.Layers[index];
            if (layer.Kind is { TakesClasses: true } && (index > 0 || !declaration.OneHot))
                problems.Add(DiagnosticDescriptors.EmbeddingWithoutClasses, layer.Location, layer.Spec.Kind);
            if (layer.Kind?.Role == LayerRole.Skip)
                CheckSkip(declaration, index, problems);
        }

        if (!declaration.OneHot)
            return;
        if (declaration.HasInputSize)
            problems.Add(DiagnosticDescriptors.FeaturesAndClasses, declaration.NetworkLocation, declaration.InputSize);
        if (declaration.Layers.FirstOrDefault() is { Kind.Role: not (LayerRole.Recurrent or LayerRole.PerStep) } first)
            problems.Add(DiagnosticDescriptors.ClassesNotMultiplied, first.Location, first.Spec.Kind);
    }

    private static void CheckSkip(NetworkDeclaration declaration, int index, ProblemList problems)
    {
        var layer = declaration.Layers[index];
        string? reason =
            declaration.OneHot ? "the input is a class, to which nothing can be added"
            : index < declaration.Layers.Count - 1 ? "it is not the last layer"
            : declaration.Layers.FirstOrDefault(other => other.Kind?.Role is LayerRole.LastStep or LayerRole.Pooling) is { } end
                ? $"there is only one output a sequence after [{end.Spec.Kind}]"
            : OutputsOf(declaration) is var outputs && outputs > declaration.InputSize ? $"there are {outputs} outputs and {declaration.InputSize} inputs"
            : null;
        if (reason is not null)
            problems.Add(DiagnosticDescriptors.SkipImpossible, layer.Location, layer.Spec.Kind, reason);
    }

    private static int OutputsOf(NetworkDeclaration declaration)
    {
        int size = declaration.InputSize;
        foreach (var layer in declaration.Layers)
        {
            size = layer.Spec.Number("Projection", layer.Spec.Number("Units", size));
            if (layer.Spec.Text("Direction", "") == "Bidirectional" && layer.Spec.Text("Merge", MergeCell.Concat) == MergeCell.Concat)
                size *= 2;
        }

        return size;
    }
}
