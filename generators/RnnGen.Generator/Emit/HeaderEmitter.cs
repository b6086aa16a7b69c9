using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the remarks on a network's class: its layers, their equations, and what one step costs.</summary>
internal static class HeaderEmitter
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("/// <remarks>").Line("/// <para>");
        int size = plan.Spec.InputSize;
        foreach (var layer in plan.Layers)
        {
            writer.Line($"/// {layer.Spec.Name}: {layer.Spec.Kind}, {N(size)} → {N(layer.OutputSize)}.<br/>");
            size = layer.OutputSize;
        }

        writer.Line($"/// One step: {N(plan.Sizes.MultiplyAdds)} multiply-adds on {N(plan.Sizes.PackedWeights * 4L)} bytes of weights.")
            .Line("/// </para>").Line("/// <code>");
        foreach (var layer in plan.Layers.Where(layer => layer.Cell is not null))
            writer.Line($"/// {layer.Spec.Name}").Lines(EquationText.Forward(layer.Cell!).Select(line => "///   " + Escape(line)));
        if (plan.OutputActivation != "Identity")
            writer.Line($"/// outputs = {plan.OutputActivation}({plan.Layers[plan.Layers.Count - 1].Cell!.Output})");
        writer.Line("/// </code>").Line("/// </remarks>");
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
