using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the remarks on a network's class: its layers, their equations, and what one step costs.</summary>
internal static class HeaderEmitter
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("/// <remarks>").Line("/// <para>");
        foreach (var part in plan.Parts)
            writer.Line($"/// {part.Name}: {part.Part.Layer.Kind}, {N(part.InputSize)} → {N(part.OutputSize)}{plan.Like(part)}.<br/>");

        writer.Line($"/// One step: {N(plan.Sizes.MultiplyAdds)} multiply-adds on {N(plan.StepBytes)} bytes of weights{Reduced(plan)}.")
            .Line("/// </para>").Line("/// <code>");
        foreach (var part in plan.Parts.Where(part => part.Cell is not null && part.OwnsKernels))
            writer.Line($"/// {part.Name}").Lines(ForwardText.Write(part.Cell!).Select(line => "///   " + Escape(line)));
        if (plan.OutputActivation != NetworkGraph.Identity)
            writer.Line($"/// outputs = {plan.OutputActivation}({plan.Parts[plan.Parts.Count - 1].Cell!.Output})");
        else if (plan.Outputs.Count > 1)
            writer.Line($"/// outputs = {string.Join(", ", plan.Outputs.Select(Output))}");
        writer.Line("/// </code>").Line("/// The layers, drawn in the language of Mermaid:").Line("/// <code>");
        foreach (string line in DrawingText.Write(plan))
            writer.Line("/// " + line);
        writer.Line("/// </code>").Line("/// </remarks>");
    }

    private static string Output(OutputPlan output) => output.Activation == NetworkGraph.Identity ? output.Name : $"{output.Activation}({output.Name})";

    private static string Reduced(NetworkPlan plan) => plan.IsReduced ? $", a {plan.Spec.Precision} copy" : "";

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
