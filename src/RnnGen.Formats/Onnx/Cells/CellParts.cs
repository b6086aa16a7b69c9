namespace RnnGen.Formats.Onnx;

/// <summary>A cell that was recognised: its gates in RnnGen's order, and how a layer is made of them.</summary>
/// <param name="Gates">The gates in the order of rows, with the sign of their weights.</param>
/// <param name="Known">Values that gates read and that are neither features nor the hidden state: the cell, the reset state.</param>
/// <param name="Hidden">For each gate, the values that its recurrent weights multiply.</param>
/// <param name="HiddenBiases">Biases that go with the recurrent product; null where all are with the features'.</param>
/// <param name="Peepholes">Weights of the cell, of the gates i, f, o; null where there are none.</param>
/// <param name="Attribute">The layer, by whether it has biases and whether its first state is learned.</param>
internal sealed record CellParts(
    IReadOnlyList<(Gate Gate, int Sign)> Gates,
    IReadOnlyList<Cell> Known,
    IReadOnlyList<(Gate Gate, IReadOnlyList<Cell> Values, int Sign)> Hidden,
    float[]? HiddenBiases,
    float[]? Peepholes,
    Func<bool, bool, RecurrentLayerAttribute> Attribute)
{
    /// <summary>Weights of the projection of an LSTM's output; null where there is none.</summary>
    public float[]? Projection { get; init; }

    /// <summary>What its gates read beside states: its features.</summary>
    public Cell[] Inputs(IReadOnlyList<Cell> states)
    {
        HashSet<Cell> known = [.. Known, .. states, .. Hidden.SelectMany(gate => gate.Values)];
        return [.. Gates.SelectMany(gate => gate.Gate.Form.Columns).Where(cell => !known.Contains(cell)).Distinct()];
    }

    /// <summary>The layer.</summary>
    public RecurrentLayer Layer(Cell[] x, Carried output, Carried? cell, Direction direction)
    {
        float[] biases = [.. Gates.SelectMany(gate => gate.Gate.Biases(gate.Sign))];
        float[] hiddenBiases = HiddenBiases ?? new float[biases.Length];
        bool hasBias = biases.Concat(hiddenBiases).Any(value => value != 0);
        List<(string, float[])> parameters =
        [
            ("weight_ih", [.. Gates.SelectMany(gate => gate.Gate.Weights(x, gate.Sign))]),
            ("weight_hh", [.. Hidden.SelectMany(gate => gate.Gate.Weights(gate.Values, gate.Sign))]),
        ];
        if (hasBias)
            parameters.AddRange([("bias_ih", biases), ("bias_hh", hiddenBiases)]);
        if (Gates[0].Gate.Gains is not null)
            parameters.Add(("layer_norm", [.. Gates.SelectMany(gate => gate.Gate.Gains!).Select(gain => (float)gain)]));
        if (Projection is not null)
            parameters.Add(("weight_hr", Projection));
        Cell[] hidden = First(output), firstCell = cell is null ? [] : First(cell);
        bool isInput = hidden.Concat(firstCell).Any(value => value.Source is not null), learns = !isInput && hidden.Concat(firstCell).Any(value => value.Value != 0);
        if (isInput && hidden.Concat(firstCell).Any(value => value.Source is not StateVector))
            throw Carried.Refuse(output.Next, "its first state is computed");
        if (learns)
            parameters.Add(("initial_h", Array.ConvertAll(hidden, value => (float)value.Value)));
        if (learns && cell is not null)
            parameters.Add(("initial_c", Array.ConvertAll(firstCell, value => (float)value.Value)));
        if (Peepholes is not null)
            parameters.Add(("peephole", Peepholes));
        return new RecurrentLayer(LayerCopy.Going(Attribute(hasBias, learns), direction), parameters) { FirstHidden = isInput ? hidden : null, FirstCell = isInput && cell is not null ? firstCell : null };
    }

    /// <summary>A state before the first step: an input of the graph is what it is.</summary>
    private static Cell[] First(Carried state) => Array.ConvertAll(state.Before, value => value.Source is StateVector { First: { } first } ? first[value.Index] : value);
}
