using System.Globalization;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading;

/// <summary>Whether what layers read together has sizes that fit, in a network that is otherwise sound: sizes are known when its parts are.</summary>
internal static class MisfitRules
{
    public static void Check(NetworkSpec spec, LayerCatalogue catalogue, IReadOnlyList<LayerDeclaration> layers, ProblemList problems)
    {
        if (NetworkGraph.Misfit(spec, catalogue) is not var (index, sizes))
            return;
        var layer = layers[index];
        if (layer.Kind!.Role == LayerRole.Skip)
            problems.Add(DiagnosticDescriptors.SkipImpossible, layer.Location, layer.Spec.Kind, $"it has {sizes[0]} outputs and {sizes[1]} inputs");
        else
            problems.Add(DiagnosticDescriptors.SizesDiffer, layer.Location, layer.Spec.Kind, string.Join(", ", layer.Spec.From.Zip(sizes, Size)));
    }

    private static string Size(string name, int size) => $"'{name}' of {size.ToString(CultureInfo.InvariantCulture)}";
}
