using System.Text.Json.Nodes;
using System.Xml.Linq;
using RnnGen.Cli.Drawing;

namespace RnnGen.Formats.Tests;

/// <summary><c>rnngen inspect</c> and <c>rnngen bench</c>: what they say of a model, and the drawing.</summary>
public sealed class InspectTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly ToolRun _tool = new();

    [Fact]
    public void Layers_and_work_are_shown()
    {
        string file = _tool.Save(LayerCases.Get("Graph"), "graph.safetensors");
        Assert.Equal(0, _tool.Run("inspect", file, "--no-time", "--svg", _tool["graph.svg"]));
        Assert.Contains("3 features per step in, 6 values per step out, 160 parameters in 6 layers", _tool.Output, StringComparison.Ordinal);
        Assert.Matches("head +Dense\\(2, Name = \"head\", IsOutput = true\\) +11 → 2 +24 +22 ", _tool.Output);
        Assert.Matches("concat4 .* 11 → 11 +0 +0 +multiply3, input, dense ", _tool.Output);
        Assert.Contains("A step needs 130 multiply-adds and reads ", _tool.Output, StringComparison.Ordinal);
        Assert.Contains("state is 16 B.", _tool.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("A step takes", _tool.Output, StringComparison.Ordinal);
        Assert.Equal(8, XDocument.Load(_tool["graph.svg"]).Descendants(Svg + "text").Count(text => (string?)text.Attribute("font-weight") == "bold"));

        Assert.Equal(1, _tool.Run("inspect", file, "--no-time", "--svg", _tool["graph.svg"]));
        Assert.Contains("graph.svg exists; --force overwrites it", _tool.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lstm", true)]
    [InlineData("Lstm, reverse", false)]
    public void The_step_is_timed(string name, bool hasSteps)
    {
        string file = _tool.Save(LayerCases.Get(name), "net.safetensors");
        Assert.Equal(0, _tool.Run("inspect", file, "--json"));
        JsonObject json = _tool.Json;
        Assert.Equal(hasSteps, (bool)json["hasSteps"]!);
        Assert.Equal((4 * 4 * (3 + 4)) + (4 * 2), (int)json["multiplyAdds"]!);
        Assert.Equal(4 * 4 * (3 + 4), (int)json["layers"]![0]!["multiplyAdds"]!);
        Assert.InRange((double)json["measured"]!["stepNanoseconds"]!, 5, 1e6);
        Assert.Equal(hasSteps, json["measured"]!["limitNanoseconds"] is not null);
    }

    [Fact]
    public void A_benchmark_verifies_and_reports()
    {
        string file = _tool.Save(LayerCases.Get("Gru"), "net.safetensors");
        Assert.Equal(0, _tool.Run("bench", file, "--steps", "100", "--json"));
        Assert.Equal(500, (int)_tool.Json["latency"]!["steps"]!);
        Assert.Equal(0, (int)_tool.Json["latency"]!["allocatedBytes"]!);
        Assert.StartsWith("Verified on random inputs", (string?)_tool.Json["verification"], StringComparison.Ordinal);

        Assert.Equal(1, _tool.Run("bench", _tool.Save(LayerCases.Get("Lstm, reverse"), "reverse.safetensors")));
        Assert.Contains("the network has no steps to time, because lstm0 needs later ones", _tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_of_a_drawing_do_not_overlap_and_arrows_pass_between_them()
    {
        var layout = new GraphLayout(LayerCases.Get("Graph"));
        foreach (IReadOnlyList<GraphNode> row in layout.Rows)
            for (int at = 1; at < row.Count; at++)
                Assert.True(row[at - 1].X + (row[at - 1].Width / 2) <= row[at].X - (row[at].Width / 2));
        Assert.All(layout.Rows.SelectMany(row => row), node => Assert.All(node.Sources, source => Assert.Equal(node.Row - 1, source.Row)));
        Assert.All(layout.Rows.SelectMany(row => row), node => Assert.InRange(node.X, node.Width / 2, layout.Width - (node.Width / 2)));
        GraphNode[] boxes = [.. layout.Rows.SelectMany(row => row).Where(node => !node.IsBend)];
        Assert.Equal(["input", "dense", "gru", "sum", "product", "all", "head", "output"], boxes.Select(box => box.Lines[0]));
    }

    [Fact]
    public void A_drawing_is_XML_with_the_layers_names()
    {
        ModelDescription model = RandomModel.Of(3, new DenseAttribute(2) { Name = "a_b" });
        Assert.Contains(">a_b</text>", SvgDrawing.Of(model), StringComparison.Ordinal);
        XDocument.Parse(SvgDrawing.Of(model));
    }

    public void Dispose() => _tool.Dispose();
}
