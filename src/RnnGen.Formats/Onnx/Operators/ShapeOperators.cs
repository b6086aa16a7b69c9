namespace RnnGen.Formats.Onnx;

/// <summary>Operators that give axes another order or number. None may lose what an axis counts.</summary>
internal static class ShapeOperators
{
    public static Tensor Transpose(NodeCall call)
    {
        Tensor x = call[0];
        int[] order = [.. call.Integers("perm")?.Select(axis => call.AxisOf(axis, x.Rank)) ?? Enumerable.Range(0, x.Rank).Reverse()];
        if (order.Length != x.Rank || order.Distinct().Count() != x.Rank)
            throw call.Refuse($"expected an order of {x.Rank} axes, got {Text.Shape(order)}");
        call.Run.Spend(x.Count);
        return x.Transpose(order);
    }

    public static Tensor Squeeze(NodeCall call)
    {
        Tensor x = call[0];
        int[] axes = [.. call.IntegersOf("axes", 1)?.Select(axis => call.AxisOf(axis, x.Rank)) ?? Enumerable.Range(0, x.Rank).Where(axis => x.Dims[axis].Size == 1)];
        foreach (int axis in axes)
        {
            // A batch of one is not an axis; one time step is not what a sequence is.
            if (x.Dims[axis] is not { Size: 1, Axis: Axis.Data or Axis.Batch })
                throw call.Refuse($"it removes axis {axis}, {NodeCall.Word(x.Dims[axis].Axis)}, expected one of size 1");
        }

        return x.WithDims([.. x.Dims.Where((_, axis) => !axes.Contains(axis))]);
    }

    public static Tensor Unsqueeze(NodeCall call)
    {
        Tensor x = call[0];
        IReadOnlyList<long> given = call.IntegersOf("axes", 1) ?? throw call.Refuse("expected axes, got none");
        int rank = x.Rank + given.Count;
        HashSet<int> axes = [.. given.Select(axis => call.AxisOf(axis, rank))];
        if (axes.Count != given.Count || rank > 8)
            throw call.Refuse("expected different axes, 8 in all at most");
        var rest = new Queue<Dim>(x.Dims);
        return x.WithDims([.. Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? Dim.Data(1) : rest.Dequeue())]);
    }

    public static Tensor Concat(NodeCall call)
    {
        Tensor[] parts = [.. Enumerable.Range(0, call.InputCount).Select(index => call[index])];
        if (parts.Length == 0)
            throw call.Refuse("expected at least one input, got none");
        int axis = call.AxisOf(call.Integer("axis", 1), parts[0].Rank);
        if (Array.TrueForAll(parts, part => part.Rank == parts[0].Rank) && Array.Exists(parts, part => part.Dims[axis].Axis == Axis.Time))
            return TimePadding.Concat(call, parts, axis);
        foreach (Tensor part in parts)
            if (part.Rank != parts[0].Rank || part.Dims[axis].Axis != Axis.Data)
                throw call.Refuse($"it joins along axis {axis}, {NodeCall.Word(part.Rank == parts[0].Rank ? part.Dims[axis].Axis : Axis.TimeBatch)}, expected features");
        Dim[] common = [.. parts[0].Dims];
        for (int other = 0; other < common.Length; other++)
        {
            if (other == axis)
                continue;
            Dim[] here = [.. parts.Select(part => part.Dims[other]).Distinct()];
            common[other] = Agreed(here) ?? throw call.Refuse($"expected parts that agree in axis {other}, got {string.Join(", ", here.Select(dim => $"{dim.Size} {NodeCall.Word(dim.Axis)}"))}");
        }

        common[axis] = Dim.Data(checked(parts.Sum(part => part.Dims[axis].Size)));
        int inner = Tensor.Product(common.Skip(axis + 1)), outer = Tensor.Product(common.Take(axis));
        call.Run.Spend(Tensor.Product(common));
        var cells = new Cell[Tensor.Product(common)];
        int at = 0;
        for (int block = 0; block < outer; block++)
            foreach (Tensor part in parts)
                for (int index = 0, length = part.Dims[axis].Size * inner; index < length; index++)
                    cells[at++] = part[(block * length) + index];
        return Tensor.Of(common, cells, parts.All(part => part.IsInteger));
    }

    public static Tensor Expand(NodeCall call)
    {
        Tensor x = call[0], shape = call[1];
        Dim[] wanted = [.. shape.Cells().Select(size => ConstantOperators.DimOf(call, size))];
        (Dim[] dims, int[] places, _) = Broadcast.Of(call, x.Dims, wanted);
        return x.Select(dims, places);
    }

    /// <summary>One axis of several that mean the same; a constant has an axis of size 1 where others have sequences.</summary>
    private static Dim? Agreed(IReadOnlyList<Dim> dims)
    {
        if (dims.Count == 1)
            return dims[0];
        Axis axis = dims[0].Axis;
        return axis != Axis.Data && dims.All(dim => dim.Axis == axis) ? new Dim(axis, dims.Max(dim => dim.Size)) : null;
    }
}
