namespace RnnGen.Formats.Onnx;

/// <summary>Arithmetic by value: folded between constants, an affine function with one, a sum or product of two vectors otherwise.</summary>
internal static class ArithmeticOperators
{
    /// <summary><c>a + b</c> or <c>a − b</c>.</summary>
    public static Tensor Add(NodeCall call, int sign) => Binary(
        call,
        (a, b) => a + (sign * b),
        (x, constants, isFirst) => isFirst ? Affine(call, x, Fill(x, 1), Array.ConvertAll(constants, value => sign * value)) : Affine(call, x, Fill(x, sign), constants),
        (a, b) => new SumVector(call.Node, a, b, sign).Cells());

    public static Tensor Multiply(NodeCall call) => Binary(
        call, (a, b) => a * b, (x, constants, _) => Affine(call, x, constants, Fill(x, 0)), (a, b) => WrittenSwish.Of(call.Node, a, b) ?? WrittenGelu.Of(call, a, b) ?? new ProductVector(call.Node, a, b).Cells());

    public static Tensor Divide(NodeCall call) => Binary(
        call,
        (a, b) => call[0].IsInteger ? b == 0 ? 0 : Math.Truncate(a / b) : a / b,
        (x, constants, isFirst) => isFirst ? Affine(call, x, Array.ConvertAll(constants, value => 1 / value), Fill(x, 0)) : throw call.Refuse("it divides by computed values, which no layer does"),
        (a, b) => (WrittenNorm.Of(call.Node, a, b) ?? (Vector)new QuotientVector(call.Node, a, b)).Cells());

    public static Tensor Sum(NodeCall call) => Enumerable.Range(1, Math.Max(0, call.InputCount - 1)).Aggregate(
        call[0], (sum, index) => Add(new NodeCall(call.Run, call.Node, [sum, call[index]]), 1));

    public static Tensor Negate(NodeCall call) => Function(call, null, value => -value, x => Affine(call, x, Fill(x, -1), Fill(x, 0)));

    /// <summary>A square is a product.</summary>
    public static Tensor Power(NodeCall call)
    {
        Tensor x = call[0];
        double[] power = call.Constants(call[1], "exponents");
        if (power.Distinct().Count() != 1)
            throw call.Refuse("expected one exponent");
        return Function(call, null, value => Math.Pow(value, power[0]), power[0] switch
        {
            1 => cells => cells,
            2 => cells => new ProductVector(call.Node, cells, cells).Cells(),
            _ => null,
        });
    }

    /// <summary>A function of each value.</summary>
    /// <param name="call">The node.</param>
    /// <param name="activation">RnnGen's name for it; null where it has none.</param>
    /// <param name="constant">What it is of a constant.</param>
    /// <param name="make">What it is of a vector, where that is not an activation.</param>
    public static Tensor Function(NodeCall call, ActivationFunction? activation, Func<double, double> constant, Func<Cell[], Cell[]>? make = null)
    {
        Tensor x = call[0];
        call.Run.Spend(x.Count);
        if (x.IsConstant)
            return Tensor.Of(x.Dims, Array.ConvertAll(x.Constants, value => constant(value)), x.IsInteger);
        Cell[] cells = Computed(call, x);
        return Tensor.Of(x.Dims, make is not null ? make(cells) : new FunctionVector(call.Node, cells, activation).Cells());
    }

    /// <summary><c>scale ⊙ x + offset</c>; x itself where that is all the same, and what x was made of where the one undoes the other.</summary>
    public static Cell[] Affine(NodeCall call, Cell[] x, double[] scale, double[] offset)
    {
        if (Array.TrueForAll(scale, value => value == 1) && Array.TrueForAll(offset, value => value == 0))
            return x;
        if (Vector.IsWhole(x, out Vector? vector) && vector is AffineVector before
            && Enumerable.Range(0, scale.Length).All(index => scale[index] * before.Scale[index] == 1 && (scale[index] * before.Offset[index]) + offset[index] == 0))
            return before.Sources[0];
        return AffineFunction(call, vector, x, scale, offset) ?? new AffineVector(call.Node, x, scale, offset).Cells();
    }

    /// <summary>A line after the identity, as writers put it at the end of a gate; else null.</summary>
    private static Cell[]? AffineFunction(NodeCall call, Vector? vector, Cell[] x, double[] scale, double[] offset)
    {
        if (call.Node.Operator is not ("Mul" or "Add") || vector is not FunctionVector { Function: { Activation: Activation.Linear or Activation.Affine } line } || vector.Size != x.Length || scale.Distinct().Count() != 1 || offset.Distinct().Count() != 1)
            return null;
        double before = line.Activation == Activation.Linear || line.Alpha == 0 ? 1 : line.Alpha;
        (float alpha, float beta) = ((float)(scale[0] * before), (float)((scale[0] * line.Beta) + offset[0]));
        return alpha == 0 ? null : new FunctionVector(call.Node, vector.Sources[0], new(Activation.Affine, alpha, beta)).Cells();
    }

    /// <summary>The values of a tensor, none of which may be a size or an unknown number.</summary>
    public static Cell[] Computed(NodeCall call, Tensor x)
    {
        Cell[] cells = x.Cells();
        return Array.TrueForAll(cells, cell => cell.Source is not null || cell.IsConstant) ? cells : throw call.Refuse("it computes with a size or an input that is not a tensor of features");
    }

    private static double[] Fill(Cell[] x, double value)
    {
        double[] values = new double[x.Length];
        Array.Fill(values, value);
        return values;
    }

    private static Tensor Binary(NodeCall call, Func<double, double, double> fold, Func<Cell[], double[], bool, Cell[]> withConstant, Func<Cell[], Cell[], Cell[]> make)
    {
        Tensor a = call[0], b = call[1];
        (Dim[] dims, int[] first, int[] second) = Broadcast.Of(call, a.Dims, b.Dims);
        bool isInteger = a.IsInteger && b.IsInteger;
        if (a.IsConstant && b.IsConstant)
            return Tensor.Of(dims, [.. first.Zip(second, (one, other) => fold(a.Constants[one], b.Constants[other]))], isInteger);
        if (isInteger)
            return Tensor.Of(dims, [.. first.Zip(second, (one, other) => OfSizes(a[one], b[other], fold))], isInteger);
        Tensor x = a.IsConstant ? a : a.Select(dims, first), y = b.IsConstant ? b : b.Select(dims, second);
        if (b.IsConstant)
            return Tensor.Of(dims, withConstant(Computed(call, x), Array.ConvertAll(second, place => b.Constants[place]), true));
        return Tensor.Of(dims, a.IsConstant ? withConstant(Computed(call, y), Array.ConvertAll(first, place => a.Constants[place]), false) : make(Computed(call, x), Computed(call, y)));
    }

    /// <summary>Of two whole numbers of which one may not be known: nothing times it is nothing.</summary>
    private static Cell OfSizes(Cell a, Cell b, Func<double, double, double> fold)
    {
        if (a.IsConstant && b.IsConstant)
            return Cell.Constant(fold(a.Value, b.Value));
        (Cell constant, double one) = a.IsConstant ? (a, fold(a.Value, 12345)) : (b, b.IsConstant ? fold(12345, b.Value) : double.NaN);
        return constant is { IsConstant: true, Value: 0 } && one == 0 ? Cell.Constant(0)
            : one == 12345 ? (a.IsConstant ? b : a)
            : Cell.Unknown;
    }
}
