using RnnGen.Generator.Ir.Programs;
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
            var all = plan.Program.Routines.Concat(plan.Targets.Select(target => target.Stream).OfType<Routine>()).ToList();
            var weights = Routine.Buffers(all, Memory.Weights).Concat(Routine.Buffers(all, Memory.Gradients)).GroupBy(buffer => buffer.Name);
            OffsetText.Emit(
                writer, Memory.Weights, "Offsets of the weights of each stage.", weights.Select(group => group.First()).OrderBy(buffer => buffer.Offset).ToList());
            OffsetText.Emit(writer, Memory.Reduced, "Offsets of their reduced-precision copies.", Routine.Buffers(all, Memory.Reduced));
            writer.Gap().Line(KernelText.Summary("The loops over batches, generic over the kernels."));
            using (writer.Block("private static class Loops"))
            {
                writer.Lines(KernelText.Words);
                OffsetText.Emit(writer, Memory.Scratch, "Offsets of the current rows' values in a thread's scratch.", Buffers(Memory.Scratch));
                OffsetText.Emit(writer, Memory.Sequences, "Offsets after those of the values of all steps, in floats per row.", Buffers(Memory.Sequences));
                foreach (var routine in plan.Program.Batch)
                    RoutineEmitter.Emit(writer, routine);
                if (plan.Program.Tape is { } tape)
                    Tape(writer, tape);
            }

            writer.Line().Line(KernelText.Summary("The kernels on many rows that the loops call; each instruction set has its own."));
            using (writer.Block($"private interface {Interface}"))
                foreach (var kernel in plan.Kernels.SelectMany(kernels => kernels.Kernels))
                    writer.Line(KernelText.Summary(kernel.Summary)).Line($"static abstract void {kernel.Id}({string.Join(", ", KernelHeader.Of(kernel))});");
        }

        IReadOnlyList<RowBuffer> Buffers(Memory memory) => Routine.Buffers(plan.Program.Routines, memory);
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
