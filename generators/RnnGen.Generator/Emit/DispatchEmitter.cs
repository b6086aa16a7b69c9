using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the choice between targets: its conditions are constants to the JIT.</summary>
internal static class DispatchEmitter
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        string weights = "ref _memory.Weights" + (plan.IsReduced ? ", ref _memory.ReducedWeights" : "");
        if (plan.Steppable)
            Choose(
                writer, plan, $"private void RunStream(ref float state, {ReadOnlyFloats} input, {Floats} output, int steps)",
                target => $"{target}.Run({weights}, ref state, ref {Reference}(input), ref {Reference}(output), steps)");
        Choose(writer.Gap(), plan, $"private void RunRows({InRuntime}BatchRows rows)", target => $"Loops.Run<{target}>({weights}, rows)");
        writer.Line().Line($"void {InRuntime}IBatchRuns.Run({InRuntime}BatchRows rows) => RunRows(rows);")
            .Line().Line($"{InRuntime}NetworkMemory {InRuntime}IBatchRuns.Memory => _memory;");
        if (!plan.Spec.Training)
            return;
        Choose(
            writer.Line(), plan, $"private void RunPass({InRuntime}TapePass pass, {InRuntime}TapeMemory tape, {InRuntime}WorkShare share)",
            target => $"Loops.RunPass<{target}>(pass, ref _memory.Weights, tape, share)");
        writer.Line().Line(
            $"void {InRuntime}ITapePasses.Run({InRuntime}TapePass pass, {InRuntime}TapeMemory tape, {InRuntime}WorkShare share) => RunPass(pass, tape, share);");
    }

    private static void Choose(CodeWriter writer, NetworkPlan plan, string header, Func<string, string> call)
    {
        writer.Line(Optimized);
        using (writer.Block(header))
        {
            string otherwise = "";
            foreach (Target target in plan.Targets.Select(targetPlan => targetPlan.Target))
            {
                writer.Line(target.Guard is null ? "else" : $"{otherwise}if (global::RnnGen.Simd.{target.Guard})").Line($"    {call(target.Name)};");
                otherwise = "else ";
            }
        }
    }
}
