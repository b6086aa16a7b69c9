namespace RnnGen.Formats.Onnx;

/// <summary>The states of a body that is computed once per step: recognised as cells, and what becomes of them outside of it.</summary>
internal static class LoopStates
{
    /// <summary>A state as the body finds it.</summary>
    /// <param name="call">The node.</param>
    /// <param name="input">Which of its inputs is the first state.</param>
    /// <param name="before">Gets the state.</param>
    public static Tensor Before(NodeCall call, int input, List<StateVector> before)
    {
        Tensor first = call[input];
        if (first.HasTime)
            throw call.Refuse("its first state has a time axis");
        var state = new StateVector(call.Node.Inputs[input], first.Count) { First = first.Cells() };
        before.Add(state);
        return Tensor.Of(first.Dims, state);
    }

    /// <summary>What a body computes.</summary>
    public static Tensor[] Results(OnnxNode node, OnnxGraph body, Scope scope) => [.. body.Outputs.Select(output => scope.Find(output.Name) switch
    {
        Tensor tensor => tensor,
        Refused inside => throw inside.Cause,
        _ => throw new FormatException($"node {Text.Quote(node.DisplayName)}: its body computes no {Text.Quote(output.Name)}"),
    })];

    /// <summary>What the node gives: states after the last step, then what all steps gave.</summary>
    /// <param name="call">The node.</param>
    /// <param name="before">The states before a step.</param>
    /// <param name="after">What the body gives: the states after it first.</param>
    /// <param name="direction">In which direction it goes along time.</param>
    /// <param name="stack">Makes a tensor with time of what a step gives, by its place among those.</param>
    public static IReadOnlyList<Knowledge> Outputs(NodeCall call, IReadOnlyList<StateVector> before, IReadOnlyList<Tensor> after, Direction direction, Func<Tensor, int, Tensor> stack)
    {
        for (int index = 0; index < before.Count; index++)
            if (after[index].Count != before[index].Size)
                throw call.Refuse("a state has another size after a step");
        var layers = CellRecognizer.Recognize(call.Run, [.. before.SelectMany((state, index) => state.Cells().Zip(after[index].Cells()))], direction);
        Dictionary<Vector, FinalVector> finals = layers.ToDictionary(pair => pair.Key, pair => new FinalVector(call.Node, pair.Value.Layer, pair.Value.IsCell));
        return [.. after.Select((tensor, index) => index < before.Count ? Final(tensor) : stack(tensor, index - before.Count))];

        Tensor Final(Tensor tensor) =>
            Tensor.Of(tensor.Dims, Array.ConvertAll(tensor.Cells(), cell => cell.Source is { } source && finals.TryGetValue(source, out FinalVector? final) ? Cell.Of(final, cell.Index) : cell));
    }
}
