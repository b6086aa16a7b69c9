namespace RnnGen.Formats.Onnx.Writing;

/// <summary>Writes a recurrent layer: as ONNX's own operator where that computes the same, otherwise as a Scan of the cell's equations.</summary>
/// <param name="graph">Receives the nodes.</param>
/// <param name="layer">The layer.</param>
internal sealed class OnnxRecurrent(OnnxGraph graph, ModelLayer layer)
{
    private readonly RecurrentLayerAttribute _options = (RecurrentLayerAttribute)layer.Attribute;

    private IReadOnlyList<string> Suffixes => LayerShapes.Suffixes(_options);

    private IReadOnlyList<(string Name, int Size)> States => LayerShapes.States(_options);

    /// <summary>Adds the layer.</summary>
    /// <param name="rows">What it reads, <c>[steps, batch, size]</c>.</param>
    /// <returns>Its output at each step <c>[steps, batch, size]</c>, and what <see cref="LastStepAttribute"/> keeps of it <c>[batch, size]</c>.</returns>
    public (string Rows, string Last) Add(string rows)
    {
        if (_options is CellAttribute)
            throw new UnsupportedLayerException(layer.Name, LayerNames.Kind(_options), "it is a user-defined cell, and ONNX has no operator for it");
        IReadOnlyList<string> first = [.. States.Select(state => First(state.Name, state.Size, rows))];
        (string all, IReadOnlyList<string> last) = OnnxOperator.Of(layer) is { } native ? native.Add(graph, rows, first) : Scan(rows, first);
        for (int state = 0; state < States.Count && !_options.LearnedState; state++) // a learned state is not an input, so that no run could go on from what it becomes
        {
            string name = NextState(States[state].Name);
            graph.Node("Identity", [last[state]], [], [name]);
            graph.Output(name, Suffixes.Count, OnnxWriter.Batch, States[state].Size);
        }

        return (Merged(graph.Node("Transpose", [all], OnnxAttribute.Of("perm", (IReadOnlyList<long>)[0, 2, 1, 3])), [0, 0, -1], 2),
            Merged(graph.Node("Transpose", [last[0]], OnnxAttribute.Of("perm", (IReadOnlyList<long>)[1, 0, 2])), [0, -1], 1));
    }

    private string NextState(string state) => $"{layer.Name}.{state}_next";

    /// <summary>What a state begins with, <c>[directions, batch, size]</c>: an input of the graph, or the learned values.</summary>
    private string First(string state, int size, string rows)
    {
        if (!_options.LearnedState)
        {
            string name = $"{layer.Name}.{state}";
            graph.Input(name, Suffixes.Count, OnnxWriter.Batch, size);
            return name;
        }

        string learned = graph.Constant($"{layer.Name}.initial_{state}", [Suffixes.Count, 1, size], [.. Suffixes.SelectMany(suffix => layer.Find($"initial_{state}{suffix}")!.Values)]);
        string batch = graph.Node("Shape", [rows], OnnxAttribute.Of("start", 1), OnnxAttribute.Of("end", 2));
        string shape = graph.Node(
            "Concat", [graph.Integers($"integers_{Suffixes.Count}", [Suffixes.Count]), batch, graph.Integers($"integers_{size}", [size])], OnnxAttribute.Of("axis", 0));
        return graph.Node("Expand", [learned, shape]);
    }

    /// <summary>Directions as the layer joins them. The axis of directions is the one before the last.</summary>
    private string Merged(string rows, long[] joined, int axis) => _options.Merge switch
    {
        Merge.Concat => graph.Node("Reshape", [rows, graph.Integers($"shape_{joined.Length}", joined)]),
        _ when Suffixes.Count == 1 => graph.Node("Reshape", [rows, graph.Integers($"shape_{joined.Length}", joined)]),
        Merge.Sum => graph.Node("ReduceSum", [rows, graph.Integers($"axis_{axis}", [axis])], OnnxAttribute.Of("keepdims", 0)),
        Merge.Average => Reduced("ReduceMean", rows, axis),
        _ => Reduced("ReduceProd", rows, axis),
    };

    private string Reduced(string operation, string rows, int axis) =>
        graph.Node(operation, [rows], OnnxAttribute.Of("axes", (IReadOnlyList<long>)[axis]), OnnxAttribute.Of("keepdims", 0));

    /// <summary>Each direction a Scan: outputs <c>[steps, directions, batch, size]</c> and states <c>[directions, batch, size]</c>.</summary>
    private (string All, IReadOnlyList<string> Last) Scan(string rows, IReadOnlyList<string> first)
    {
        List<string> all = [];
        List<List<string>> last = [];
        for (int direction = 0; direction < Suffixes.Count; direction++)
        {
            long way = Suffixes[direction].Length > 0 || _options.Direction == Direction.Reverse ? 1 : 0;
            string at = graph.Integers($"direction_{direction}", [direction], isScalar: true);
            List<string> inputs = [.. first.Select(state => graph.Node("Gather", [state, at], OnnxAttribute.Of("axis", 0))), rows];
            List<string> outputs = [.. States.Select(state => graph.Fresh($"{layer.Name}_{state.Name}")), graph.Fresh($"{layer.Name}_rows")];
            graph.Node(
                "Scan", inputs,
                [
                    OnnxAttribute.Graph("body", Body(Suffixes[direction])), OnnxAttribute.Of("num_scan_inputs", 1),
                    OnnxAttribute.Of("scan_input_directions", (IReadOnlyList<long>)[way]), OnnxAttribute.Of("scan_output_directions", (IReadOnlyList<long>)[way]),
                ],
                outputs);
            all.Add(Unsqueezed(outputs[^1], 1));
            last.Add([.. outputs[..^1].Select(state => Unsqueezed(state, 0))]);
        }

        return (Joined(all, 1), [.. States.Select((_, state) => Joined([.. last.Select(states => states[state])], 0))]);
    }

    private byte[] Body(string suffix)
    {
        var body = new OnnxGraph($"{layer.Name}{suffix}/");
        foreach ((string name, int size) in States)
            body.Input(name, OnnxWriter.Batch, size);
        body.Input("x", OnnxWriter.Batch, layer.InputSize);
        IReadOnlyList<string> next = new CellEquations<string>(new OnnxAlgebra(body, layer, suffix), _options).Step("x", [.. States.Select(state => state.Name)]);
        for (int state = 0; state < States.Count; state++)
        {
            body.Node("Identity", [next[state]], [], [States[state].Name + "_next"]);
            body.Output(States[state].Name + "_next", OnnxWriter.Batch, States[state].Size);
        }

        body.Node("Identity", [next[0]], [], ["y"]);
        body.Output("y", OnnxWriter.Batch, States[0].Size);
        return body.Message($"{layer.Name}{suffix}");
    }

    private string Unsqueezed(string value, long axis) => graph.Node("Unsqueeze", [value, graph.Integers($"axis_{axis}", [axis])]);

    private string Joined(IReadOnlyList<string> values, long axis) => values.Count == 1 ? values[0] : graph.Node("Concat", values, OnnxAttribute.Of("axis", axis));
}
