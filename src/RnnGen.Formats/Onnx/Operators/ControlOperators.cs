namespace RnnGen.Formats.Onnx;

/// <summary>Operators with graphs of their own: If, Scan and Loop.</summary>
internal static class ControlOperators
{
    /// <summary>What such a node gives; null for any other.</summary>
    public static IReadOnlyList<Knowledge>? Compute(GraphRun run, OnnxNode node, IReadOnlyList<Knowledge?> inputs, Scope scope) => node.Operator switch
    {
        "If" when node.Domain is "" or "ai.onnx" => If(run, node, inputs, scope),
        "Scan" when node.Domain is "" or "ai.onnx" => ScanOperator.Compute(run, node, inputs, scope),
        "Loop" when node.Domain is "" or "ai.onnx" => LoopOperator.Compute(run, node, inputs, scope),
        _ => null,
    };

    /// <summary>The branch that a constant condition takes; or, where it is not constant, the one in which the part that is read begins or ends.</summary>
    private static IReadOnlyList<Knowledge> If(GraphRun run, OnnxNode node, IReadOnlyList<Knowledge?> inputs, Scope scope)
    {
        OnnxGraph then = Branch("then_branch"), otherwise = Branch("else_branch");
        OnnxGraph? taken = inputs.FirstOrDefault() switch
        {
            Tensor { IsConstant: true, Count: 1 } condition => condition.Constants[0] != 0 ? then : otherwise,
            _ when run.IsWanted(then) => then,
            _ when run.IsWanted(otherwise) => otherwise,
            Refused => null,
            _ => throw new UnsupportedLayerException(node.DisplayName, node.Kind, "its condition is computed from the input, expected a constant"),
        };
        if (taken is null)
            return [.. node.Outputs.Select(_ => new Refused(((Refused)inputs[0]!).Cause))];
        var inner = new Scope(scope, taken, run);
        run.Compute(taken, inner);
        return [.. taken.Outputs.Select(output => inner.Find(output.Name) ?? throw new FormatException($"node {Text.Quote(node.DisplayName)}: its branch computes no {Text.Quote(output.Name)}"))];

        OnnxGraph Branch(string name) => node.Attributes.TryGetValue(name, out OnnxAttribute? branch) && branch.Graph is { } graph
            ? graph
            : throw new FormatException($"node {Text.Quote(node.DisplayName)}: expected a graph {name}, got none");
    }
}
