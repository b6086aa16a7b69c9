namespace RnnGen.Formats.Onnx;

/// <summary>Scan: its body is a graph of one step, whose states are recognised as cells.</summary>
internal static class ScanOperator
{
    private static readonly string[] Attributes = ["body", "num_scan_inputs", "scan_input_axes", "scan_input_directions", "scan_output_axes", "scan_output_directions"];

    // Before, scans had a batch of their own.
    private const int Oldest = 9;

    /// <summary>The final states, then what the steps gave.</summary>
    public static IReadOnlyList<Knowledge> Compute(GraphRun run, OnnxNode node, IReadOnlyList<Knowledge?> inputs, Scope scope)
    {
        if (inputs.OfType<Refused>().FirstOrDefault() is { } refused)
            return [.. node.Outputs.Select(_ => new Refused(refused.Cause))];
        var call = new NodeCall(run, node, [.. inputs.Select(input => input as Tensor)]);
        call.ExpectLengths(sees: false);
        if (run.Model.OperatorSet < Oldest)
            throw call.Refuse($"it is of version {run.Model.OperatorSet}, expected {Oldest} or later");
        if (node.Attributes.Keys.FirstOrDefault(name => !Attributes.Contains(name)) is { } unknown)
            throw call.Refuse($"its attribute {Text.Quote(unknown)} is not known here");
        OnnxGraph body = node.Attributes.TryGetValue("body", out OnnxAttribute? graph) && graph.Graph is { } found ? found : throw call.Refuse("expected a body, got none");
        long scanned = call.Integer("num_scan_inputs", 0);
        int states = inputs.Count - (int)Math.Clamp(scanned, 0, inputs.Count);
        if (scanned < 1 || scanned > inputs.Count || body.Inputs.Count != inputs.Count || body.Outputs.Count < states)
            throw call.Refuse($"expected a body with {inputs.Count} inputs, {scanned} of them scanned, got {body.Inputs.Count} inputs and {body.Outputs.Count} outputs");
        int steps = inputs.Count - states, gives = body.Outputs.Count - states;
        bool reverse = Directions("scan_input_directions", steps);
        if (gives > 0 && Directions("scan_output_directions", gives) != reverse)
            throw call.Refuse("its inputs and outputs go in different directions");

        var inner = new Scope(scope, body, run);
        List<StateVector> before = [];
        for (int index = 0; index < inputs.Count; index++)
            inner.Set(body.Inputs[index].Name, index < states ? LoopStates.Before(call, index, before) : Step(call, index, index - states));
        run.Compute(body, inner);
        Tensor[] after = LoopStates.Results(node, body, inner);
        Dim time = call[states].Dims.First(dim => dim.Axis == Axis.Time);
        return LoopStates.Outputs(call, before, after, reverse ? Direction.Reverse : Direction.Forward, (tensor, place) => Steps(call, tensor, place, time));

        bool Directions(string name, int count)
        {
            IReadOnlyList<long> given = call.Integers(name) ?? [.. Enumerable.Repeat(0L, count)];
            return given.Count == count && given.Distinct().Count() == 1 ? given[0] != 0 : throw call.Refuse($"expected {count} equal {name}, got {Text.Shorten(string.Join(", ", given))}");
        }
    }

    private static Tensor Step(NodeCall call, int index, int place)
    {
        Tensor x = call[index];
        int axis = call.AxisOf(call.Integers("scan_input_axes") is { } axes && place < axes.Count ? axes[place] : 0, x.Rank);
        if (x.Dims[axis].Axis != Axis.Time)
            throw call.Refuse($"it goes along {NodeCall.Word(x.Dims[axis].Axis)}, expected time steps");
        return x.WithDims([.. x.Dims.Where((_, other) => other != axis)]);
    }

    private static Tensor Steps(NodeCall call, Tensor tensor, int place, Dim time)
    {
        int axis = call.AxisOf(call.Integers("scan_output_axes") is { } axes && place < axes.Count ? axes[place] : 0, tensor.Rank + 1);
        return tensor.WithDims([.. tensor.Dims.Take(axis), time, .. tensor.Dims.Skip(axis)]);
    }
}
