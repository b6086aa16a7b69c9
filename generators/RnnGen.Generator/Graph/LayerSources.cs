using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>Which layers a layer reads, by their places in the order of the attributes.</summary>
internal static class LayerSources
{
    /// <summary>The network's input in place of a layer.</summary>
    public const int NetworkInput = -1;

    /// <summary>What a layer reads.</summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<LayerSpec> layers, int index) => layers[index].From.Count == 0
        ? [index - 1]
        : layers[index].From.Select(name => Find(layers, name) ?? throw new ArgumentException($"no layer '{name}'")).ToList();

    /// <summary>What a name in <c>From</c> means; null where there is no such layer.</summary>
    public static int? Find(IReadOnlyList<LayerSpec> layers, string name)
    {
        if (name == Part.NetworkInput)
            return NetworkInput;
        for (int index = 0; index < layers.Count; index++)
            if (layers[index].Name == name)
                return index;
        return null;
    }
}
