namespace RnnGen.Formats.Onnx;

/// <summary>Activation functions, and what does nothing outside of training.</summary>
internal static class ActivationOperators
{
    // From this version on, Softmax is taken along one axis; before, along it and all after it.
    private const int SoftmaxOfOneAxis = 13;

    public static Tensor Activation(NodeCall call)
    {
        ActivationFunction function = ActivationFunction.Of(call.Node.Operator, Number("alpha"), Number("beta"))
            ?? throw call.Refuse("its alpha or beta is 0, for which RnnGen has no activation");
        return ArithmeticOperators.Function(call, function, value => Activations.Apply(function.Activation, value, function.Alpha, function.Beta));

        float? Number(string name) => call.Has(name) ? call.Float(name, 0) : null;
    }

    /// <summary>With one slope for all channels it is a leaky ReLU.</summary>
    public static Tensor PRelu(NodeCall call)
    {
        double[] slopes = call.Constants(call[1], "slopes");
        if (slopes.Distinct().Count() != 1)
            throw call.Refuse("it has a slope for each channel, expected one for all");
        ActivationFunction function = ActivationFunction.Of("LeakyRelu", (float)slopes[0])!.Value;
        return ArithmeticOperators.Function(call, function, value => Activations.Apply(function.Activation, value, function.Alpha, function.Beta));
    }

    /// <summary>With 0 as its lower limit and no upper one it is a ReLU; with limits of one magnitude it may be a cell's.</summary>
    public static Tensor Clip(NodeCall call)
    {
        double least = Limit(1, "min", double.NegativeInfinity), most = Limit(2, "max", double.PositiveInfinity);
        if (call[0].IsConstant)
            return ArithmeticOperators.Function(call, null, value => Math.Min(Math.Max(value, least), most));
        if (least <= -float.MaxValue && most >= float.MaxValue)
            return call[0];
        if (most > 0 && most < float.MaxValue && least == -most)
            return ArithmeticOperators.Function(call, null, value => value, cells => new ClipVector(call.Node, cells, (float)most).Cells());
        if (least != 0 || most < float.MaxValue)
            throw call.Refuse($"it limits values to {least} to {most}, which no layer does");
        var relu = new ActivationFunction(RnnGen.Activation.Relu);
        return ArithmeticOperators.Function(call, relu, value => Math.Max(value, 0));

        double Limit(int input, string name, double none) => call.Optional(input) is { } given
            ? call.Constants(given, "limits") is [var limit] ? limit : throw call.Refuse($"expected one {name}, got {given.Count}")
            : call.Has(name) ? call.Float(name, 0) : none;
    }

    public static Tensor Gelu(NodeCall call)
    {
        if (call.Word("approximate", "none") != "none")
            throw call.Refuse($"it is approximated by {Text.Quote(call.Word("approximate", ""))}, expected the exact function");
        return ArithmeticOperators.Function(call, new(RnnGen.Activation.Gelu), value => Activations.Apply(RnnGen.Activation.Gelu, value, 0, 0));
    }

    /// <summary>A part of a Gelu that is written out; no activation by itself.</summary>
    public static Tensor Erf(NodeCall call) => call[0].IsConstant ? throw call.Refuse("it is of constants") : ArithmeticOperators.Function(call, null, value => value);

    public static Tensor Softmax(NodeCall call)
    {
        Tensor x = call[0];
        bool isOneAxis = call.OperatorSet >= SoftmaxOfOneAxis;
        int axis = call.AxisOf(call.Integer("axis", isOneAxis ? -1 : 1), x.Rank);
        if (isOneAxis)
            call.ExpectFeatures(x, axis);
        else if (x.Dims.Skip(axis).Any(dim => dim.Axis != Axis.Data) || Tensor.Product(x.Dims.Skip(axis)) != x.Count)
            throw call.Refuse($"before version {SoftmaxOfOneAxis} it is over all axes from {axis} on, expected these to be all features of a step and nothing else");
        if (x.IsConstant)
            throw call.Refuse("it is of constants");
        return Tensor.Of(x.Dims, new FunctionVector(call.Node, ArithmeticOperators.Computed(call, x), new(RnnGen.Activation.Softmax)));
    }

    public static IReadOnlyList<Knowledge> Dropout(NodeCall call)
    {
        if (call.Optional(2) is { } training && (!training.IsConstant || training.Constants.Any(value => value != 0)))
            throw call.Refuse("it is in training mode, expected inference");
        return [call[0]];
    }
}
