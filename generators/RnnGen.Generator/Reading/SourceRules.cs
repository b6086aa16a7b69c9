using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Reading;

/// <summary>What layers may read: earlier layers, of which each is read or an output.</summary>
internal static class SourceRules
{
    /// <returns>What each layer reads; null where that is not known.</returns>
    public static IReadOnlyList<IReadOnlyList<int>>? Check(IReadOnlyList<LayerDeclaration> layers, ProblemList problems)
    {
        var specs = layers.Select(layer => layer.Spec).ToList();
        bool known = true;
        for (int index = 0; index < layers.Count; index++)
        {
            CheckCount(layers, index, problems);
            foreach (string name in specs[index].From)
                known &= CheckName(layers, index, name, LayerSources.Find(specs, name), problems);
        }

        if (!known || !CheckInputName(layers, problems))
            return null;
        var sources = specs.Select((_, index) => LayerSources.Of(specs, index)).ToList();
        int count = specs.Any(spec => spec.IsOutput) ? layers.Count : layers.Count - 1; // the last layer is the output, unless others are
        for (int index = 0; index < count; index++)
            if (!specs[index].IsOutput && sources.All(read => !read.Contains(index)))
                problems.Add(DiagnosticDescriptors.UnreadLayer, layers[index].Location, specs[index].Name, specs[index].Kind);
        return sources;
    }

    private static void CheckCount(IReadOnlyList<LayerDeclaration> layers, int index, ProblemList problems)
    {
        var layer = layers[index];
        int fewest = layer.Kind?.Role == LayerRole.Join ? 2 : 1;
        int count = layer.ReadsNothing ? 0 : Math.Max(1, layer.Spec.From.Count);
        if (count < fewest)
            problems.Add(DiagnosticDescriptors.TooFewSources, layer.Location, FixProperties.Of(TwoBefore(layers, index)), layer.Spec.Kind, count, fewest);
    }

    /// <summary>What a layer that joins others most likely reads, where it says nothing of it; null where there are no two.</summary>
    private static string? TwoBefore(IReadOnlyList<LayerDeclaration> layers, int index)
    {
        var layer = layers[index];
        string[] before = [.. layers.Take(index).Select(earlier => earlier.Spec.Name).Prepend(Part.NetworkInput)];
        return layer.Spec.From.Count > 0 || layer.ReadsNothing || before.Length < 2 ? null : $"{before[before.Length - 2]},{before[before.Length - 1]}";
    }

    private static bool CheckName(IReadOnlyList<LayerDeclaration> layers, int index, string name, int? source, ProblemList problems)
    {
        if (source < index)
            return true;
        var layer = layers[index];
        string[] names = [.. layers.Take(index).Select(earlier => earlier.Spec.Name).Prepend(Part.NetworkInput)];
        string choice = string.Join(", ", names);
        if (source is null)
            problems.Add(
                DiagnosticDescriptors.UnknownSource, layer.Location, FixProperties.Of(OptionNames.Nearest(name, names), name), name, layer.Spec.Kind, choice);
        else
            problems.Add(
                DiagnosticDescriptors.SourceNotEarlier, layer.Location, name, layer.Spec.Kind, source == index ? "that layer itself" : "a later layer", choice);
        return false;
    }

    /// <summary>A layer may be called "input" as long as no one asks for either.</summary>
    private static bool CheckInputName(IReadOnlyList<LayerDeclaration> layers, ProblemList problems)
    {
        var twin = layers.FirstOrDefault(layer => layer.Spec.Name == Part.NetworkInput);
        if (twin is null || layers.All(layer => !layer.Spec.From.Contains(Part.NetworkInput)))
            return true;
        problems.Add(DiagnosticDescriptors.LayerNamedInput, twin.Location, twin.Spec.Name, twin.Spec.Kind);
        return false;
    }
}
