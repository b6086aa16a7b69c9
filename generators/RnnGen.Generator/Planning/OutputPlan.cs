using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Planning;

/// <summary>An output of the network.</summary>
/// <param name="Name">The layer that gives it.</param>
/// <param name="Offset">Where it begins in a row of all outputs.</param>
/// <param name="Size">Its values.</param>
/// <param name="Activation">What turns logits into them, as a member of the runtime's <c>OutputActivation</c>.</param>
internal sealed record OutputPlan(string Name, Size Offset, Size Size, string Activation)
{
    /// <summary>The network's outputs: what the last part gives, or puts side by side.</summary>
    public static IReadOnlyList<OutputPlan> Of(NetworkSpec spec, LayerCatalogue catalogue, PartPlan last)
    {
        var outputs = NetworkGraph.Outputs(spec, catalogue);
        return outputs.Count == 1
            ? [new OutputPlan(outputs[0].Name, Size.Of(0), last.Outputs, outputs[0].Activation)]
            : outputs.Zip(last.Columns, (output, columns) => new OutputPlan(output.Name, columns.Offset, columns.Size, output.Activation)).ToList();
    }
}
