using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Reading;

/// <summary>Where time ends: after a last step or a pooling layer there is one value per sequence.</summary>
internal static class TimeRules
{
    /// <param name="layers">The layers.</param>
    /// <param name="sources">What each reads.</param>
    /// <param name="problems">Where problems go.</param>
    /// <returns>Of each layer, the kind of that which ended the time of its output; null where there is a value for each step.</returns>
    public static IReadOnlyList<string?> Check(IReadOnlyList<LayerDeclaration> layers, IReadOnlyList<IReadOnlyList<int>> sources, ProblemList problems)
    {
        var ends = new List<string?>();
        for (int index = 0; index < layers.Count; index++)
        {
            var layer = layers[index];
            string? end = sources[index].Select(EndOf).FirstOrDefault(kind => kind is not null);
            if (end is not null && sources[index].Any(source => EndOf(source) is null))
                problems.Add(
                    DiagnosticDescriptors.MixedRates, layer.Location, layer.Spec.Kind,
                    NameOf(sources[index].First(source => EndOf(source) is not null)), NameOf(sources[index].First(source => EndOf(source) is null)));
            else if (end is not null && layer.Kind?.Role is LayerRole.Recurrent or LayerRole.Convolution)
                problems.Add(DiagnosticDescriptors.StateAfterEnd, layer.Location, layer.Spec.Kind, end);
            bool isEnd = layer.Kind?.Role is LayerRole.LastStep or LayerRole.Pooling;
            if (isEnd && end is not null)
                problems.Add(DiagnosticDescriptors.RepeatedEnd, layer.Location, layer.Spec.Kind, end);
            ends.Add(end ?? (isEnd ? layer.Spec.Kind : null));
        }

        CheckOutputs(layers, ends, problems);
        return ends;

        string? EndOf(int source) => source < 0 ? null : ends[source];

        string NameOf(int source) => source < 0 ? Part.NetworkInput : layers[source].Spec.Name;
    }

    /// <summary>A network answers at every step or once per sequence.</summary>
    private static void CheckOutputs(IReadOnlyList<LayerDeclaration> layers, IReadOnlyList<string?> ends, ProblemList problems)
    {
        var outputs = Enumerable.Range(0, layers.Count).Where(index => layers[index].Spec.IsOutput).ToList();
        var (once, each) = (outputs.Where(index => ends[index] is not null).ToList(), outputs.Where(index => ends[index] is null).ToList());
        if (once.Count > 0 && each.Count > 0)
            problems.Add(DiagnosticDescriptors.OutputsOfTwoRates, layers[once[0]].Location, layers[once[0]].Spec.Name, layers[each[0]].Spec.Name);
    }
}
