using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading;

/// <summary>Sizes that make sense. Every whole number in the attribute of a layer that RnnGen ships is a size.</summary>
internal static class SizeRules
{
    // Vectors of 16 floats are the widest that there are.
    private const int Lanes = 16;

    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        CheckSize(declaration.InputSize, declaration.OneHot ? "OneHot" : "InputSize", "Network", declaration.NetworkLocation, problems);
        foreach (var layer in declaration.Layers)
            foreach (var (option, size) in SizesOf(layer))
            {
                CheckSize(size, option, layer.Spec.Kind, layer.Location, problems);
                AdviseOnPadding(size, option, layer, problems);
            }
    }

    /// <summary>What a number means to a cell of the user's is the cell's affair, but for its units.</summary>
    private static IEnumerable<(string Option, int Size)> SizesOf(LayerDeclaration layer)
    {
        foreach (var option in layer.Options.Where(option => layer.Cell is null || option.Key == "Units"))
            if (option.Value is { Kind: TypedConstantKind.Primitive, Value: int size })
                yield return (option.Key, size);
    }

    private static void CheckSize(int size, string option, string attribute, Location location, ProblemList problems)
    {
        if (size < 1)
            problems.Add(DiagnosticDescriptors.SizeNotPositive, location, option, size, attribute);
        else if (size > Sizes.Largest)
            problems.Add(DiagnosticDescriptors.SizeTooLarge, location, option, size, attribute, Sizes.Largest);
    }

    /// <summary>Only where units can be chosen freely, not in a layer whose size is that of the answer.</summary>
    private static void AdviseOnPadding(int size, string option, LayerDeclaration layer, ProblemList problems)
    {
        var surplus = size % Lanes;
        if (layer.Kind?.Role == LayerRole.Recurrent && size is > Lanes and <= Sizes.Largest && surplus is > 0 and <= Lanes / 4)
            problems.Add(DiagnosticDescriptors.PaddingWaste, layer.Location, option, size, layer.Spec.Kind, size - surplus + Lanes, size - surplus);
    }
}
