namespace RnnGen.Formats.Onnx;

/// <summary>Reshape: values keep their order, and axes of steps and sequences their places among them.</summary>
internal static class ReshapeOperator
{
    public static Tensor Reshape(NodeCall call)
    {
        Tensor x = call[0];
        Cell[] shape = call[1].Cells();
        if (shape.Length > 8)
            throw call.Refuse($"expected at most 8 axes, got {shape.Length}");
        bool zeroIsSize = call.Integer("allowzero", 0) != 0;
        Wanted[] wanted = [.. shape.Select((cell, axis) => Of(call, x, cell, axis, zeroIsSize))];
        return To(call, x, wanted);
    }

    /// <summary>All axes before one as one, and all others as one.</summary>
    public static Tensor Flatten(NodeCall call)
    {
        Tensor x = call[0];
        long given = call.Integer("axis", 1);
        int axis = given == x.Rank ? x.Rank : call.AxisOf(given, x.Rank);
        return To(call, x, [Together(x.Dims.Take(axis)), Together(x.Dims.Skip(axis))]);
    }

    private static Wanted Together(IEnumerable<Dim> dims) => dims.All(dim => dim.Axis == Axis.Data) ? new(Tensor.Product(dims), null) : new(-1, null);

    /// <summary>A size as the shape states it; or an axis that it means.</summary>
    private static Wanted Of(NodeCall call, Tensor x, Cell cell, int axis, bool zeroIsSize)
    {
        if (cell.IsSteps || cell.IsSequences)
            return new(0, cell.IsSteps ? Axis.Time : Axis.Batch);
        if (!cell.IsConstant || cell.Value < -1 || cell.Value > int.MaxValue)
            throw call.Refuse("expected a constant shape, or one made of the input's, got a computed one");
        if (cell.Value != 0 || zeroIsSize)
            return new((int)cell.Value, null);
        if (axis >= x.Rank)
            throw call.Refuse($"it copies the size of axis {axis}, expected one of {x.Rank}");
        return x.Dims[axis].Axis == Axis.Data ? new(x.Dims[axis].Size, null) : new(0, x.Dims[axis].Axis);
    }

    private static Tensor To(NodeCall call, Tensor x, Wanted[] wanted)
    {
        // Data between and around the axes of steps and sequences stays where it is: each of those axes is looked for at every place, those that fit are compared.
        List<Dim[]> fitting = [];
        int[] special = [.. Enumerable.Range(0, x.Rank).Where(axis => x.Dims[axis].Axis != Axis.Data)];
        foreach (Dim[] atoms in Atoms(x, special))
            Place(x, atoms, wanted, fitting);
        if (fitting.Count == 0)
            throw call.Refuse($"it mixes {string.Join(", ", x.Dims.Select(dim => $"{dim.Size} {NodeCall.Word(dim.Axis)}"))} in the shape {Text.Shape(wanted.Select(size => size.Size))}");
        return x.WithDims(fitting[0]);
    }

    /// <summary>The axes as they are; and where one is of steps and sequences, as two.</summary>
    private static IEnumerable<Dim[]> Atoms(Tensor x, int[] special)
    {
        yield return [.. x.Dims];
        foreach (int axis in special.Where(axis => x.Dims[axis].Axis is Axis.TimeBatch or Axis.BatchTime))
        {
            Dim[] two = [new(Axis.Time, -1), new(Axis.Batch, -1)];
            yield return [.. x.Dims.Take(axis), .. x.Dims[axis].Axis == Axis.TimeBatch ? two : two.Reverse(), .. x.Dims.Skip(axis + 1)];
        }
    }

    private static void Place(Tensor x, Dim[] atoms, Wanted[] wanted, List<Dim[]> fitting)
    {
        int[] special = [.. Enumerable.Range(0, atoms.Length).Where(axis => atoms[axis].Axis != Axis.Data)];
        foreach (int[] places in Places(special.Length, wanted.Length))
        {
            if (Fit(x, atoms, special, places, wanted) is { } dims && !fitting.Any(other => other.SequenceEqual(dims)))
                fitting.Add(dims);
        }

        // One that the shape names is the better reading.
        fitting.Sort((one, other) => Score(other).CompareTo(Score(one)));

        int Score(Dim[] dims) => dims.Zip(wanted).Count(pair => pair.Second.Axis == pair.First.Axis || (pair.First.Axis != Axis.Data && pair.Second.Size == -1));
    }

    /// <summary>Places for axes that keep their order; two may get one place.</summary>
    private static IEnumerable<int[]> Places(int count, int length)
    {
        if (count > 2)
            yield break;
        if (count == 0)
            yield return [];
        for (int first = 0; first < length && count > 0; first++)
        {
            if (count == 1)
                yield return [first];
            for (int second = first; second < length && count == 2; second++)
                yield return [first, second];
        }
    }

    private static Dim[]? Fit(Tensor x, Dim[] atoms, int[] special, int[] places, Wanted[] wanted)
    {
        var dims = new Dim[wanted.Length];
        int at = 0; // among the atoms
        for (int start = 0, index = 0; ; index++)
        {
            int end = index < places.Length ? places[index] : wanted.Length, before = at;
            int until = index < special.Length ? special[index] : atoms.Length;
            bool isMerged = index > 0 && index < places.Length && places[index] == places[index - 1];
            if (isMerged ? Tensor.Product(atoms[before..until]) != 1 : !FitData(Tensor.Product(atoms[before..until]), wanted, dims, start, end))
                return null;
            if (index == places.Length)
                return dims;
            Dim? made = isMerged ? Merged(dims[end], atoms[until], wanted[end]) : Kept(atoms[until], wanted[end], index + 1 < places.Length && places[index + 1] == end);
            if (made is not { } dim)
                return null;
            dims[end] = dim;
            (start, at) = (end + 1, until + 1);
        }
    }

    private static Dim? Kept(Dim atom, Wanted wanted, bool mayMerge)
    {
        if (mayMerge)
            return atom;
        bool fits = wanted.Axis is { } axis ? axis == atom.Axis : wanted.Size == -1 || wanted.Size == atom.Size;
        return fits ? atom with { Size = wanted.Size > 0 ? wanted.Size : atom.Size } : null;
    }

    private static Dim? Merged(Dim first, Dim second, Wanted wanted)
    {
        if (wanted.Axis is not null || (wanted.Size != -1 && (first.Size < 0 || second.Size < 0 || wanted.Size != (long)first.Size * second.Size)))
            return null;
        return (first.Axis, second.Axis) switch
        {
            (Axis.Time, Axis.Batch) => new Dim(Axis.TimeBatch, wanted.Size),
            (Axis.Batch, Axis.Time) => new Dim(Axis.BatchTime, wanted.Size),
            _ => null,
        };
    }

    /// <summary>Sizes of data whose product is known; one of them may be left to be found.</summary>
    private static bool FitData(int product, Wanted[] wanted, Dim[] dims, int start, int end)
    {
        long known = 1;
        int open = -1;
        for (int axis = start; axis < end; axis++)
        {
            if (wanted[axis].Axis is not null || (wanted[axis].Size == -1 && open >= 0))
                return false;
            if (wanted[axis].Size == -1)
                open = axis;
            else
                known *= wanted[axis].Size;
            dims[axis] = Dim.Data(wanted[axis].Size);
        }

        if (open >= 0 && known > 0 && product % known == 0)
        {
            dims[open] = Dim.Data((int)(product / known));
            return true;
        }

        return open < 0 && known == product;
    }

    /// <summary>A size, or the axis that is meant; −1 is what is left.</summary>
    private readonly record struct Wanted(int Size, Axis? Axis);
}
