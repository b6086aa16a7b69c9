using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints where each of a network's outputs lies.</summary>
internal static class OutputSurface
{
    /// <summary>The nested class's name.</summary>
    public const string Name = "Outputs";

    /// <summary>What a member of it may not be called: itself, and what it has from its base.</summary>
    private static readonly string[] Taken = [Name, "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        var names = new NameScope(Taken.Contains);
        writer.Line("/// <summary>The position of each output in a row of OutputSize values.</summary>");
        using (writer.Block($"public static class {Name}"))
            foreach (var output in plan.Outputs)
                writer.Lines(
                    $"""
                    /// <summary>{output.Name}: {(output.Size == 1 ? "1 value" : N(output.Size) + " values")}, starting at {N(output.Offset)}.</summary>
                    public static global::RnnGen.NetworkOutput {names.Take(output.Name)} => new("{output.Name}", {N(output.Offset)}, {N(output.Size)});

                    """);
        writer.Line();
    }
}
