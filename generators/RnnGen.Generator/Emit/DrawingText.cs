using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Draws a network's layers, and what each reads, in the language of Mermaid. Layers that read the one before them stand in one line with it. There is no
/// character that XML wants escaped, so that the drawing can be copied from the source as well as from the editor's hover.
/// </summary>
internal static class DrawingText
{
    private const string Arrow = " --> ";

    /// <summary>Characters after which a chain goes on in another line.</summary>
    private const int LineWidth = 100;

    /// <summary>In the place of a layer, for a line that nothing goes on from.</summary>
    private const int NoLayer = -2;

    public static IEnumerable<string> Write(NetworkPlan plan)
    {
        var spec = plan.Spec;
        yield return "flowchart TD";
        string line = $"{Id(LayerSources.NetworkInput)}([\"{Part.NetworkInput}: {(spec.OneHot ? "one of " : "")}{Names.Number(spec.InputSize)}\"])";
        int end = LayerSources.NetworkInput; // The node that the line ends with.
        for (int layer = 0; layer < spec.Layers.Count; layer++)
        {
            var sources = LayerSources.Of(spec.Layers, layer);
            if (sources[0] != end || line.Length > LineWidth)
            {
                yield return "  " + line;
                line = Id(sources[0]);
            }

            (line, end) = (line + Arrow + $"{Id(layer)}[\"{Label(plan, spec.Layers[layer])}\"]", layer);
            if (spec.IsOutput(layer))
                (line, end) = (line + Arrow + $"output{Names.Number(layer)}([\"{(spec.NamesOutputs ? spec.Layers[layer].Name : "output")}\"])", NoLayer);
            foreach (int source in sources.Skip(1))
            {
                yield return "  " + line;
                (line, end) = (Id(source) + Arrow + Id(layer), layer);
            }
        }

        yield return "  " + line;
    }

    /// <summary>The values that a layer gives; null where it only chooses steps.</summary>
    public static int? SizeOf(NetworkPlan plan, LayerSpec layer) => plan.Parts.LastOrDefault(part => part.Part.Layer == layer)?.OutputSize;

    private static string Id(int layer) => layer == LayerSources.NetworkInput ? Part.NetworkInput : "layer" + Names.Number(layer);

    private static string Label(NetworkPlan plan, LayerSpec layer) => $"{layer.Name}: {layer.Kind}{(SizeOf(plan, layer) is { } size ? " " + Names.Number(size) : "")}";
}
