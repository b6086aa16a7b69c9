namespace RnnGen.Formats.Onnx;

/// <summary>Constants, and what graphs compute of shapes.</summary>
internal static class ConstantOperators
{
    public static Tensor Constant(NodeCall call)
    {
        OnnxAttribute value = call.Node.Attributes.Values.FirstOrDefault() ?? throw call.Refuse("expected a value, got none");
        return value.Name switch
        {
            "value" => ValueOf(call, value),
            "value_float" => Tensor.Of([], [value.Float], isInteger: false),
            "value_int" => Tensor.Of([], [value.Integer], isInteger: true),
            "value_floats" => Tensor.Of([Dim.Data(value.Floats.Count)], [.. value.Floats.Select(number => (double)number)], isInteger: false),
            "value_ints" => Tensor.Of([Dim.Data(value.Integers.Count)], [.. value.Integers.Select(number => (double)number)], isInteger: true),
            _ => throw call.Refuse("expected a value, got none"),
        };
    }

    private static Tensor ValueOf(NodeCall call, OnnxAttribute value) => value.Tensor is { } tensor && new Scope(null, new OnnxGraph(), call.Run).Of(tensor) is Tensor known
        ? known
        : throw call.Refuse("its values are not numbers in this file");

    public static Tensor ConstantOfShape(NodeCall call)
    {
        Dim[] dims = [.. call[0].Cells().Select(size => DimOf(call, size))];
        call.Run.Spend(dims.Aggregate(1L, (product, dim) => checked(product * dim.Cells)));
        Tensor? value = call.Node.Attributes.TryGetValue("value", out OnnxAttribute? given) ? ValueOf(call, given) : null;
        double fill = value is null ? 0 : call.Constants(value, "value") is [var one] ? one : throw call.Refuse($"expected one value, got {value.Count}");
        double[] values = new double[Tensor.Product(dims)];
        Array.Fill(values, fill);
        return Tensor.Of(dims, values, given?.Tensor is { } typed && OnnxTensor.IsInteger(typed.Type));
    }

    /// <summary>The axis that a size in a shape means.</summary>
    public static Dim DimOf(NodeCall call, Cell size)
    {
        if (size.IsSteps)
            return new Dim(Axis.Time, -1);
        if (size.IsSequences)
            return new Dim(Axis.Batch, -1);
        return size is { IsConstant: true, Value: >= 0 and <= int.MaxValue } ? Dim.Data((int)size.Value) : throw call.Refuse("expected a constant shape, or one made of the input's, got a computed one");
    }

    public static Tensor Shape(NodeCall call)
    {
        Tensor x = call[0];
        int start = Limit(call.Integer("start", 0)), end = Limit(call.Integer("end", x.Rank));
        return Tensor.List([.. x.Dims.Skip(start).Take(Math.Max(end - start, 0)).Select(SizeOf)]);

        int Limit(long axis) => (int)Math.Clamp(axis < 0 ? axis + x.Rank : axis, 0, x.Rank);
    }

    public static Tensor Size(NodeCall call) => call[0].Dims.All(dim => dim.Size >= 0)
        ? Tensor.Of([], [call[0].Dims.Aggregate(1.0, (product, dim) => product * dim.Size)], isInteger: true)
        : Tensor.Of([], [Cell.Unknown], isInteger: true);

    public static Tensor Range(NodeCall call)
    {
        double start = One(0), limit = One(1), step = One(2);
        double count = step == 0 ? 0 : Math.Max(0, Math.Ceiling((limit - start) / step));
        call.Run.Spend((long)Math.Min(count, long.MaxValue / 2));
        return Tensor.Of([Dim.Data((int)count)], [.. Enumerable.Range(0, (int)count).Select(index => start + (index * step))], call[0].IsInteger);

        double One(int index) => call.Constants(call[index], "bounds") is [var value] && double.IsFinite(value) ? value : throw call.Refuse("expected constant bounds");
    }

    /// <summary>Nothing to a value that is computed in floating point; a constant that becomes a whole number loses its fraction.</summary>
    public static Tensor Cast(NodeCall call)
    {
        var type = (OnnxType)(int)call.Integer("to", 0);
        Tensor x = call[0];
        bool toInteger = OnnxTensor.IsInteger(type);
        if (x.IsConstant)
            return Tensor.Of(x.Dims, toInteger ? Array.ConvertAll(x.Constants, value => type == OnnxType.Bool ? Convert.ToDouble(value != 0) : Math.Truncate(value)) : x.Constants, toInteger);
        if (toInteger && !x.IsInteger)
            throw call.Refuse($"it rounds computed values to {type}, expected floating point");
        return x.AsInteger(toInteger);
    }

    public static Tensor Not(NodeCall call) => Map(call[0], value => value == 0 ? 1 : 0);

    /// <summary>A truth value of constants; of others it is not known.</summary>
    public static Tensor Compare(NodeCall call, Func<double, double, bool> compare)
    {
        (Dim[] dims, int[] first, int[] second) = Broadcast.Of(call, call[0].Dims, call[1].Dims);
        return Tensor.Of(dims, [.. first.Zip(second, (one, other) => (A: call[0][one], B: call[1][other]))
            .Select(pair => pair.A.IsConstant && pair.B.IsConstant ? Cell.Constant(compare(pair.A.Value, pair.B.Value) ? 1 : 0) : Cell.Unknown)], isInteger: true);
    }

    public static Tensor Where(NodeCall call)
    {
        if (!call[0].IsConstant)
            throw call.Refuse("its condition is computed, expected a constant");
        (Dim[] dims, int[] first, int[] second) = Broadcast.Of(call, call[1].Dims, call[2].Dims);
        (Dim[] all, int[] condition, int[] chosen) = Broadcast.Of(call, call[0].Dims, dims);
        return Tensor.Of(all, [.. condition.Zip(chosen, (test, place) => call[0].Constants[test] != 0 ? call[1][first[place]] : call[2][second[place]])], call[1].IsInteger);
    }

    private static Tensor Map(Tensor x, Func<double, double> function) =>
        Tensor.Of(x.Dims, [.. x.Cells().Select(cell => cell.IsConstant ? Cell.Constant(function(cell.Value)) : Cell.Unknown)], x.IsInteger);

    private static Cell SizeOf(Dim dim) => dim switch
    {
        { Size: >= 0 } => Cell.Constant(dim.Size),
        { Axis: Axis.Time } => Cell.Steps,
        { Axis: Axis.Batch } => Cell.Sequences,
        _ => Cell.Unknown,
    };
}
