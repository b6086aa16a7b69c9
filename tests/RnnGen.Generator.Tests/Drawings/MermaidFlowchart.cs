using System.Text.RegularExpressions;

namespace RnnGen.Generator.Tests.Drawings;

/// <summary>
/// A flowchart in the language of Mermaid, read by the part of its grammar that drawings use. What Mermaid would refuse or take for something else is refused.
/// </summary>
/// <param name="Nodes">The labels of nodes by their ids, in the order of the text.</param>
/// <param name="Edges">From which node to which, in the order of the text.</param>
internal sealed partial record MermaidFlowchart(IReadOnlyDictionary<string, string> Nodes, IReadOnlyList<(string From, string To)> Edges)
{
    /// <summary>Words that end a statement or begin one of another kind: no ids.</summary>
    private static readonly string[] Reserved =
        ["end", "graph", "flowchart", "subgraph", "direction", "style", "linkStyle", "class", "classDef", "click", "default", "href", "call"];

    public static MermaidFlowchart Parse(IReadOnlyList<string> lines)
    {
        Assert.Matches("^flowchart (TD|LR)$", lines[0]);
        var nodes = new Dictionary<string, string>();
        var edges = new List<(string From, string To)>();
        var ids = new HashSet<string>();
        foreach (string line in lines.Skip(1))
        {
            Assert.StartsWith("  ", line, StringComparison.Ordinal);
            string? from = null;
            foreach (string statement in line[2..].Split(" --> "))
            {
                var node = Node().Match(statement);
                Assert.True(node.Success, $"'{statement}' is no node in '{line}'");
                string id = node.Groups["id"].Value;
                Assert.DoesNotContain(id, Reserved);
                ids.Add(id);
                if (node.Groups["label"] is { Success: true, Value: var label })
                {
                    Assert.False(TakenForMarkdown().IsMatch(label), label);
                    Assert.True(nodes.TryAdd(id, label), $"{id} is defined twice");
                }

                if (from is not null)
                    edges.Add((from, id));
                from = id;
            }
        }

        Assert.Equal(ids.Order(), nodes.Keys.Order()); // A node without a label would be drawn by its id.
        return new MermaidFlowchart(nodes, edges);
    }

    /// <summary>An id, and where the node is defined its label in quotes, in a box or with round ends.</summary>
    [GeneratedRegex("""^(?<id>[A-Za-z][A-Za-z0-9]*)(\["(?<label>[^"\r\n]+)"\]|\(\["(?<label>[^"\r\n]+)"\]\))?$""")]
    private static partial Regex Node();

    /// <summary>A list, an emphasis or an entity.</summary>
    [GeneratedRegex(@"^(\d+\.|[-*+])\s|`|#\w+;|&\w+;")]
    private static partial Regex TakenForMarkdown();
}
