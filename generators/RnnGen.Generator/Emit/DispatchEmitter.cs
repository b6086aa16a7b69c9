using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the choice between targets: its conditions are constants to the JIT.</summary>
internal static class DispatchEmitter
{
    private const string ReducedWeights = "ref _memory.ReducedWeights";

    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        if (plan.Steppable)
            Choose(
                writer, plan, $"private void RunStream(ref float state, {ReadOnlyFloats} input, {Floats} output, int steps)",
                $"Run(ref _memory.Weights, {(plan.IsReduced ? ReducedWeights + ", " : "")}ref state, ref {Reference}(input), ref {Reference}(output), steps)");
        string[] arguments =
        [
            "ref _memory.Weights", .. plan.IsReduced ? [ReducedWeights] : Array.Empty<string>(), "ref _memory.ScratchFor(steps)", $"ref {Reference}(frames)", $"ref {Reference}(mask)", $"ref {Reference}(output)",
            "ref states", "steps", "batch",
        ];
        Choose(
            writer.Gap(), plan,
            $"private void RunBatch(ref float states, {ReadOnlyFloats} frames, global::System.ReadOnlySpan<byte> mask, {Floats} output, int steps, int batch)",
            $"Run({string.Join(", ", arguments)})");
        if (!plan.Spec.Training)
            return;
        Choose(writer.Line(), plan, $"private void ForwardPass({Runtime}TapeMemory tape)", "Forward(ref _memory.Weights, tape)");
        Choose(writer.Line(), plan, $"private void BackwardPass({Runtime}TapeMemory tape)", "Backward(ref _memory.Weights, tape)");
    }

    private static void Choose(CodeWriter writer, NetworkPlan plan, string header, string call)
    {
        writer.Line(Optimized);
        using (writer.Block(header))
        {
            string otherwise = "";
            foreach (Target target in plan.Targets.Select(targetPlan => targetPlan.Target))
            {
                writer.Line(target.Guard is null ? "else" : $"{otherwise}if (global::RnnGen.Simd.{target.Guard})").Line($"    {target.Name}.{call};");
                otherwise = "else ";
            }
        }
    }
}
