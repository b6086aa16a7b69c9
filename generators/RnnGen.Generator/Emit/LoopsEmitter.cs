using RnnGen.Generator.Planning;
using RnnGen.Generator.Planning.Loops;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints the loops over batches and tapes, which are the same for all instruction sets: the kernels that they call are a type parameter, so the compiler makes
/// loops of their own for each.
/// </summary>
internal static class LoopsEmitter
{
    public const string Kernels = "TKernels.";

    private const string Interface = "IKernels";

    /// <summary>The type parameter.</summary>
    public const string TypeParameter = "<TKernels>";

    /// <summary>Its constraint.</summary>
    public const string Constraint = "where TKernels : struct, " + Interface;

    /// <summary>The type that a target's kernels are members of.</summary>
    public static string Implements(string target) => $"private readonly partial struct {target} : {Interface}";

    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        using (writer.Block($"partial class {TypeScope.ClassOf(plan.Spec)}"))
        {
            writer.Line(KernelText.Summary("The loops over batches, for whatever kernels."));
            using (writer.Block("private static class Loops"))
            {
                writer.Lines(KernelText.Words);
                foreach (var routine in plan.Program.Batch)
                    RoutineEmitter.Emit(writer, routine);
                if (plan.Program.Tape is { } tape)
                    Tape(writer, tape);
            }

            writer.Line().Line(KernelText.Summary("What the loops call: kernels on many rows, which each instruction set has."));
            using (writer.Block($"private interface {Interface}"))
                foreach (var kernel in plan.Kernels.SelectMany(kernels => kernels.Kernels))
                    writer.Line(KernelText.Summary(kernel.Summary)).Line($"static abstract void {kernel.Id}({string.Join(", ", KernelHeader.Of(kernel))});");
        }
    }

    /// <summary>The passes over a tape, and the routines that they call.</summary>
    private static void Tape(CodeWriter writer, TapeProgram tape)
    {
        writer.Gap().Line(KernelText.Summary("Runs one pass over a tape, or a thread's share of it."));
        string[] parameters = ["TapePass pass", "ref float weights", "TapeMemory tape", "WorkShare share"];
        using (writer.Method($"internal static void RunPass{TypeParameter}", parameters, Constraint))
        using (writer.Block("switch (pass)"))
            foreach (var pass in tape.Passes)
            {
                string arguments = string.Join(", ", pass.Parameters.Select(RoutineText.Argument));
                writer.Line($"case TapePass.{pass.Name}:").Line($"    {pass.Name}{(pass.CallsKernels ? TypeParameter : "")}({arguments});").Line("    break;");
            }

        foreach (var routine in tape.Passes.Concat(tape.Parts))
            RoutineEmitter.Emit(writer, routine);
    }
}
