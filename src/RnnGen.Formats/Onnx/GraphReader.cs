namespace RnnGen.Formats.Onnx;

/// <summary>Reads a graph under one reading after the other until one holds.</summary>
internal sealed class GraphReader(OnnxModel model, ImportOptions options, Budget budget, FoldedConstants constants)
{
    // Parts of a graph that are tried where all of it cannot be read, ends of each, and the readings of all its inputs.
    private const int MaxParts = 40, MaxEnds = 3, MaxReadings = 48;

    // What it may cost to find out which part can be read, beside what the file itself may cost.
    private const double HintShare = 0.5;

    private static readonly string[] Sequences = ["UNIDIRECTIONAL_SEQUENCE_LSTM", "BIDIRECTIONAL_SEQUENCE_LSTM", "UNIDIRECTIONAL_SEQUENCE_RNN", "BIDIRECTIONAL_SEQUENCE_RNN"];

    private static readonly HashSet<string> Beginning = ["LSTM", "GRU", "RNN", "MatMul", "Gemm", "Conv", "Squeeze", "Transpose", "Reshape", .. Sequences];

    private static readonly HashSet<string> Ending = ["LSTM", "GRU", "RNN", "Gemm", "Add", "Sigmoid", "Tanh", "Relu", "Softmax", .. Sequences];

    /// <summary>The network of a graph; where there is none, the refusal says what part of it can be read.</summary>
    /// <param name="model">The file's model.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="fileSize">The file's size, which bounds how much is computed.</param>
    public static ModelDescription Read(OnnxModel model, ImportOptions options, int fileSize)
    {
        var constants = new FoldedConstants();
        var reader = new GraphReader(model, options, new Budget(fileSize), constants);
        try
        {
            return reader.Read(options.Subgraph);
        }
        catch (UnsupportedLayerException refusal) when (options.Subgraph is null)
        {
            throw new UnsupportedLayerException(refusal.Layer, refusal.Operation, refusal.Reason, new GraphReader(model, options, new Budget(fileSize, HintShare), constants).Possible());
        }
    }

    /// <summary>How a program feeds the graph, once it was read.</summary>
    public GraphSignature? Signature { get; private set; }

    /// <summary>The network.</summary>
    /// <param name="part">The first and last node of the part to read; null for all.</param>
    public ModelDescription Read((string First, string Last)? part)
    {
        if (part is { } wanted)
            foreach (string name in new[] { wanted.First, wanted.Last })
                if (!GraphRun.Contains(model.Graph, name))
                    throw new FormatException($"expected a node {Text.Quote(name)}, got none of that name");
        FormatException? best = null;
        int farthest = -1, readings = 0, bestInput = 0; // the first input that can be the network's says best why it cannot be read
        OnnxValue[] inputs = [.. model.Graph.Inputs.Where(input => !model.Graph.Initializers.ContainsKey(input.Name))];
        for (int data = 0; data < (part is null ? inputs.Length : 1); data++)
            for (int axes = 0; readings < MaxReadings; axes++, readings++)
            {
                var run = new GraphRun(model, new Reading(part, data, axes), budget, constants);
                try
                {
                    var assembly = new ModelAssembly(run, options);
                    ModelDescription network = assembly.Read(inputs, data, part);
                    Signature = assembly.Signature;
                    return network;
                }
                catch (NoReadingException)
                {
                    break;
                }
                catch (SpentException) when (best is not null)
                {
                    throw best;
                }
                catch (FormatException refusal) when (refusal is not SpentException)
                {
                    // Where two readings come equally far, the one whose axes are right says more.
                    int rank = (2 * run.Progress) + (run.HasWrongAxes ? 0 : 1);
                    if (rank > farthest && (data == bestInput || best is null))
                        (best, farthest, bestInput) = (refusal, rank, data);
                }
            }

        throw best ?? new FormatException($"expected an input of 1 to 4 axes whose sizes are fixed but for those of steps and sequences, got {(inputs.Length == 0 ? "no input" : string.Join(", ", inputs.Select(input => input.Name)))}");
    }

    /// <summary>The largest part that can be read, as a sentence; null where none was found.</summary>
    public string? Possible()
    {
        // What begins with weights, or with moving values about before them, is likeliest a network; it ends with the file's output or where something else begins.
        OnnxNode[] nodes = [.. All(model.Graph)];
        int output = Array.FindLastIndex(nodes, node => node.Outputs.Contains(model.Graph.Outputs.FirstOrDefault()?.Name));
        int[] firsts = [.. Enumerable.Range(0, nodes.Length).Where(at => Beginning.Contains(nodes[at].Operator))];
        int[] lasts = [output, .. Enumerable.Range(0, nodes.Length).Where(at => Ending.Contains(nodes[at].Operator)).Reverse()];
        Dictionary<int, int> refused = []; // for each beginning, where it was refused: what ends later is, too
        foreach ((int first, int last) in firsts.SelectMany(first => lasts.Where(last => last >= first).Take(MaxEnds).Select(last => (first, last))).OrderByDescending(pair => pair.last - pair.first).Take(MaxParts))
        {
            (string begin, string end) = (nodes[first].DisplayName, nodes[last].DisplayName);
            if (refused.TryGetValue(first, out int at) && last >= at)
                continue;
            try
            {
                Read((begin, end));
                return $"The nodes {Text.Quote(begin)} to {Text.Quote(end)} can be read (--subgraph {Text.Shorten(begin)}..{Text.Shorten(end)})";
            }
            catch (SpentException)
            {
                return null;
            }
            catch (FormatException refusal)
            {
                if (refusal is UnsupportedLayerException { Layer: var layer } && Array.FindIndex(nodes, node => node.DisplayName == layer) is >= 0 and var where)
                    refused[first] = Math.Max(where, first);
            }
        }

        return null;
    }

    /// <summary>All nodes in their order, with those of graphs within nodes.</summary>
    private static IEnumerable<OnnxNode> All(OnnxGraph graph) =>
        graph.Nodes.SelectMany(node => node.Attributes.Values.Select(attribute => attribute.Graph).OfType<OnnxGraph>().SelectMany(All).Prepend(node));
}
