using System.Globalization;
using RnnGen.Formats;

namespace RnnGen.Cli.Drawing;

/// <summary>
/// Where the layers of a model are drawn. A layer is in the row below the lowest of its sources. An arrow over several rows bends in each of them, so that it
/// passes between the boxes.
/// </summary>
internal sealed class GraphLayout
{
    private const double CharacterWidth = 7.3, Padding = 24, Gap = 28, BendWidth = 12;
    private const int Passes = 4;

    private readonly List<List<GraphNode>> _rows = [];

    /// <summary>Places a model's layers.</summary>
    public GraphLayout(ModelDescription model)
    {
        GraphNode input = Box(0, [ModelBuilder.Input, model.IsOneHot ? $"one of {model.InputSize}" : $"{model.InputSize}"], []);
        List<GraphNode> boxes = [];
        foreach (ModelLayer layer in model.Layers)
        {
            GraphNode[] sources = [.. layer.Sources.Select(source => source < 0 ? input : boxes[source])];
            boxes.Add(Box(sources.Max(source => source.Row) + 1, Lines(layer), sources));
        }

        int last = boxes.Max(box => box.Row) + 1;
        string values = model.IsPerSequence ? "a sequence" : "a step";
        Box(last, ["output", $"{model.OutputSize} {values}"], [.. model.Outputs.Select(output => boxes[model.Layers.ToList().IndexOf(output)])]);
        Place();
    }

    /// <summary>The rows from the top.</summary>
    public IReadOnlyList<IReadOnlyList<GraphNode>> Rows => _rows;

    /// <summary>Width of all.</summary>
    public double Width { get; private set; }

    private static string[] Lines(ModelLayer layer) =>
        [layer.Name, Formats.Text.Shorten(AttributeText.WithoutPlace(layer.Attribute), 60), string.Create(CultureInfo.InvariantCulture, $"{layer.InputSize} → {layer.OutputSize}")];

    private GraphNode Box(int row, IReadOnlyList<string> lines, GraphNode[] sources) =>
        Add(new GraphNode { Lines = lines, Row = row, Width = (lines.Max(line => line.Length) * CharacterWidth) + Padding }, sources);

    private GraphNode Add(GraphNode node, GraphNode[] sources)
    {
        while (_rows.Count <= node.Row)
            _rows.Add([]);
        foreach (GraphNode source in sources)
            node.Sources.Add(source.Row == node.Row - 1 ? source : Bend(source, node.Row - 1));
        _rows[node.Row].Add(node);
        return node;
    }

    // One bend per row, which the arrows of one source share.
    private GraphNode Bend(GraphNode source, int row) =>
        _rows[row].FirstOrDefault(node => node.IsBend && Origin(node) == source) ?? Add(new GraphNode { Lines = [], Row = row, Width = BendWidth }, [source]);

    private static GraphNode Origin(GraphNode bend) => bend.IsBend ? Origin(bend.Sources[0]) : bend;

    private void Place()
    {
        for (int pass = 0; pass < Passes; pass++)
            foreach (List<GraphNode> row in _rows)
            {
                // In the order of what they read, so that few arrows cross.
                GraphNode[] ordered = [.. row.OrderBy(node => node.Sources.Count == 0 ? 0 : node.Sources.Average(source => source.X))];
                row.Clear();
                row.AddRange(ordered);
                PlaceRow(row);
            }

        double left = _rows.SelectMany(row => row).Min(node => node.X - (node.Width / 2)), right = _rows.SelectMany(row => row).Max(node => node.X + (node.Width / 2));
        foreach (GraphNode node in _rows.SelectMany(row => row))
            node.X -= left;
        Width = right - left;
    }

    // A box that is alone in its row stands in the middle, so that a chain of layers is a straight line; of several boxes the row does.
    private static void PlaceRow(List<GraphNode> row)
    {
        double x = 0;
        foreach (GraphNode node in row)
        {
            node.X = x + (node.Width / 2);
            x += node.Width + Gap;
        }

        double middle = row.Count(node => !node.IsBend) == 1 ? row.Single(node => !node.IsBend).X : (x - Gap) / 2;
        foreach (GraphNode node in row)
            node.X -= middle;
    }
}
