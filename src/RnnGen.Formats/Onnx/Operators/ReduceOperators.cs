namespace RnnGen.Formats.Onnx;

/// <summary>Means and maxima: over all steps of a sequence, or over the features of a step.</summary>
internal static class ReduceOperators
{
    // The two directions of a layer, or as many heads.
    private const int MaxParts = 8;

    public static Tensor Mean(NodeCall call) => Reduce(call, new MeanPoolAttribute(), cells => new MeanVector(call.Node, cells), MeanOf);

    public static Tensor Sum(NodeCall call) => Reduce(call, null, cells => new LinearVector(call.Node, 1, cells, [.. cells.Select(_ => 1f)]), (node, parts) => Folded(parts, (one, other) => new SumVector(node, one, other, 1)));

    public static Tensor Product(NodeCall call) => Reduce(call, null, null, (node, parts) => Folded(parts, (one, other) => new ProductVector(node, one, other)));

    public static Tensor Max(NodeCall call) => Reduce(call, new MaxPoolAttribute(), null, null);

    /// <summary>Pooling over everything after the channels.</summary>
    public static Tensor Global(NodeCall call, LayerAttribute pool)
    {
        Tensor x = call[0];
        return x.Rank == 3 && x.Dims[2].Axis == Axis.Time
            ? OverTime(call, x, 2, pool, keeps: true)
            : throw call.Refuse("expected sequences, channels and time steps in this order");
    }

    private static Tensor Reduce(NodeCall call, LayerAttribute? pool, Func<Cell[], Vector>? overFeatures, Func<OnnxNode, IReadOnlyList<Cell[]>, Cell[]>? fold)
    {
        Tensor x = call[0];
        bool keeps = call.Integer("keepdims", 1) != 0;
        int[] axes = [.. (call.IntegersOf("axes", 1) is { Count: > 0 } given ? given : throw call.Refuse("it names no axes, expected some")).Select(axis => call.AxisOf(axis, x.Rank)).Order()];
        if (pool is not null && axes.Length == 1 && x.Dims[axes[0]].Axis == Axis.Time)
            return OverTime(call, x, axes[0], pool, keeps);
        if (axes.Any(axis => x.Dims[axis].Axis != Axis.Data))
            throw call.Refuse($"it reduces {string.Join(", ", axes.Select(axis => NodeCall.Word(x.Dims[axis].Axis)))}, expected time steps or features");
        Dim[] dims = [.. x.Dims.Select((dim, axis) => axes.Contains(axis) ? Dim.Data(1) : dim).Where((_, axis) => keeps || !axes.Contains(axis))];
        if (axes.All(axis => x.Dims[axis].Size == 1))
            return x.WithDims(dims);
        int parts = Tensor.Product(axes.Select(axis => x.Dims[axis]));
        if (fold is not null && axes.Length == 1 && parts <= MaxParts && (parts < x.Count || overFeatures is null))
            return Parts(call, x, axes[0], fold).WithDims(dims);
        if (overFeatures is null || parts != x.Count)
            throw call.Refuse("it reduces features, which no layer does");
        return Tensor.Of(dims, overFeatures(ArithmeticOperators.Computed(call, x)));
    }

    /// <summary>Parts along an axis, such as the directions of a layer, as one by value.</summary>
    private static Tensor Parts(NodeCall call, Tensor x, int axis, Func<OnnxNode, IReadOnlyList<Cell[]>, Cell[]> fold)
    {
        Dim[] dims = [.. x.Dims.Select((dim, other) => other == axis ? Dim.Data(1) : dim)];
        return Tensor.Of(dims, fold(call.Node, [.. Enumerable.Range(0, x.Dims[axis].Size).Select(part => ArithmeticOperators.Computed(call, x.Take(axis, [part], dims)))]));
    }

    private static Cell[] Folded(IReadOnlyList<Cell[]> parts, Func<Cell[], Cell[], Vector> fold) => parts.Skip(1).Aggregate(parts[0], (all, part) => fold(all, part).Cells());

    private static Cell[] MeanOf(OnnxNode node, IReadOnlyList<Cell[]> parts)
    {
        Cell[] sum = Folded(parts, (one, other) => new SumVector(node, one, other, 1));
        return new AffineVector(node, sum, [.. sum.Select(_ => 1.0 / parts.Count)], new double[sum.Length]).Cells();
    }

    private static Tensor OverTime(NodeCall call, Tensor x, int axis, LayerAttribute pool, bool keeps)
    {
        call.ExpectLengths(sees: false);
        var made = new PoolVector(call.Node, ArithmeticOperators.Computed(call, x), pool);
        return Tensor.Of([.. x.Dims.Take(axis), .. keeps ? new[] { Dim.Data(1) } : [], .. x.Dims.Skip(axis + 1)], made);
    }
}
