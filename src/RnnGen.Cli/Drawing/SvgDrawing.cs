using System.Globalization;
using System.Security;
using System.Text;
using RnnGen.Cli.CommandLine;
using RnnGen.Formats;

namespace RnnGen.Cli.Drawing;

/// <summary>A model as a picture: its layers as boxes, from the input on top to the output.</summary>
internal static class SvgDrawing
{
    private const double LineHeight = 17, RowGap = 34, Margin = 16, BoxPadding = 8, ArrowHead = 7;

    /// <summary>The text of an SVG file.</summary>
    public static string Of(ModelDescription model)
    {
        var layout = new GraphLayout(model);
        double[] tops = new double[layout.Rows.Count + 1];
        for (int row = 0; row < layout.Rows.Count; row++)
            tops[row + 1] = tops[row] + Height(layout.Rows[row]) + RowGap;
        string width = Number(layout.Width + (2 * Margin)), height = Number(tops[^1] - RowGap + (2 * Margin));
        var svg = new StringBuilder(FormattableString.Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">
              <rect width="100%" height="100%" fill="#ffffff"/>
              <g transform="translate({Margin} {Margin})">

            """));
        for (int row = 0; row < layout.Rows.Count; row++)
            foreach (GraphNode node in layout.Rows[row])
                foreach (GraphNode source in node.Sources)
                    svg.Append(Arrow(source, node, tops[row - 1] + Bottom(source, layout.Rows[row - 1]), tops[row]));
        for (int row = 0; row < layout.Rows.Count; row++)
            foreach (GraphNode node in layout.Rows[row])
                svg.Append(node.IsBend ? Line(node, tops[row], Height(layout.Rows[row])) : Box(node, tops[row], row == 0 || row == layout.Rows.Count - 1));
        return svg.Append("  </g>\n</svg>\n").ToString().ReplaceLineEndings("\n");
    }

    private static double Height(IReadOnlyList<GraphNode> row) => row.Max(node => (node.Lines.Count * LineHeight) + (2 * BoxPadding));

    // Where its arrow begins: below its own box, or below the row where it continues as a line.
    private static double Bottom(GraphNode node, IReadOnlyList<GraphNode> row) => node.IsBend ? Height(row) : (node.Lines.Count * LineHeight) + (2 * BoxPadding);

    private static string Arrow(GraphNode from, GraphNode to, double top, double bottom)
    {
        double end = to.IsBend ? bottom : bottom - ArrowHead, middle = (top + bottom) / 2;
        string line = $"    <path d=\"M {Number(from.X)} {Number(top)} C {Number(from.X)} {Number(middle)}, {Number(to.X)} {Number(middle)}, {Number(to.X)} {Number(end)}\" fill=\"none\" stroke=\"#5b6770\" stroke-width=\"1.4\"/>\n";
        string head = $"    <path d=\"M {Number(to.X - 4)} {Number(end)} L {Number(to.X + 4)} {Number(end)} L {Number(to.X)} {Number(bottom)} Z\" fill=\"#5b6770\"/>\n";
        return to.IsBend ? line : line + head;
    }

    private static string Line(GraphNode node, double top, double height) =>
        $"    <path d=\"M {Number(node.X)} {Number(top)} V {Number(top + height)}\" stroke=\"#5b6770\" stroke-width=\"1.4\"/>\n";

    private static string Box(GraphNode node, double top, bool isEnd)
    {
        double height = (node.Lines.Count * LineHeight) + (2 * BoxPadding);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"    <rect x=\"{Number(node.X - (node.Width / 2))}\" y=\"{Number(top)}\" width=\"{Number(node.Width)}\" height=\"{Number(height)}\" rx=\"{(isEnd ? "17" : "5")}\" fill=\"{(isEnd ? "#eef1f3" : "#e3f0fb")}\" stroke=\"{(isEnd ? "#8a959d" : "#2f77b5")}\"/>\n");
        for (int line = 0; line < node.Lines.Count; line++)
        {
            double y = top + BoxPadding + (line * LineHeight) + 12.5;
            string style = line == 0 ? "font-weight=\"bold\" fill=\"#1d2b36\"" : "fill=\"#41505c\"";
            text.Append(CultureInfo.InvariantCulture, $"    <text x=\"{Number(node.X)}\" y=\"{Number(y)}\" text-anchor=\"middle\" {style}>{SecurityElement.Escape(ToolConsole.Printable(node.Lines[line]))}</text>\n");
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
