using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph.Layers;

/// <summary>A window on the past or on both sides, unless there is a single tap, and a product.</summary>
/// <param name="createCell">The equations.</param>
internal sealed class ConvolutionParts(Func<LayerSpec, Cell> createCell) : LayerParts
{
    public override LayerRole Role => LayerRole.Convolution;

    public override Signal Add(GraphBuilder graph, LayerSite site, IReadOnlyList<Signal> signals)
    {
        var input = graph.Input(site, signals);
        int taps = site.Layer.Number("KernelSize");
        var frames = taps > 1 ? Window(graph, site.Id, site.Layer, input, taps) : input;
        return graph.AddCell(new Part(site.Id, "", site.Layer, createCell(site.Equations).ToGraph()), frames);
    }

    private static Vector Window(GraphBuilder graph, string id, LayerSpec layer, Vector input, int taps)
    {
        int dilation = layer.Number("Dilation", 1);
        bool bothSides = layer.Text(ConvolutionCell.Padding, ConvolutionCell.Causal) == ConvolutionCell.Same;
        return graph.Add(new Part(id, "Window", layer, null)
        {
            Role = bothSides ? PartRole.Surroundings : PartRole.Window,
            Inputs = [new PartInput(PartInput.Multiplied, input.Source)],
            InputSize = input.Size,
            OncePerSequence = input.OncePerSequence,
            Size = taps * input.Size,
            Dilation = dilation,
            Taps = taps,
            Before = bothSides ? (int)((taps - 1L) * dilation / 2) : 0,
            ResetsMasked = graph.Spec.ResetsMasked,
        });
    }
}
