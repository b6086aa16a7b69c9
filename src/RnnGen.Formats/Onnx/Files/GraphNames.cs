namespace RnnGen.Formats.Onnx;

/// <summary>Each value of a graph has one origin. Of two of one name, what reads it would get whichever a reader takes, so that the file has no one meaning.</summary>
internal static class GraphNames
{
    /// <exception cref="FormatException">A name is that of two values of the graph.</exception>
    public static void Check(OnnxGraph graph)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (OnnxValue input in graph.Inputs)
            Add(input.Name, "input");
        names.UnionWith(graph.Initializers.Keys); // an input may have its value before it is given one
        foreach (OnnxNode node in graph.Nodes)
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
                Add(output, $"output of node {Text.Quote(node.DisplayName)}");

        void Add(string name, string what)
        {
            if (!names.Add(name))
                throw new FormatException($"{what}: expected values of different names in a graph, got {Text.Quote(name)} twice");
        }
    }
}
