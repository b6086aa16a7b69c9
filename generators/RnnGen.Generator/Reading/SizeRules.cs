using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Reading;

/// <summary>Sizes that make sense. Every whole number in a layer attribute is a size.</summary>
internal static class SizeRules
{
    /// <summary>Units of a layer or features of a step at most.</summary>
    public const int MaxSize = CellRecorder.MaxSize;

    // Vectors of 16 floats are the widest that there are.
    private const int Lanes = 16;

    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        CheckSize(declaration.InputSize, declaration.OneHot ? "OneHot" : "InputSize", "Network", declaration.NetworkLocation, problems);
        foreach (var layer in declaration.Layers)
            foreach (var (option, size) in Sizes(layer))
            {
                CheckSize(size, option, layer.Spec.Kind, layer.Location, problems);
                AdviseOnPadding(size, option, layer, problems);
            }
    }

    private static IEnumerable<(string Option, int Size)> Sizes(LayerDeclaration layer)
    {
        // What the other numbers of a user's cell mean is the author's to say; sizes that come of them are checked where they are used.
        foreach (var option in layer.Options.Where(option => layer.Cell is null || option.Key == "Units"))
            if (option.Value is { Kind: TypedConstantKind.Primitive, Value: int size })
                yield return (option.Key, size);
    }

    private static void CheckSize(int size, string option, string attribute, Location location, ProblemList problems)
    {
        if (size < 1)
            problems.Add(DiagnosticDescriptors.SizeNotPositive, location, option, size, attribute);
        else if (size > MaxSize)
            problems.Add(DiagnosticDescriptors.SizeTooLarge, location, option, size, attribute, MaxSize);
    }

    /// <summary>Only where units can be chosen freely, not in a layer whose size is that of the answer.</summary>
    private static void AdviseOnPadding(int size, string option, LayerDeclaration layer, ProblemList problems)
    {
        var surplus = size % Lanes;
        if (layer.Kind?.Role == LayerRole.Recurrent && size is > Lanes and <= MaxSize && surplus is > 0 and <= Lanes / 4)
            problems.Add(DiagnosticDescriptors.PaddingWaste, layer.Location, option, size, layer.Spec.Kind, size - surplus + Lanes, size - surplus);
    }
}
