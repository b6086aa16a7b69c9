namespace RnnGen.Formats.Onnx;

/// <summary>Operators that take some of a tensor's values along an axis. Along time they take the last step, or the last steps that are a convolution's past, and no others.</summary>
internal static class SliceOperators
{
    public static Tensor Slice(NodeCall call)
    {
        Tensor x = call[0];
        IReadOnlyList<long> starts = call.IntegersOf("starts", 1) ?? throw call.Refuse("expected starts, got none"), ends = call.IntegersOf("ends", 2) ?? throw call.Refuse("expected ends, got none");
        IReadOnlyList<long> axes = call.IntegersOf("axes", 3) ?? [.. Enumerable.Range(0, starts.Count).Select(axis => (long)axis)];
        IReadOnlyList<long> steps = call.Optional(4) is { } given ? call.Integers(given) : [.. starts.Select(_ => 1L)];
        if (ends.Count != starts.Count || axes.Count != starts.Count || steps.Count != starts.Count)
            throw call.Refuse($"expected as many starts, ends, axes and steps, got {starts.Count}, {ends.Count}, {axes.Count}, {steps.Count}");
        for (int index = 0; index < starts.Count; index++)
            x = Along(call, x, call.AxisOf(axes[index], x.Rank), starts[index], ends[index], steps[index]);
        return x;
    }

    public static Tensor Gather(NodeCall call)
    {
        Tensor x = call[0], indices = call[1];
        int axis = call.AxisOf(call.Integer("axis", 0), x.Rank);
        if (x.IsConstant && Vector.IsWhole(indices.Cells(), out Vector? input) && input is InputVector { IsClass: true })
            return Embedding(call, x, axis, indices, input);
        if (indices.IsConstant && x.Dims[axis].Axis == Axis.Time && indices.Rank == 0)
            return Last(call, x, axis, (long)indices.Constants[0], (long)indices.Constants[0] == -1, keepsAxis: false);
        if (indices is { Count: 1, Rank: <= 1 } && indices[0].IsStep)
        {
            // What a loop takes at each turn.
            if (x.Dims[axis].Axis != Axis.Time || x.Dims[axis].Size != call.Run.Turns)
                throw call.Refuse($"a loop of {call.Run.Turns} iterations takes one of {x.Dims[axis].Size} {NodeCall.Word(x.Dims[axis].Axis)} at each, expected time steps, all of them");
            return x.WithDims([.. x.Dims.Take(axis), .. indices.Dims, .. x.Dims.Skip(axis + 1)]);
        }

        if (!indices.IsConstant || x.Dims[axis].Axis != Axis.Data || indices.Rank > 1)
            throw call.Refuse($"it looks up {(indices.IsConstant ? "constant" : "computed")} places along {NodeCall.Word(x.Dims[axis].Axis)}, expected constant ones along features");
        int size = x.Dims[axis].Size;
        int[] places = [.. call.Integers(indices).Select(index => index < 0 ? index + size : index).Select(index =>
            index >= 0 && index < size ? (int)index : throw call.Refuse($"expected places below {size}, got {index}"))];
        call.Run.Spend((long)x.Count / Math.Max(size, 1) * places.Length);
        return x.Take(axis, places, [.. x.Dims.Take(axis), .. indices.Dims.Select(_ => Dim.Data(places.Length)), .. x.Dims.Skip(axis + 1)]);
    }

    /// <summary>A class as the vector with a 1 at its place: what a network of classes reads.</summary>
    public static Tensor OneHot(NodeCall call)
    {
        Tensor indices = call[0];
        double[] values = call.Constants(call[2], "values");
        if (!Vector.IsWhole(indices.Cells(), out Vector? input) || input is not InputVector { IsClass: true } || values is not [0, 1] || call.Integers(call[1]) is not [> 0 and <= 1 << 20 and var depth])
            throw call.Refuse("expected the input's classes as zeros and ones");
        long axis = call.Integer("axis", -1);
        if (axis != -1 && axis != indices.Rank)
            throw call.Refuse($"expected classes along the last axis, got {axis}");
        call.Run.Spend(depth);
        return Tensor.Of([.. indices.Dims, Dim.Data((int)depth)], new OneHotVector(call.Node, input.Cells(), (int)depth));
    }

    public static IReadOnlyList<Knowledge> Split(NodeCall call)
    {
        Tensor x = call[0];
        int axis = call.AxisOf(call.Integer("axis", 0), x.Rank), count = call.Node.Outputs.Count;
        if (x.Dims[axis].Axis != Axis.Data)
            return x.Dims[axis].Size == 1 && count == 1 ? [x] : throw call.Refuse($"it divides {NodeCall.Word(x.Dims[axis].Axis)}, expected features");
        int size = x.Dims[axis].Size, each = count == 0 ? 0 : (size + count - 1) / count;
        IReadOnlyList<long> sizes = call.IntegersOf("split", 1) is { Count: > 0 } given
            ? given
            : [.. Enumerable.Range(0, count).Select(index => (long)Math.Clamp(size - (index * each), 0, each))];
        if (sizes.Count != count || sizes.Any(part => part < 0) || sizes.Sum() != size)
            throw call.Refuse($"expected {count} parts of {size} values in all, got {Text.Shorten(string.Join(", ", sizes))}");
        call.Run.Spend(x.Count);
        List<Knowledge> parts = [];
        for (int index = 0, start = 0; index < count; start += (int)sizes[index++])
            parts.Add(Range(x, axis, [.. Enumerable.Range(start, (int)sizes[index])]));
        return parts;
    }

