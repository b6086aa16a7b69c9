namespace RnnGen.Formats;

/// <summary>What each of RnnGen's layers has: its parameters with their shapes, and how much it gives.</summary>
internal static class LayerShapes
{
    /// <summary>Values that a layer gives.</summary>
    public static int OutputSize(LayerAttribute layer, IReadOnlyList<int> inputs) => layer switch
    {
        RecurrentLayerAttribute recurrent => StateSize(recurrent) * (recurrent is { Direction: Direction.Bidirectional, Merge: Merge.Concat } ? 2 : 1),
        DenseAttribute dense => dense.Units,
        Conv1DAttribute convolution => convolution.Units,
        EmbeddingAttribute embedding => embedding.Units,
        AddAttribute or MultiplyAttribute => inputs[0],
        _ => inputs.Sum(),
    };

    /// <summary>Values of a recurrent layer's hidden state, of one direction.</summary>
    public static int StateSize(RecurrentLayerAttribute layer) => layer is LstmAttribute { Projection: > 0 } projected ? projected.Projection : Units(layer);

    /// <summary>Units of a recurrent layer's gates.</summary>
    public static int Units(RecurrentLayerAttribute layer) => layer switch
    {
        RnnAttribute rnn => rnn.Units,
        LstmAttribute lstm => lstm.Units,
        GruAttribute gru => gru.Units,
        CellAttribute cell => cell.Units,
        _ => throw new NotSupportedException($"{layer.GetType().Name} is not a recurrent layer of RnnGen's."),
    };

    /// <summary>A recurrent layer's states, of one direction; the first is its output.</summary>
    public static IReadOnlyList<(string Name, int Size)> States(RecurrentLayerAttribute layer) =>
        layer is LstmAttribute ? [("h", StateSize(layer)), ("c", Units(layer))] : [("h", StateSize(layer))];

    /// <summary>What parameters of the reverse direction end in.</summary>
    public static IReadOnlyList<string> Suffixes(RecurrentLayerAttribute layer) => layer.Direction == Direction.Bidirectional ? ["", "_reverse"] : [""];

    /// <summary>The parameters in canonical order, by their names without the layer's; null for a user's own cell, which has those that it says.</summary>
    public static IReadOnlyList<(string Parameter, int[] Shape)>? Parameters(LayerAttribute layer, int inputSize) => layer switch
    {
        CellAttribute => null,
        RecurrentLayerAttribute recurrent => [.. Suffixes(recurrent).SelectMany(suffix => Parameters(recurrent, inputSize, suffix))],
        DenseAttribute dense => WithBias(dense.Bias, dense.Units, dense.Units, inputSize),
        Conv1DAttribute convolution => WithBias(convolution.Bias, convolution.Units, convolution.Units, inputSize, convolution.KernelSize),
        EmbeddingAttribute embedding => [("weight", [inputSize, embedding.Units])],
        LayerNormAttribute => [("weight", [inputSize]), ("bias", [inputSize])],
        _ => [],
    };

    private static IReadOnlyList<(string, int[])> WithBias(bool hasBias, int units, params int[] weight) =>
        hasBias ? [("weight", weight), ("bias", [units])] : [("weight", weight)];

    private static IEnumerable<(string, int[])> Parameters(RecurrentLayerAttribute layer, int inputSize, string suffix)
    {
        (int units, int state) = (Units(layer), StateSize(layer));
        int rows = checked(units * Gates(layer));
        yield return ("weight_ih" + suffix, [rows, inputSize]);
        yield return ("weight_hh" + suffix, [rows, state]);
        if (layer.Bias)
            yield return ("bias_ih" + suffix, [rows]);
        if (layer.Bias)
            yield return ("bias_hh" + suffix, [rows]);
        foreach ((string name, int size) in layer.LearnedState ? States(layer) : [])
            yield return ($"initial_{name}{suffix}", [size]);
        if (layer.LayerNorm)
            yield return ("layer_norm" + suffix, [rows]);
        if (layer is LstmAttribute { Peephole: true })
            yield return ("peephole" + suffix, [checked(3 * units)]);
        if (layer is LstmAttribute { Projection: > 0 })
            yield return ("weight_hr" + suffix, [state, units]);
    }

    private static int Gates(RecurrentLayerAttribute layer) => layer switch { LstmAttribute => 4, GruAttribute => 3, _ => 1 };
}
