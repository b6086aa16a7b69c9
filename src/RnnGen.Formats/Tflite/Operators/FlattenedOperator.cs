namespace RnnGen.Formats.Tflite;

/// <summary>
/// A product with all steps of a sequence, whose length the file fixes: a convolution over time with a tap for each step, of which the last step is taken. Where
/// these steps are features, it is a product with all of them.
/// </summary>
internal static class FlattenedOperator
{
    public static Tensor FullyConnected(NodeCall call)
    {
        Tensor x = call[0], weight = call[1];
        if (x.Rank != 3 || weight.Rank != 2)
            throw call.Refuse($"expected 3 axes and weights with 2, got {x.Rank} and {weight.Rank}");
        (int steps, int features, int units) = (x.Dims[1].Size, x.Dims[2].Cells, weight.Dims[0].Cells);
        float[] rows = call.Weights(weight, "weights");
        if (steps < 1 || features < 1 || (long)steps * features != weight.Dims[1].Cells)
            throw call.Refuse($"it multiplies {steps} {NodeCall.Word(x.Dims[1].Axis)} of {features} values with {weight.Dims[1].Cells} weights");
        if (x.Dims[0].Axis != Axis.Batch && x.Dims[0] != Dim.Data(1))
            throw call.Refuse($"its sequences are {x.Dims[0].Size} {NodeCall.Word(x.Dims[0].Axis)}");
        if (x.Dims[1].Axis == Axis.Data)
            return Biased(call, Onnx.LayerOperators.Linear(call, x.WithDims([x.Dims[0], Dim.Data(steps * features)]), rows, steps * features, units, 1));
        call.ExpectFeatures(x, 2);
        if (x.Dims[1].Axis != Axis.Time)
            throw call.Refuse($"it multiplies {steps} {NodeCall.Word(x.Dims[1].Axis)} together, expected time steps");
        float[] taps = new float[rows.Length]; // [units, features, steps] of [units, steps, features]
        for (int unit = 0; unit < units; unit++)
            rows.Part(unit * steps * features, steps * features).Transposed(steps, features).CopyTo(taps, unit * steps * features);
        call.Run.Note($"{call.Node.Kind} {Text.Quote(call.Node.DisplayName)} reads {steps} time steps, no more and no less: run the network with that many.");
        var products = new ConvolutionVector(call.Node, units, ArithmeticOperators.Computed(call, x), taps, steps, 1, ConvPadding.Causal);
        Tensor all = Biased(call, Tensor.Of([x.Dims[0], x.Dims[1], Dim.Data(units)], products));
        return Tensor.Of([x.Dims[0], Dim.Data(units)], new PoolVector(call.Node, all.Cells(), new LastStepAttribute()));
    }

    private static Tensor Biased(NodeCall call, Tensor product) =>
        call.Optional(2) is { } bias ? ArithmeticOperators.Add(new NodeCall(call.Run, call.Node, [product, bias]), 1) : product;
}
