using RnnGen.Generator.Ir.Programs;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints where things begin in memories: constants in a class for each memory.</summary>
internal static class OffsetText
{
    /// <summary>The name of an offset.</summary>
    public static string Of(NamedOffset offset) => $"{ClassOf(offset.Memory)}.{offset.Name}";

    /// <summary>Whether a buffer's start has a name: a region is a memory of its own.</summary>
    public static bool IsNamed(RowBuffer buffer) => buffer.Name.Length > 0 && buffer.Memory is Memory.Weights or Memory.Reduced or Memory.Gradients or Memory.State
        or Memory.Scratch;

    /// <summary>The constants of a memory, if there are any.</summary>
    public static void Emit(CodeWriter writer, Memory memory, string summary, IReadOnlyList<RowBuffer> buffers)
    {
        if (buffers.Count == 0)
            return;
        writer.Gap().Line(KernelText.Summary(summary));
        using (writer.Block($"private static class {ClassOf(memory)}"))
            foreach (var buffer in buffers)
                writer.Line($"public const int {buffer.Name} = {N(buffer.Offset)};");
    }

    /// <summary>Gradients lie as weights do.</summary>
    private static string ClassOf(Memory memory) => memory switch
    {
        Memory.Weights or Memory.Gradients => "InWeights",
        Memory.State => "InState",
        _ => "In" + memory,
    };
}
