namespace RnnGen.Formats;

/// <summary>The hidden states of a recurrent layer over a sequence.</summary>
internal static class CellRun
{
    /// <summary>Runs one direction.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="suffix">Of the direction's parameters.</param>
    /// <param name="rows">The sequence in the order of the direction.</param>
    /// <param name="isFirst">Whether it begins with the learned state, where there is one; else with zero.</param>
    public static double[][] Run(ModelLayer layer, string suffix, IReadOnlyList<double[]> rows, bool isFirst)
    {
        if (layer.Attribute is CellAttribute own)
            return OfOwnCell(layer, own, suffix, rows);
        var options = (RecurrentLayerAttribute)layer.Attribute;
        Dictionary<string, double[]> parameters = layer.Tensors.Select(tensor => tensor.Name[(layer.Name.Length + 1)..])
            .ToDictionary(name => name, name => LayerEvaluator.Values(layer, name), StringComparer.Ordinal);
        var equations = new CellEquations<double[]>(new DoubleAlgebra(name => parameters[name + suffix]), options);
        IReadOnlyList<double[]> states = [.. LayerShapes.States(options).Select(state =>
            isFirst && parameters.TryGetValue($"initial_{state.Name}{suffix}", out double[]? learned) ? learned : new double[state.Size])];
        double[][] outputs = new double[rows.Count][];
        for (int at = 0; at < outputs.Length; at++)
        {
            states = equations.Step(rows[at], states);
            outputs[at] = states[0];
        }

        return outputs;
    }

    private static double[][] OfOwnCell(ModelLayer layer, CellAttribute cell, string suffix, IReadOnlyList<double[]> rows)
    {
        bool reverse = suffix.Length > 0 || cell.Direction == Direction.Reverse;
        var trace = CellReference.Run(
            cell, layer.Tensors.ToDictionary(tensor => tensor.Name[(layer.Name.Length + 1)..], tensor => Array.ConvertAll(tensor.Values, value => (double)value)),
            reverse ? [.. rows.Reverse()] : rows, reverse);
        return reverse ? [.. trace.Outputs.Reverse()] : [.. trace.Outputs];
    }
}
