namespace RnnGen.Formats.Onnx;

/// <summary>Means and maxima: over all steps of a sequence, or over the features of a step.</summary>
internal static class ReduceOperators
{
    public static Tensor Mean(NodeCall call) => Reduce(call, new MeanPoolAttribute(), cells => new MeanVector(call.Node, cells));

    public static Tensor Max(NodeCall call) => Reduce(call, new MaxPoolAttribute(), null);

    /// <summary>Pooling over everything behind the channels.</summary>
    public static Tensor Global(NodeCall call, LayerAttribute pool)
    {
        Tensor x = call[0];
        return x.Rank == 3 && x.Dims[2].Axis == Axis.Time
            ? OverTime(call, x, 2, pool, keeps: true)
            : throw call.Refuse("expected sequences, channels and time steps in this order");
    }

    private static Tensor Reduce(NodeCall call, LayerAttribute pool, Func<Cell[], Vector>? overFeatures)
    {
        Tensor x = call[0];
        bool keeps = call.Integer("keepdims", 1) != 0;
        int[] axes = [.. (call.IntegersOf("axes", 1) ?? throw call.Refuse("it reduces all axes, expected some")).Select(axis => call.AxisOf(axis, x.Rank)).Order()];
        if (axes.Length == 1 && x.Dims[axes[0]].Axis == Axis.Time)
            return OverTime(call, x, axes[0], pool, keeps);
        if (axes.Any(axis => x.Dims[axis].Axis != Axis.Data))
            throw call.Refuse($"it reduces {string.Join(", ", axes.Select(axis => NodeCall.Word(x.Dims[axis].Axis)))}, expected time steps or features");
        Dim[] dims = [.. x.Dims.Select((dim, axis) => axes.Contains(axis) ? Dim.Data(1) : dim).Where((_, axis) => keeps || !axes.Contains(axis))];
        if (axes.All(axis => x.Dims[axis].Size == 1))
            return x.WithDims(dims);
        if (overFeatures is null || Tensor.Product(axes.Select(axis => x.Dims[axis])) != x.Count)
            throw call.Refuse("it reduces features, which no layer does");
        return Tensor.Of(dims, overFeatures(ArithmeticOperators.Computed(call, x)));
    }

    private static Tensor OverTime(NodeCall call, Tensor x, int axis, LayerAttribute pool, bool keeps)
    {
        var made = new PoolVector(call.Node, ArithmeticOperators.Computed(call, x), pool);
        return Tensor.Of([.. x.Dims.Take(axis), .. keeps ? new[] { Dim.Data(1) } : [], .. x.Dims.Skip(axis + 1)], made);
    }
}
