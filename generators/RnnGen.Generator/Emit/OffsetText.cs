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
                Constant(writer, buffer.Name, N(buffer.Offset));
    }

    /// <summary>The constants of a stream's memory. Of those that are states the layout has the offsets.</summary>
    public static void EmitStream(CodeWriter writer, string summary, IReadOnlyList<RowBuffer> buffers, IReadOnlyList<RowBuffer> states)
    {
        if (buffers.Count == 0)
            return;
        var known = new HashSet<string>(states.Select(state => state.Name), StringComparer.Ordinal);
        writer.Gap().Line(KernelText.Summary(summary));
        using (writer.Block($"private static class {ClassOf(Memory.State)}"))
            foreach (var buffer in buffers)
                Constant(writer, buffer.Name, known.Contains(buffer.Name) ? Of(new NamedOffset(Memory.BatchStates, buffer.Name, buffer.Offset)) : N(buffer.Offset));
    }

    /// <summary>The constants of states, which stand beside the layout that is made of them.</summary>
    public static void EmitStates(CodeWriter writer, IReadOnlyList<RowBuffer> states)
    {
        if (states.Count == 0)
            return;
        writer.Line(KernelText.Summary("Offset of each state in a stream's state."));
        using (writer.Block($"private static class {ClassOf(Memory.BatchStates)}"))
            foreach (var state in states)
                Constant(writer, state.Name, N(state.Offset));
        writer.Line();
    }

    private static void Constant(CodeWriter writer, string name, string value) => writer.Line($"public const int {name} = {value};");

    /// <summary>Gradients lie as weights do.</summary>
    private static string ClassOf(Memory memory) => memory switch
    {
        Memory.Weights or Memory.Gradients => "InWeights",
        Memory.State => "InStream",
        Memory.BatchStates => "InStates",
        _ => "In" + memory,
    };
}
