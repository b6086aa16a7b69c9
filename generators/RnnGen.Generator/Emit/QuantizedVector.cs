using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>The text of a vector that 8-bit weights multiply: its integers in a buffer on the stack, what sums start from, and what an integer stands for.</summary>
internal static class QuantizedVector
{
    /// <summary>The reference to the first word of a vector's integers.</summary>
    public static string Words(string source) => LocalName.Of(source, "Words");

    /// <summary>What the sums of products with a vector start from.</summary>
    public static string Start(string source) => LocalName.Of(source, "Start");

    /// <summary>What 1 stands for in a vector's integers.</summary>
    public static string Scale(string source) => LocalName.Of(source, "Scale");

    /// <summary>A vector as arguments of a method, or as the parameters that it declares for them.</summary>
    public static IEnumerable<string> Arguments(string source, bool declared) => declared
        ? [$"ref int {Words(source)}", $"int {Start(source)}", $"float {Scale(source)}"]
        : [$"ref {Words(source)}", Start(source), Scale(source)];

    /// <summary>Quantizes the vector that a panel multiplies.</summary>
    public static void Fill(CodeWriter writer, ReducedPanel panel)
    {
        string source = panel.Segment.Source, buffer = LocalName.Of(source, "Buffer"), type = Type(WordsOf(panel));
        writer.Line($"Unsafe.SkipInit(out {type} {buffer});")
            .Line($"ref int {Words(source)} = ref Unsafe.As<{type}, int>(ref {buffer});")
            .Line($"float {Scale(source)} = Int8Math.Quantize(ref {Row(source)}, {panel.Segment.Columns.Text}, ref {Words(source)}, out int {Start(source)});");
    }

    /// <summary>The types of the buffers, one for each length.</summary>
    public static void Types(CodeWriter writer, IEnumerable<StagePlan> stages)
    {
        var panels = stages.SelectMany(stage => stage.Reduced?.Panels ?? []).Where(panel => panel.Format == WeightFormat.Int8);
        foreach (int words in panels.Select(WordsOf).Distinct().OrderBy(words => words))
        {
            writer.Gap()
                .Line(Summary("A buffer for a vector of integers, two per word."))
                .Line($"[global::System.Runtime.CompilerServices.InlineArray({N(words)})]");
            using (writer.Block($"private struct {Type(words)}"))
                writer.Line("private int _first;");
        }
    }

    private static int WordsOf(ReducedPanel panel) => ReducedPanel.ValueWords * panel.Words;

    private static string Type(int words) => "Words" + N(words);
}