    public static Tensor Pad(NodeCall call)
    {
        IReadOnlyList<long> pads = call.IntegersOf("pads", 1) ?? throw call.Refuse("expected pads, got none");
        return pads.Any(pad => pad != 0) ? TimePadding.Pad(call, pads) : call[0];
    }

    private static Tensor Range(Tensor x, int axis, IReadOnlyList<int> places) =>
        x.Take(axis, places, [.. x.Dims.Select((dim, other) => other == axis ? Dim.Data(places.Count) : dim)]);

    private static Tensor Along(NodeCall call, Tensor x, int axis, long start, long end, long step)
    {
        if (x.Dims[axis].Axis != Axis.Data)
        {
            if (step == 1 && start == 0 && end >= int.MaxValue)
                return x;
            if (x.Dims[axis].Axis == Axis.Time && step == 1 && end >= int.MaxValue && TimePadding.Next(call, x, axis, start) is { } past)
                return past;
            if (x.Dims[axis].Axis == Axis.Time && step == 1 && start == -1 && end >= int.MaxValue)
                return Last(call, x, axis, -1, true, keepsAxis: true);
            throw call.Refuse($"it takes {NodeCall.Word(x.Dims[axis].Axis)} from {start} to {end}, expected all or the last");
        }

        int size = x.Dims[axis].Size;
        if (step is 0 or > int.MaxValue or < -int.MaxValue)
            throw call.Refuse($"expected a step other than 0, no larger than {int.MaxValue}, got {step}");
        long Limit(long value, long least, long most) => Math.Clamp(value < 0 ? value + size : value, least, most);
        (long from, long to) = step > 0 ? (Limit(start, 0, size), Limit(end, 0, size)) : (Limit(start, -1, size - 1), end < -size ? -1 : Limit(end, -1, size - 1));
        List<int> places = [];
        for (long place = from; step > 0 ? place < to : place > to; place += step)
            places.Add((int)place);
        call.Run.Spend(x.Count);
        return Range(x, axis, places);
    }

    /// <summary>
    /// The last step of a sequence; of a layer that goes in reverse, the first one is what it ends with. Its value at the last step is that of any sequence, which a function between
    /// the layer and [LastStep] says.
    /// </summary>
    private static Tensor Last(NodeCall call, Tensor x, int axis, long place, bool isLast, bool keepsAxis)
    {
        Cell[] cells = x.Cells();
        Direction[] directions = [.. cells.Select(cell => cell.Source?.Current is RecurrentVector recurrent ? recurrent.Layer.DirectionOf(cell.Index) : Direction.Forward).Distinct()];
        bool isEnd = isLast ? directions is [Direction.Forward] : place == 0 && directions is [Direction.Reverse];
        if (!isEnd && isLast)
            cells = new FunctionVector(call.Node, cells, new(Activation.Linear)).Cells();
        else if (!isEnd)
            throw call.Refuse($"it takes step {place} of {(directions is [Direction.Forward] ? "a sequence" : "layers of both directions")}, expected the step that the layer ends with");
        call.ExpectLengths(sees: false);
        Dim[] dims = [.. x.Dims.Take(axis), .. keepsAxis ? new[] { Dim.Data(1) } : [], .. x.Dims.Skip(axis + 1)];
        return LastOf(call, cells) is { } last ? Tensor.Of(dims, last) : throw call.Refuse("expected values that are computed, got constants");
    }

    private static Cell[]? LastOf(NodeCall call, Cell[] cells)
    {
        if (cells.Any(cell => cell.Source is null))
            return null;
        if (cells.All(cell => cell.Source!.Current is RecurrentVector))
        {
            Dictionary<Vector, FinalVector> finals = cells.Select(cell => cell.Source!.Current).Distinct().ToDictionary(layer => layer, layer => new FinalVector(call.Node, (RecurrentVector)layer, isCell: false));
            return Array.ConvertAll(cells, cell => Cell.Of(finals[cell.Source!.Current], cell.Index));
        }

        return new PoolVector(call.Node, cells, new LastStepAttribute()).Cells();
    }

    private static Tensor Embedding(NodeCall call, Tensor table, int axis, Tensor indices, Vector input)
    {
        if (axis != 0 || table.Rank != 2 || indices.Dims.Any(dim => dim.Axis == Axis.Data && dim.Size != 1))
            throw call.Refuse("it looks up classes, expected one per step in the rows of a table");
        float[] rows = call.Weights(table, "rows");
        var embedding = new EmbeddingVector(call.Node, input.Cells(), rows, table.Dims[0].Size, table.Dims[1].Size);
        return Tensor.Of([.. indices.Dims, table.Dims[1]], embedding);
    }
}
