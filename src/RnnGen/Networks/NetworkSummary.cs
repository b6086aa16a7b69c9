using System.Text;
using RnnGen.Runtime;

namespace RnnGen;

/// <summary>How a network is described to people.</summary>
internal static class NetworkSummary
{
    private static readonly string[] Titles = ["layer", "kind", "output", "parameters", "multiply-adds", "reads"];

    /// <summary>What layers read comes last, and only where that is not the layer before.</summary>
    private const int LastTitle = 5;

    /// <summary>One line: <c>DigitRecognizer: 20 → Lstm 64 → LastStep → Dense 10, 22,922 parameters</c>.</summary>
    public static string Line(NetworkLayout layout)
    {
        var text = new StringBuilder().Append(Invariant($"{layout.Network}: {(layout.OneHot ? "one-hot " : "")}{layout.InputSize}"));
        if (IsGraph(layout))
            text.Append(Invariant($" → {Number(layout.Layers.Count)} layers → {Number(layout.OutputSize)}"));
        else
            foreach (LayerLayout layer in layout.Layers)
                text.Append(Invariant($" → {layer.Kind}{(layer.OutputSize is int size ? " " + Number(size) : "")}"));
        return text.Append(Invariant($", {Number(layout.Parameters.Sum(parameter => (long)parameter.Count))} parameters")).ToString();
    }

    /// <summary>A table of the layers, and what they need.</summary>
    public static string Table(NetworkLayout layout)
    {
        var rows = new List<string[]> { Titles };
        for (int index = 0; index < layout.Layers.Count; index++)
        {
            LayerLayout layer = layout.Layers[index];
            rows.Add([layer.Name, layer.Kind, layer.OutputSize is int size ? Number(size) : "", Number(ParametersOf(layout, layer)), Number(layer.MultiplyAdds), Reads(layout, index)]);
        }

        long parameters = layout.Parameters.Sum(parameter => (long)parameter.Count);
        rows.Add(["total", "", Number(layout.OutputSize), Number(parameters), Number(layout.Layers.Sum(layer => layer.MultiplyAdds)), ""]);

        string answers = layout.ManyToOne ? "one output per sequence" : "one output per time step";
        var text = new StringBuilder()
            .Append(Invariant($"{layout.Network}: {Number(layout.InputSize)} {(layout.OneHot ? "classes (one-hot)" : "features")} in, {Number(layout.OutputSize)} out, {answers}\n"));
        int[] widths = [.. Titles.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            text.Append(string.Join("  ", row.Take(IsGraph(layout) ? row.Length : LastTitle).Select((cell, column) => column is < 2 or LastTitle ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd())
                .Append('\n');
        if (layout.Outputs.Count > 0)
            text.Append(Invariant($"outputs: {string.Join(", ", layout.Outputs.Select(output => Invariant($"{output.Name} {Number(output.Size)}")))}\n"));
        text.Append(Invariant($"weights: {Bytes(parameters)}, {Bytes(layout.WeightsLength)} packed"));
        if (layout.ReducedLength > 0)
            text.Append(Invariant($", {Bytes(layout.ReducedLength)} of reduced copies"));
        text.Append(Invariant($"\nstate per stream: {Bytes(layout.StateSize)}"));
        if (layout.States.Count > 0)
            text.Append(Invariant($" ({string.Join(", ", layout.States.Select(state => Invariant($"{state.Name} {Number(state.Size)}")))})"));
        return text.Append(Invariant($"\ninstruction set: {Simd.Active}\n")).ToString();
    }

    /// <summary>Whether a layer reads another than the one before it.</summary>
    private static bool IsGraph(NetworkLayout layout) => layout.Layers.Any(layer => layer.From.Count > 0);

    private static string Reads(NetworkLayout layout, int layer) => layout.Layers[layer].From.Count > 0 ? string.Join(", ", layout.Layers[layer].From)
        : layer > 0 ? layout.Layers[layer - 1].Name
        : "input";

    private static long ParametersOf(NetworkLayout layout, LayerLayout layer) =>
        layout.Parameters.Where(parameter => parameter.Name.StartsWith(layer.Name + ".", StringComparison.Ordinal)).Sum(parameter => (long)parameter.Count);

    private static string Bytes(long floats) => Number(floats * sizeof(float)) + " bytes";

    private static string Number(long value) => value.ToString("N0", InvariantNumbers.Format);

    private static string Invariant(FormattableString text) => text.ToString(InvariantNumbers.Format);
}
