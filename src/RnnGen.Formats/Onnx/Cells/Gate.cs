namespace RnnGen.Formats.Onnx;

/// <summary>A gate (or candidate) of a cell that is written out: an activation of <c>W x + U h + b</c>, and of what else it sees. The products may be normalised and the sum limited.</summary>
internal sealed class Gate
{
    private readonly double _factor = 1;
    private readonly double[] _biases;

    private Gate(ActivationFunction function, float clip, AffineForm form) => (Function, Clip, Form, Sum, _biases) = (function, clip, form, form, form.Bias);

    private Gate(ActivationFunction function, float clip, GateNorm norm, AffineForm sum) =>
        (Function, Clip, Form, Sum, Gains, _biases, _factor) = (function, clip, norm.Products, sum, norm.Gains, sum.Bias, norm.Factor);

    public ActivationFunction Function { get; }

    /// <summary>The limit of what goes into the activation; 0 for none.</summary>
    public float Clip { get; }

    /// <summary>The products: of what is normalised, where that is.</summary>
    public AffineForm Form { get; }

    /// <summary>What goes into the activation: the same, or the normalised products and what is added to them.</summary>
    public AffineForm Sum { get; }

    /// <summary>The gains of the normalisation; null where there is none.</summary>
    public double[]? Gains { get; }

    /// <summary>What is added to normalised products, beside biases.</summary>
    public IEnumerable<Cell> Added => Gains is null ? [] : Sum.Columns.Where(cell => cell.Source is not NormVector);

    /// <summary>A gate by its values; null where they are no activation of one.</summary>
    public static Gate? Of(Recognition known, IReadOnlyList<Cell> values)
    {
        Cell[] before = new Cell[values.Count];
        ActivationFunction? function = null;
        float? clip = null;
        for (int unit = 0; unit < before.Length; unit++)
        {
            if (values[unit].Source?.Current is not FunctionVector { Function: { } own } vector || own.Activation == Activation.Softmax || (function ??= own) != own)
                return null;
            before[unit] = Polynomial.Resolved(vector.Sources[0][values[unit].Index]);
            float limit = 0;
            if (before[unit].Source is ClipVector clipped && !known.States.Contains(clipped))
                (before[unit], limit) = (Polynomial.Resolved(clipped.Sources[0][before[unit].Index]), clipped.Limit);
            if ((clip ??= limit) != limit)
                return null;
        }

        if (function is not { } all || AffineForm.Of(known, before) is not { } form)
            return null;
        return GateNorm.Of(known, form) is { } norm ? new Gate(all, clip!.Value, norm, form) : new Gate(all, clip!.Value, form);
    }

    /// <summary>A product that stands after a gate, within what this one normalises where it does; null where it has biases there.</summary>
    public Gate? Within(AffineForm product) => Gains is null ? new Gate(Function, Clip, product)
        : Array.TrueForAll(product.Bias, bias => bias == 0) ? new Gate(Function, Clip, new GateNorm(product, Gains, _factor), product)
        : null;

    /// <summary>Whether gates can be one cell's: all normalised or none, with one limit.</summary>
    public static bool Agree(params IReadOnlyList<Gate> gates) => gates.All(gate => gate.Clip == gates[0].Clip && (gate.Gains is null) == (gates[0].Gains is null));

    /// <summary>The activation that a value is of, and what it is of; null where it is none.</summary>
    public static (ActivationFunction Function, Cell Of)? FunctionOf(Cell value) => value.Source?.Current is FunctionVector { Function: { } own } vector
        ? (own, Polynomial.Resolved(vector.Sources[0][value.Index]))
        : null;

    /// <summary>The weights of some values, row by row.</summary>
    public float[] Weights(IReadOnlyList<Cell> values, int sign = 1) => [.. Form.Of(values).SelectMany(row => row.Select(weight => (float)(sign * _factor * weight)))];

    /// <summary>The biases.</summary>
    public float[] Biases(int sign = 1) => Array.ConvertAll(_biases, value => (float)(sign * value));

    /// <summary>Weights, in what goes into the activation, of a value of the same unit each; null where a unit sees another one's.</summary>
    public float[]? Diagonal(IReadOnlyList<Cell> values)
    {
        double[][] weights = Sum.Of(values);
        for (int row = 0; row < weights.Length; row++)
            for (int column = 0; column < weights.Length; column++)
                if (row != column && weights[row][column] != 0)
                    return null;
        return [.. weights.Select((row, unit) => (float)row[unit])];
    }
}
