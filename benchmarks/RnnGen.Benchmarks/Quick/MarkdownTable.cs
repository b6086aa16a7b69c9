using System.Globalization;
using System.Text;

namespace RnnGen.Benchmarks.Quick;

/// <summary>A small table in Markdown.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params object[] cells) => _rows.Add([.. cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)!)]);

    public override string ToString()
    {
        int[] widths = [.. columns.Select((column, index) => _rows.Select(row => row[index].Length).Append(column.Length).Max())];
        var text = new StringBuilder();
        Line(columns);
        Line([.. widths.Select((width, index) => index == 0 ? new string('-', width) : new string('-', width - 1) + ":")]);
        foreach (string[] row in _rows)
            Line(row);
        return text.ToString();

        void Line(string[] cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select((cell, index) => index == 0 ? cell.PadRight(widths[index]) : cell.PadLeft(widths[index]))).Append(" |\n");
    }
}
