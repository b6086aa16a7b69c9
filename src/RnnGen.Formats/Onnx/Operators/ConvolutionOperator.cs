namespace RnnGen.Formats.Onnx;

/// <summary>Conv over time: causal, or the same number of steps on both sides.</summary>
internal static class ConvolutionOperator
{
    public static Tensor Conv(NodeCall call)
    {
        Tensor x = call[0], kernel = call[1];
        if (kernel.Rank != 3 || x.Rank != 3)
            throw call.Refuse($"it has {kernel.Rank - 2} spatial axes, expected one time axis");
        float[] weight = call.Weights(kernel, "weights");
        (int outputs, int channels, int taps) = (kernel.Dims[0].Size, kernel.Dims[1].Size, kernel.Dims[2].Size);
        int stride = One("strides", 1), dilation = One("dilations", 1);
        if (call.Integer("group", 1) != 1)
            throw call.Refuse($"it has {call.Integer("group", 1)} groups, expected 1");
        if (call.Integers("kernel_shape") is { } shape && (shape.Count != 1 || shape[0] != taps))
            throw call.Refuse($"its kernel_shape is {Text.Shorten(string.Join(", ", shape))}, its weights have {taps} taps");
        if (taps < 1 || dilation < 1)
            throw call.Refuse("expected at least one tap and a dilation of at least 1");
        call.ExpectFeatures(x, 1);
        if (x.Count != channels)
            throw call.Refuse($"expected {channels} channels, as its weights have, got {x.Count}");
        (int before, int after) = Padding(call, (taps - 1) * dilation);
        (Cell[] cells, PaddedVector? padded) = TimePadding.Within(call, ArithmeticOperators.Computed(call, x));
        if (taps > 1 && (x.Dims[2].Axis is not (Axis.Data or Axis.Time) || (x.Dims[0].Axis != Axis.Batch && x.Dims[0] != Dim.Data(1))))
            throw call.Refuse($"it goes over {NodeCall.Word(x.Dims[2].Axis)} of each of {NodeCall.Word(x.Dims[0].Axis)}, expected time steps of sequences");
        if (padded is not null && x.Dims[2].Axis != Axis.Time)
            throw call.Refuse($"it goes over {NodeCall.Word(x.Dims[2].Axis)} of padded steps, expected these steps");
        if (stride != 1)
            throw call.Refuse($"its stride is {stride}, expected 1");
        Vector made = x.Dims[2].Axis == Axis.Data
            ? OneStep(call, cells, weight, outputs, taps, dilation, before, after)
            : OverTime(call, cells, padded, weight, outputs, taps, dilation, before, after);
        Dim time = x.Dims[2] with { Size = x.Dims[2].Size < 0 || padded is null ? x.Dims[2].Size : x.Dims[2].Size - padded.Before - padded.After };
        Tensor product = Tensor.Of([x.Dims[0], Dim.Data(outputs), time], made);
        if (call.Optional(2) is not { } bias)
            return product;
        double[] offsets = call.Constants(bias, "biases");
        if (offsets.Length != outputs)
            throw call.Refuse($"expected {outputs} biases, got {offsets.Length}");
        return Tensor.Of(product.Dims, ArithmeticOperators.Affine(call, product.Cells(), [.. offsets.Select(_ => 1.0)], offsets));

        int One(string name, int unlessSet) => call.Integers(name) is not { } given ? unlessSet : given is [> 0 and <= 1 << 20] ? (int)given[0] : throw call.Refuse($"expected one of its {name}, got {Text.Shorten(string.Join(", ", given))}");
    }

    private static (int Before, int After) Padding(NodeCall call, int reach)
    {
        string automatic = call.Word("auto_pad", "NOTSET");
        switch (automatic)
        {
            case "NOTSET" or "":
                IReadOnlyList<long> pads = call.Integers("pads") ?? [0, 0];
                return pads is [>= 0 and < 1 << 24, >= 0 and < 1 << 24] ? ((int)pads[0], (int)pads[1]) : throw call.Refuse($"expected two pads, got {Text.Shorten(string.Join(", ", pads))}");
            case "VALID":
                return (0, 0);
            case "SAME_UPPER":
                return (reach / 2, reach - (reach / 2));
            case "SAME_LOWER":
                return (reach - (reach / 2), reach / 2);
            default:
                throw call.Refuse($"its auto_pad is {Text.Quote(automatic)}, which ONNX does not have");
        }
    }

    private static Vector OverTime(NodeCall call, Cell[] x, PaddedVector? padded, float[] weight, int outputs, int taps, int dilation, int before, int after)
    {
        if (padded?.Past is not null && (before != 0 || after != 0))
            throw call.Refuse($"it pads by {before} before and {after} after steps that are preceded by their past, expected no pads");
        (before, after) = (before + (padded?.Before ?? 0), after + (padded?.After ?? 0));
        if (taps == 1 && before == 0 && after == 0)
            return new LinearVector(call.Node, outputs, x, weight);
        call.ExpectLengths(sees: false);
        int reach = (taps - 1) * dilation;
        ConvPadding padding = (before, after) == (reach, 0) ? ConvPadding.Causal
            : (before, after) == (reach / 2, reach - (reach / 2)) ? ConvPadding.Same
            : throw call.Refuse($"it pads by {before} before and {after} after a sequence, expected {reach} and 0, or {reach / 2} and {reach - (reach / 2)}");
        if (padded?.Past is not null && padding != ConvPadding.Causal)
            throw call.Refuse("it is centred between steps that are preceded by their past, expected a causal one");
        return new ConvolutionVector(call.Node, outputs, x, weight, taps, dilation, padding) { WithPast = padded?.Past is null ? null : padded };
    }

    /// <summary>Over an axis with one step only one tap meets it.</summary>
    private static LinearVector OneStep(NodeCall call, Cell[] x, float[] weight, int outputs, int taps, int dilation, int before, int after)
    {
        int reach = (taps - 1) * dilation;
        if (taps > 1 && call.Run.AssumesOne)
            throw call.Refuse("the file does not say how many steps it goes over");
        if (before + after != reach || before % dilation != 0)
            throw call.Refuse($"it makes {before + after - reach + 1} steps from one (pads {before} and {after}), expected one");
        int tap = before / dilation;
        return new LinearVector(call.Node, outputs, x, [.. Enumerable.Range(0, outputs * x.Length).Select(index => weight[(index * taps) + tap])]);
    }
}
