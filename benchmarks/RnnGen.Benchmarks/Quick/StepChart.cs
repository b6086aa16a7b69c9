using System.Globalization;
using System.Text;

namespace RnnGen.Benchmarks.Quick;

/// <summary>Draws the table of steps of a report as an SVG chart: a bar for each engine and network, on a logarithmic scale.</summary>
internal static class StepChart
{
    private const int Width = 760, Left = 116, Right = 84, Top = 74, BarHeight = 13, Gap = 14;

    private static readonly string[] Networks = ["LSTM 1→8", "LSTM 1→32", "LSTM 64→64", "LSTM 128→128", "LSTM 256→256", "GRU 64→64", "RNN 64→64"];

    /// <summary>The engines: the title of their column, their name in the legend, their colour.</summary>
    private static readonly (string Column, string Name, string Colour)[] Engines =
    [
        ("min ns", "RnnGen", "#1a7f5a"),
        ("TensorPrimitives min ns", "C# by hand (TensorPrimitives)", "#8fb8a8"),
        ("ONNX Runtime min ns", "ONNX Runtime", "#e08e2b"),
        ("TorchSharp min ns", "TorchSharp", "#c2566a"),
    ];

    /// <summary>The chart as the text of an SVG file.</summary>
    /// <param name="report">A report of <c>--quick --out</c> that has the table of steps with all peers.</param>
    /// <param name="caption">The machine, for the line under the title.</param>
    /// <exception cref="FormatException">The report lacks the table, a column or a network.</exception>
    public static string Of(string report, string caption)
    {
        string[][] table = [.. report.ReplaceLineEndings("\n").Split('\n')
            .SkipWhile(line => !line.StartsWith("| step, ", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
        if (table.Length == 0)
            throw new FormatException("report: expected a table of steps, got none");

        double[][] rows = [.. Networks.Select(network => Row(table, network))];
        double lowest = Math.Pow(10, Math.Floor(Math.Log10(rows.Min(row => row.Min())))), highest = Math.Pow(10, Math.Ceiling(Math.Log10(rows.Max(row => row.Max()))));
        int rowHeight = (Engines.Length * BarHeight) + Gap, height = Top + (rows.Length * rowHeight) + 30;
        double Place(double value) => Left + ((Width - Left - Right) * Math.Log10(value / lowest) / Math.Log10(highest / lowest));

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="11">
              <rect width="100%" height="100%" rx="6" fill="#ffffff"/>
              <text x="16" y="24" font-size="15" font-weight="600" fill="#1f2328">One time step of one stream: shorter is better, logarithmic scale</text>
              <text x="16" y="42" fill="#57606a">{caption}</text>

            """);
        double legend = 16;
        foreach (var (_, name, colour) in Engines)
        {
            svg.Append(CultureInfo.InvariantCulture, $"  <rect x=\"{legend}\" y=\"52\" width=\"11\" height=\"11\" fill=\"{colour}\"/>\n  <text x=\"{legend + 16}\" y=\"61.5\" fill=\"#1f2328\">{name}</text>\n");
            legend += 42 + (6 * name.Length);
        }

        for (double value = lowest; value <= highest * 1.001; value *= 10)
            svg.Append(CultureInfo.InvariantCulture, $"  <path d=\"M {Place(value):F1} {Top} V {height - 24}\" stroke=\"#d0d7de\"/>\n  <text x=\"{Place(value):F1}\" y=\"{height - 10}\" text-anchor=\"middle\" fill=\"#57606a\">{Text(value)}</text>\n");
        for (int row = 0; row < rows.Length; row++)
        {
            int top = Top + (row * rowHeight) + (Gap / 2);
            svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{Left - 8}\" y=\"{top + (rowHeight - Gap) / 2 + 4}\" text-anchor=\"end\" fill=\"#1f2328\">{Networks[row]}</text>\n");
            for (int engine = 0; engine < Engines.Length; engine++)
            {
                double end = Place(rows[row][engine]);
                int y = top + (engine * BarHeight);
                svg.Append(CultureInfo.InvariantCulture, $"  <rect x=\"{Left}\" y=\"{y}\" width=\"{end - Left:F1}\" height=\"{BarHeight - 2}\" fill=\"{Engines[engine].Colour}\"/>\n  <text x=\"{end + 5:F1}\" y=\"{y + 9}\" fill=\"#1f2328\">{Text(rows[row][engine])}</text>\n");
            }
        }

        return svg.Append("</svg>\n").ToString().ReplaceLineEndings("\n");
    }

    private static double[] Row(string[][] table, string network)
    {
        string[] cells = table.FirstOrDefault(row => row[0] == network) ?? throw new FormatException($"report: expected a row {network}, got none");
        return [.. Engines.Select(engine => Array.IndexOf(table[0], engine.Column) is >= 0 and var column
            ? double.Parse(cells[column], CultureInfo.InvariantCulture)
            : throw new FormatException($"report: expected a column '{engine.Column}', got none"))];
    }

    private static string Text(double nanoseconds) => nanoseconds >= 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.#} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0} ns");
}
