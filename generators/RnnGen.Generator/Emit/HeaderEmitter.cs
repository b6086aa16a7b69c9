using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints the documentation of a network's class: its layers, what one step costs, and their equations. The first two are its summary, which an editor shows, unless the user
/// has written one.
/// </summary>
internal static class HeaderEmitter
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        if (plan.Spec.HasSummary)
            Overview(writer.Line("/// <remarks>").Line("/// <para>"), plan).Line("/// </para>");
        else
            Overview(writer.Line("/// <summary>"), plan).Line("/// </summary>").Line("/// <remarks>");
        writer.Line("/// <code>");
        foreach (var part in plan.Parts.Where(part => part.Cell is not null && part.OwnsKernels))
            writer.Line($"/// {part.Name}").Lines(ForwardText.Write(part.Cell!).Select(line => "///   " + Escape(line)));
        if (plan.OutputActivation != NetworkGraph.Identity)
            writer.Line($"/// outputs = {plan.OutputActivation}({plan.Parts[plan.Parts.Count - 1].Cell!.Output})");
        else if (plan.Outputs.Count > 1)
            writer.Line($"/// outputs = {string.Join(", ", plan.Outputs.Select(Output))}");
        writer.Line("/// </code>").Line("/// The layers as a Mermaid diagram:").Line("/// <code>");
        foreach (string line in DrawingText.Write(plan))
            writer.Line("/// " + line);
        writer.Line("/// </code>").Line("/// </remarks>");
    }

    private static CodeWriter Overview(CodeWriter writer, NetworkPlan plan)
    {
        string input = plan.Spec.OneHot ? $"one of {N(plan.Spec.InputSize)} classes" : Count(plan.Spec.InputSize, "feature");
        writer.Line($"/// A network: {input} per time step → {Count(plan.OutputSize, "output")} per {(plan.ManyToOne ? "sequence" : "time step")}.<br/>");
        foreach (var part in plan.Parts)
            writer.Line($"/// {part.Name}: {part.Part.Layer.Kind}, {N(part.InputSize)} → {N(part.OutputSize)}{plan.Like(part)}.<br/>");
        return writer.Line(
            $"/// {N(plan.Sizes.Parameters)} parameters. One step: {N(plan.Sizes.MultiplyAdds)} multiply-adds on {N(plan.StepBytes)} bytes of weights{Reduced(plan)}.");
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{N(number)} {noun}s";

    private static string Output(OutputPlan output) => output.Activation == NetworkGraph.Identity ? output.Name : $"{output.Activation}({output.Name})";

    private static string Reduced(NetworkPlan plan) => plan.IsReduced ? $", a {plan.Spec.Precision} copy" : "";

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
