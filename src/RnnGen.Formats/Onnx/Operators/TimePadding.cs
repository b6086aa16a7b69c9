namespace RnnGen.Formats.Onnx;

/// <summary>Steps before and after those of the input, which convolutions over time read: zeros, or a state that holds the past.</summary>
internal static class TimePadding
{
    /// <summary>More than any convolution reaches.</summary>
    private const int MaxSteps = 1 << 20;

    /// <summary>Concat along time: the past, then the steps.</summary>
    public static Tensor Concat(NodeCall call, IReadOnlyList<Tensor> parts, int axis)
    {
        if (parts is not [var past, var x] || past.Dims[axis].Axis != Axis.Data || past.Dims[axis].Size is < 1 or > MaxSteps || x.Dims[axis].Axis != Axis.Time)
            throw call.Refuse("it joins pieces along time steps, expected the past of a convolution and the steps that follow it");
        for (int other = 0; other < x.Rank; other++)
            if (other != axis && past.Dims[other] != x.Dims[other] && !(past.IsConstant && past.Dims[other].Cells == 1 && x.Dims[other].Axis == Axis.Batch))
                throw call.Refuse($"expected parts that agree in axis {other}, got {past.Dims[other].Size} {NodeCall.Word(past.Dims[other].Axis)}, {x.Dims[other].Size} {NodeCall.Word(x.Dims[other].Axis)}");
        int steps = past.Dims[axis].Size;
        Dim[] one = [.. past.Dims.Select((dim, other) => other == axis ? Dim.Data(1) : dim)];
        call.Run.Spend(past.Count);
        Cell[] before = [.. Enumerable.Range(0, steps).SelectMany(step => past.Take(axis, [step], one).Cells())];
        bool isZero = Array.TrueForAll(before, cell => cell is { IsConstant: true, Value: 0 });
        return isZero || Array.TrueForAll(before, cell => cell.Source is StateVector)
            ? Around(call, x, axis, steps, 0, isZero ? null : before)
            : throw call.Refuse("it begins with computed steps, expected zeros or an input");
    }

    /// <summary>Pad of time steps.</summary>
    public static Tensor Pad(NodeCall call, IReadOnlyList<long> pads)
    {
        Tensor x = call[0];
        int[] axes = [.. call.Optional(3) is { } given ? call.Integers(given).Select(at => call.AxisOf(at, x.Rank)) : Enumerable.Range(0, x.Rank)];
        string mode = call.Word("mode", "constant");
        double value = call.Optional(2) is { } number ? call.Constants(number, "values").FirstOrDefault() : call.Float("value", 0);
        int[] padded = [.. Enumerable.Range(0, axes.Length).Where(at => pads.Count == 2 * axes.Length && (pads[at] != 0 || pads[axes.Length + at] != 0))];
        if (mode != "constant" || value != 0 || padded is not [var only] || x.Dims[axes[only]].Axis != Axis.Time || !(pads[only] is >= 0 and <= MaxSteps && pads[axes.Length + only] is >= 0 and <= MaxSteps))
            throw call.Refuse($"it pads ({mode}) by {Text.Shorten(string.Join(", ", pads))}, expected none, or zeros before and behind the steps of a convolution");
        return Around(call, x, axes[only], (int)pads[only], (int)pads[axes.Length + only], null);
    }

    /// <summary>The steps between those that were put around them; themselves where there are none.</summary>
    public static (Cell[] X, PaddedVector? Padded) Within(NodeCall call, Cell[] cells)
    {
        if (!Array.Exists(cells, cell => cell.Source is PaddedVector))
            return (cells, null);
        return Vector.IsWhole(cells, out Vector? vector) ? (vector.Sources[0], (PaddedVector)vector) : throw call.Refuse("it reads channels with different steps before them, or in another order");
    }

    /// <summary>The last steps of all, as many as the past has; null where they are something else.</summary>
    public static Tensor? Next(NodeCall call, Tensor x, int axis, long start)
    {
        Cell[] cells = x.Cells();
        if (cells.Length == 0 || cells[0].Source is not PaddedVector { Past: not null, After: 0 } padded || start != -padded.Before || !Array.TrueForAll(cells, cell => cell.Source == padded))
            return null;
        call.Run.Spend((long)x.Count * padded.Before);
        var next = new NextPastVector(call.Node, padded);
        int inner = Tensor.Product(x.Dims.Skip(axis + 1)), outer = cells.Length / inner;
        var places = new Cell[cells.Length * padded.Before];
        for (int block = 0, at = 0; block < outer; block++)
            for (int step = 0; step < padded.Before; step++)
                for (int place = 0; place < inner; place++)
                    places[at++] = Cell.Of(next, (step * padded.Size) + cells[(block * inner) + place].Index);
        return Tensor.Of([.. x.Dims.Select((dim, other) => other == axis ? Dim.Data(padded.Before) : dim)], places);
    }

    private static Tensor Around(NodeCall call, Tensor x, int axis, int before, int after, Cell[]? past)
    {
        (Cell[] cells, PaddedVector? inner) = Within(call, ArithmeticOperators.Computed(call, x));
        if (inner is not null && (past is not null || inner.Past is not null))
            throw call.Refuse("it stands around a past that is a state");
        var padded = new PaddedVector(call.Node, cells, before + (inner?.Before ?? 0), after + (inner?.After ?? 0), past);
        Dim time = x.Dims[axis] with { Size = x.Dims[axis].Size < 0 ? -1 : checked(x.Dims[axis].Size + before + after) };
        return Tensor.Of([.. x.Dims.Select((dim, other) => other == axis ? time : dim)], padded);
    }
}
