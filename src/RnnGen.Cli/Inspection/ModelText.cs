using System.Globalization;
using RnnGen.Cli.CommandLine;
using RnnGen.Formats;

namespace RnnGen.Cli.Inspection;

/// <summary>Describes a model in words.</summary>
internal static class ModelText
{
    /// <summary>How many parameters it has: <c>22,922 parameters in 4 layers</c>.</summary>
    public static string Parameters(ModelDescription model) => $"{Many(ParameterCount(model), "parameter")} in {Many(model.Layers.Count, "layer")}";

    /// <summary>All values of all parameters.</summary>
    public static long ParameterCount(ModelDescription model) => model.Tensors.Sum(tensor => (long)tensor.Values.Length);

    /// <summary>What goes in and comes out: <c>20 features per step, 10 values per sequence</c>.</summary>
    public static string Sizes(ModelDescription model) =>
        $"{(model.IsOneHot ? string.Create(CultureInfo.InvariantCulture, $"one of {model.InputSize:N0} classes") : Many(model.InputSize, "feature"))} per step in, {Many(model.OutputSize, "value")} per {(model.IsPerSequence ? "sequence" : "step")} out";

    /// <summary>What a layer reads, for display; empty where that is the layer before it.</summary>
    public static string Reads(ModelDescription model, int layer)
    {
        IReadOnlyList<int> sources = model.Layers[layer].Sources;
        return sources.Count == 1 && sources[0] == layer - 1 ? "" : string.Join(", ", sources.Select(source => SourceName(model, source)));
    }

    /// <summary>The name of a layer's source.</summary>
    public static string SourceName(ModelDescription model, int source) => source < 0 ? ModelBuilder.Input : model.Layers[source].Name;

    /// <summary>Bytes for display.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => FormattableString.Invariant($"{bytes} B"),
        < 1 << 20 => FormattableString.Invariant($"{bytes / 1024.0:F1} KB"),
        _ => FormattableString.Invariant($"{bytes / 1048576.0:F1} MB"),
    };

    /// <summary>Notes and warnings.</summary>
    public static void WriteRemarks(ModelDescription model, ToolConsole console)
    {
        foreach (string note in model.Notes)
            console.Line("Note: " + note);
        foreach (string warning in model.Warnings)
            console.Line("Warning: " + warning);
    }

    private static string Many(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");
}
