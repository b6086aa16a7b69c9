namespace RnnGen.Formats.Onnx;

/// <summary>Reads a graph under one reading after the other until one holds.</summary>
internal sealed class GraphReader(OnnxModel model, ImportOptions options, Budget budget)
{
    // Parts of a graph that are tried where all of it cannot be read, and the readings of all its inputs.
    private const int MostParts = 24, MostReadings = 64;

    private List<OnnxNode> _nodes = []; // of the reading that led farthest
    private HashSet<OnnxNode> _refused = [];

    /// <summary>The network.</summary>
    /// <param name="part">The first and last node of the part to read; null for all.</param>
    public ModelDescription Read((string First, string Last)? part)
    {
        if (part is { } wanted)
            foreach (string name in new[] { wanted.First, wanted.Last })
                if (!GraphRun.Contains(model.Graph, name))
                    throw new FormatException($"expected a node {Text.Quote(name)}, got none of that name");
        FormatException? best = null;
        int farthest = -1, readings = 0;
        OnnxValue[] inputs = [.. model.Graph.Inputs.Where(input => !model.Graph.Initializers.ContainsKey(input.Name))];
        for (int data = 0; data < (part is null ? inputs.Length : 1); data++)
            for (int axes = 0; readings < MostReadings; axes++, readings++)
            {
                var run = new GraphRun(model, new Reading(part, data, axes), budget);
                try
                {
                    return new ModelAssembly(run, options).Read(inputs, data, part);
                }
                catch (NoReadingException)
                {
                    break;
                }
                catch (FormatException refusal)
                {
                    if (run.Progress > farthest)
                    {
                        (best, farthest) = (refusal, run.Progress);
                        if (part is null)
                            (_nodes, _refused) = (run.Nodes, [.. run.RefusedNodes]);
                    }
                }
            }

        throw best ?? new FormatException($"expected an input of 1 to 4 axes whose sizes are fixed but for those of steps and sequences, got {(inputs.Length == 0 ? "no input" : string.Join(", ", inputs.Select(input => input.Name)))}");
    }

    /// <summary>The largest part that can be read, as a sentence; null where none was found.</summary>
    public string? Possible()
    {
        // From behind a refused node to the end, from the beginning to before one: what begins with weights is likeliest a network.
        OnnxNode[] firsts = [.. _nodes.Where(node => node.Operator is "LSTM" or "GRU" or "RNN" or "MatMul" or "Gemm" or "Conv" && !_refused.Contains(node))];
        OnnxNode[] lasts = [.. _nodes.Where(node => _refused.Contains(node)).Select(node => _nodes.IndexOf(node)).Where(at => at > 0).Select(at => _nodes[at - 1]).Append(Output())];
        (int Count, string? Sentence) largest = (0, null);
        foreach (var (first, last) in firsts.Take(MostParts).SelectMany(first => lasts.TakeLast(3).Select(last => (First: first, Last: last))).Take(MostParts))
        {
            int count = _nodes.IndexOf(last) - _nodes.IndexOf(first) + 1;
            if (count <= largest.Count)
                continue;
            try
            {
                Read((first.DisplayName, last.DisplayName));
                largest = (count, $"The nodes {Text.Quote(first.DisplayName)} to {Text.Quote(last.DisplayName)} can be read (--subgraph {Text.Shorten(first.DisplayName)}..{Text.Shorten(last.DisplayName)})");
            }
            catch (FormatException)
            {
                // Not this part.
            }
        }

        return largest.Sentence;
    }

    private OnnxNode Output() => _nodes.LastOrDefault(node => node.Outputs.Contains(model.Graph.Outputs.FirstOrDefault()?.Name)) ?? _nodes[^1];
}
