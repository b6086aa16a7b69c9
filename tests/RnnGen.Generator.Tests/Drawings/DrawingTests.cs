using System.Xml.Linq;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Drawings;

/// <summary>The drawing in the remarks of a generated class, as the compiler hands it to an editor.</summary>
public sealed class DrawingTests
{
    private const string NoiseSuppressor =
        """
        [Network(42)]
        [Dense(24, Activation.Tanh, Name = "dense")]
        [Gru(24, Name = "vad_gru")]
        [Dense(1, Activation.Sigmoid, Name = "vad", IsOutput = true)]
        [Gru(48, Name = "noise_gru", From = ["dense", "vad_gru", "input"])]
        [Gru(96, Name = "denoise_gru", From = ["vad_gru", "noise_gru", "input"])]
        [Dense(22, Activation.Sigmoid, Name = "gains", IsOutput = true)]
        """;

    [Fact]
    public void A_chain_is_one_line()
    {
        Assert.Equal(
            ["flowchart TD", "  input([\"input: 20\"]) --> layer0[\"lstm0: Lstm 8\"] --> layer1[\"laststep1: LastStep 8\"] --> layer2[\"dense2: Dense 10\"] --> output2([\"output\"])"],
            Drawing("[Network(20)] [Lstm(8)] [LastStep] [Dense(10)]"));
        Assert.Equal(["flowchart TD", "  input([\"input: one of 5\"]) --> layer0[\"gru0: Gru 4\"] --> output0([\"output\"])"], Drawing("[Network(OneHot = 5)] [Gru(4)]"));
    }

    [Fact]
    public void A_graph_has_an_edge_for_each_that_a_layer_reads()
    {
        var chart = MermaidFlowchart.Parse(Drawing(NoiseSuppressor));

        Assert.Equal(
            [
                ("input", "input: 42"), ("layer0", "dense: Dense 24"), ("layer1", "vad_gru: Gru 24"), ("layer2", "vad: Dense 1"), ("output2", "vad"),
                ("layer3", "noise_gru: Gru 48"), ("layer4", "denoise_gru: Gru 96"), ("layer5", "gains: Dense 22"), ("output5", "gains"),
            ],
            chart.Nodes.Select(node => (node.Key, node.Value)));
        Assert.Equal(
            [
                ("input", "layer0"), ("layer0", "layer1"), ("layer1", "layer2"), ("layer2", "output2"),
                ("layer0", "layer3"), ("layer1", "layer3"), ("input", "layer3"),
                ("layer1", "layer4"), ("layer3", "layer4"), ("input", "layer4"), ("layer4", "layer5"), ("layer5", "output5"),
            ],
            chart.Edges);
    }

    /// <summary>An output that others read, one layer read twice, and a last layer that is none.</summary>
    [Fact]
    public void Every_edge_is_drawn_once()
    {
        var chart = MermaidFlowchart.Parse(Drawing(
            "[Network(2)] [Dense(3, Name = \"a\", IsOutput = true)] [Dense(3, Name = \"b\")] [Add(From = [\"a\", \"b\"], Name = \"c\", IsOutput = true)] " +
            "[Dense(3, Name = \"d\", IsOutput = true, From = [\"c\"])]"));

        Assert.Equal(
            [
                ("input", "layer0"), ("layer0", "output0"), ("layer0", "layer1"), ("layer0", "layer2"), ("layer2", "output2"), ("layer1", "layer2"),
                ("layer2", "layer3"), ("layer3", "output3"),
            ],
            chart.Edges);
    }

    /// <summary>The strangest names that layers may have.</summary>
    [Theory]
    [InlineData("1.")]
    [InlineData("-1")]
    [InlineData("end")]
    [InlineData("enc-1.o--x")]
    public void Names_are_labels_only(string name)
    {
        var chart = MermaidFlowchart.Parse(Drawing($"[Network(2)] [Gru(4, Name = \"{name}\", IsOutput = true)] [Dense(2, Name = \"other\", IsOutput = true)]"));

        Assert.Equal(["input: 2", $"{name}: Gru 4", name, "other: Dense 2", "other"], chart.Nodes.Values);
    }

    [Fact]
    public void A_cell_of_the_users_has_its_own_name()
    {
        var chart = MermaidFlowchart.Parse(Drawing(
            "[Network(2)] [Größe(4, Name = \"size\")]",
            "public sealed class GrößeAttribute(int units) : CellAttribute(units) { protected override void Define(Vector x) { var h = State(\"h\"); Next(h, Equations.Tanh(Gate(\"n\", x, h))); } }"));

        Assert.Equal("size: Größe 4", chart.Nodes["layer0"]);
    }

    [Fact]
    public void A_long_chain_has_short_lines()
    {
        var lines = Drawing("[Network(2)] " + string.Join(' ', Enumerable.Range(0, 20).Select(layer => $"[Dense(4, Name = \"{new string('a', 30)}{layer}\")]")));

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 200));
        Assert.Equal(Enumerable.Range(0, 20).Select(layer => (layer == 0 ? "input" : $"layer{layer - 1}", $"layer{layer}")).Append(("layer19", "output19")), MermaidFlowchart.Parse(lines).Edges);
    }

    /// <summary>The last code block of the class's remarks, which must be XML.</summary>
    private static string[] Drawing(string attributes, string others = "")
    {
        var run = GeneratorRun.Of($"using RnnGen;\n{attributes} public sealed partial class Net;\n{others}").AssertCompiles();
        string documentation = run.Output.GetTypeByMetadataName("Net")!.GetDocumentationCommentXml()!;
        string drawing = XDocument.Parse(documentation).Descendants("remarks").Single().Elements("code").Last().Value;
        string[] lines = drawing.Trim('\n').Split('\n');
        int indentation = lines[0].Length - lines[0].TrimStart().Length; // The compiler's.
        return [.. lines.Select(line => line[Math.Min(indentation, line.Length)..].TrimEnd()).Where(line => line.Length > 0)];
    }
}
