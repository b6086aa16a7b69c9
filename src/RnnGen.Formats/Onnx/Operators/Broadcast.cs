namespace RnnGen.Formats.Onnx;

/// <summary>ONNX's broadcasting: shapes aligned at their ends, axes of size 1 repeated.</summary>
internal static class Broadcast
{
    /// <summary>The axes of the result, and where in each operand its values are.</summary>
    public static (Dim[] Dims, int[] First, int[] Second) Of(NodeCall call, IReadOnlyList<Dim> first, IReadOnlyList<Dim> second)
    {
        int rank = Math.Max(first.Count, second.Count);
        var dims = new Dim[rank];
        for (int axis = 0; axis < rank; axis++)
            dims[axis] = One(call, At(first, axis, rank), At(second, axis, rank));
        call.Run.Spend(Tensor.Product(dims));
        return (dims, Places(first, dims), Places(second, dims));
    }

    private static Dim At(IReadOnlyList<Dim> dims, int axis, int rank) => axis < rank - dims.Count ? Dim.Data(1) : dims[axis - (rank - dims.Count)];

    private static Dim One(NodeCall call, Dim first, Dim second)
    {
        if (first == second || second == Dim.Data(1))
            return first;
        if (first == Dim.Data(1))
            return second;
        if (first.Axis == second.Axis && first.Axis != Axis.Data)
            return first with { Size = Math.Max(first.Size, second.Size) };
        throw call.Refuse($"it combines {first.Size} {NodeCall.Word(first.Axis)} with {second.Size} {NodeCall.Word(second.Axis)}");
    }

    private static int[] Places(IReadOnlyList<Dim> dims, Dim[] result)
    {
        int[] places = new int[Tensor.Product(result)], at = new int[result.Length], strides = new int[result.Length];
        for (int axis = result.Length - 1, stride = 1; axis >= result.Length - dims.Count; axis--)
        {
            int cells = dims[axis - (result.Length - dims.Count)].Cells;
            strides[axis] = cells == 1 ? 0 : stride;
            stride *= cells;
        }

        for (int to = 0, from = 0; to < places.Length; to++)
        {
            places[to] = from;
            for (int axis = result.Length - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++at[axis] < result[axis].Cells)
                    break;
                from -= strides[axis] * at[axis];
                at[axis] = 0;
            }
        }

        return places;
    }
}
