using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints the loops over batches and tapes, which are the same for all instruction sets: the kernels that they call are a type parameter, so the compiler makes
/// loops of their own for each.
/// </summary>
internal static class LoopsEmitter
{
    public const string Kernels = "TKernels.";

    private const string Interface = "IKernels";

    /// <summary>The type parameter's constraint.</summary>
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
                new BatchLoopEmitter(writer, plan).Emit();
                if (plan.Tape is not null)
                    new TapeLoopEmitter(writer, plan).Emit();
            }

            writer.Line().Line(KernelText.Summary("What the loops call: kernels on many rows, which each instruction set has."));
            using (writer.Block($"private interface {Interface}"))
                foreach (var (id, summary, parameters) in KernelHeader.All(plan))
                    writer.Line(KernelText.Summary(summary)).Line($"static abstract void {id}({string.Join(", ", parameters)});");
        }
    }
}
