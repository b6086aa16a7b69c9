namespace RnnGen.Formats.Onnx;

/// <summary>Loop over all time steps: its body takes the step that it is at by Gather.</summary>
internal static class LoopOperator
{
    /// <summary>The final states, then what the steps gave.</summary>
    public static IReadOnlyList<Knowledge> Compute(GraphRun run, OnnxNode node, IReadOnlyList<Knowledge?> inputs, Scope scope)
    {
        if (inputs.OfType<Refused>().FirstOrDefault() is { } refused)
            return [.. node.Outputs.Select(_ => new Refused(refused.Cause))];
        var call = new NodeCall(run, node, [.. inputs.Select(input => input as Tensor)]);
        call.ExpectLengths(sees: false);
        OnnxGraph body = node.Attributes.TryGetValue("body", out OnnxAttribute? graph) && graph.Graph is { } found && node.Attributes.Count == 1 ? found : throw call.Refuse("expected a body and nothing else");
        int states = inputs.Count - 2;
        if (states < 0 || body.Inputs.Count != inputs.Count || body.Outputs.Count < states + 1)
            throw call.Refuse($"expected a body with {inputs.Count} inputs and at least {states + 1} outputs, got {body.Inputs.Count} and {body.Outputs.Count}");
        if (call.Optional(0) is not { Count: 1 } count || !(count[0].IsSteps || count[0].IsConstant) || !IsTrue(call.Optional(1)))
            throw call.Refuse("it ends by a condition, expected as many iterations as there are time steps");
        var inner = new Scope(scope, body, run);
        List<StateVector> before = [];
        inner.Set(body.Inputs[0].Name, Tensor.Of([], [Cell.Step], isInteger: true));
        inner.Set(body.Inputs[1].Name, Tensor.Of([], [1], isInteger: true));
        for (int index = 0; index < states; index++)
            inner.Set(body.Inputs[index + 2].Name, LoopStates.Before(call, index + 2, before));
        int outer = run.Turns;
        run.Turns = count[0].IsSteps ? -1 : (int)Math.Clamp(count[0].Value, 0, int.MaxValue);
        Dim time = new(Axis.Time, run.Turns);
        run.Compute(body, inner);
        run.Turns = outer;
        Tensor[] results = LoopStates.Results(node, body, inner);
        if (!IsTrue(results[0]))
            throw call.Refuse("it ends by a condition, expected as many iterations as there are time steps");
        return LoopStates.Outputs(call, before, results[1..], Direction.Forward, (tensor, _) => tensor.WithDims([time, .. tensor.Dims]));
    }

    private static bool IsTrue(Tensor? condition) => condition is null or { IsConstant: true, Count: 1, Constants: [not 0] };
}
