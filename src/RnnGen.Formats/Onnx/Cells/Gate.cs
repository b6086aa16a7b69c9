namespace RnnGen.Formats.Onnx;

/// <summary>A gate (or candidate) of a cell that is written out: an activation of <c>W x + U h + b</c>, and of what else it sees.</summary>
internal sealed class Gate
{
    private Gate(ActivationFunction function, AffineForm form) => (Function, Form) = (function, form);

    public ActivationFunction Function { get; }

    public AffineForm Form { get; }

    /// <summary>A gate by its values; null where they are no activation of one.</summary>
    public static Gate? Of(Recognition known, IReadOnlyList<Cell> values)
    {
        Cell[] before = new Cell[values.Count];
        ActivationFunction? function = null;
        for (int unit = 0; unit < before.Length; unit++)
        {
            if (values[unit].Source?.Current is not FunctionVector { Function: { } own } vector || own.Activation == Activation.Softmax || (function ??= own) != own)
                return null;
            before[unit] = vector.Sources[0][values[unit].Index];
        }

        return function is { } all && AffineForm.Of(known, before) is { } form ? new Gate(all, form) : null;
    }

    /// <summary>A product that stands behind a gate.</summary>
    public static Gate OfForm(ActivationFunction function, AffineForm form) => new(function, form);

    /// <summary>The activation that a value is of, and what it is of; null where it is none.</summary>
    public static (ActivationFunction Function, Cell Of)? FunctionOf(Cell value) => value.Source?.Current is FunctionVector { Function: { } own } vector
        ? (own, Polynomial.Resolved(vector.Sources[0][value.Index]))
        : null;

    /// <summary>The weights of some values, row by row.</summary>
    public float[] Weights(IReadOnlyList<Cell> values, int sign = 1) => [.. Form.Of(values).SelectMany(row => row.Select(weight => (float)(sign * weight)))];

    /// <summary>The biases.</summary>
    public float[] Biases(int sign = 1) => Array.ConvertAll(Form.Bias, value => (float)(sign * value));

    /// <summary>Weights of a value of the same unit each; null where a unit sees another one's.</summary>
    public float[]? Diagonal(IReadOnlyList<Cell> values)
    {
        double[][] weights = Form.Of(values);
        for (int row = 0; row < weights.Length; row++)
            for (int column = 0; column < weights.Length; column++)
                if (row != column && weights[row][column] != 0)
                    return null;
        return [.. weights.Select((row, unit) => (float)row[unit])];
    }
}
