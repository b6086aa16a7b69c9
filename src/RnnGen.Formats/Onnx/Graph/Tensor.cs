namespace RnnGen.Formats.Onnx;

/// <summary>What is known of a value of the graph: a <see cref="Tensor"/>, or why nothing is.</summary>
internal abstract class Knowledge;

/// <summary>A value that cannot be expressed, and what else needs it cannot either.</summary>
/// <param name="cause">Why.</param>
/// <param name="shape">Its sizes as far as they are known, −1 where not; null where not even their number is.</param>
internal sealed class Refused(FormatException cause, IReadOnlyList<int>? shape = null) : Knowledge
{
    public FormatException Cause => cause;

    public IReadOnlyList<int>? Shape => shape;
}

/// <summary>
/// A tensor as one time step of one sequence sees it. Each axis is one of time, of sequences, or of data; there is a value for each place along the axes of
/// data, row-major, and none more for steps and sequences, for the same formula holds at all of them. What would mix steps or sequences thus cannot be said.
/// </summary>
internal sealed class Tensor : Knowledge
{
    private readonly double[]? _constants;
    private readonly Cell[]? _cells;

    private Tensor(IReadOnlyList<Dim> dims, double[]? constants, Cell[]? cells, bool isInteger) =>
        (Dims, _constants, _cells, IsInteger) = (dims, constants, cells, isInteger);

    public IReadOnlyList<Dim> Dims { get; }

    public int Rank => Dims.Count;

    /// <summary>Values held.</summary>
    public int Count => _constants?.Length ?? _cells!.Length;

    public bool IsConstant => _constants is not null;

    /// <summary>Whether its elements are whole numbers (or truth values).</summary>
    public bool IsInteger { get; }

    /// <summary>Whether it has an axis of time.</summary>
    public bool HasTime => Dims.Any(dim => dim.HasTime);

    /// <summary>The values of a constant.</summary>
    public double[] Constants => _constants ?? throw new InvalidOperationException("The tensor is not constant.");

    public Cell this[int index] => _constants is { } values ? Cell.Constant(values[index]) : _cells![index];

    public static Tensor Of(IReadOnlyList<Dim> dims, double[] values, bool isInteger) => new(dims, values, null, isInteger);

    public static Tensor Of(IReadOnlyList<Dim> dims, Cell[] cells, bool isInteger = false) => Array.TrueForAll(cells, cell => cell.IsConstant)
        ? new(dims, Array.ConvertAll(cells, cell => cell.Value), null, isInteger)
        : new(dims, null, cells, isInteger);

    /// <summary>A list of whole numbers.</summary>
    public static Tensor List(params Cell[] cells) => Of([Dim.Data(cells.Length)], cells, isInteger: true);

    /// <summary>All values of a vector.</summary>
    public static Tensor Of(IReadOnlyList<Dim> dims, Vector vector) => Of(dims, vector.Cells());

    public Cell[] Cells() => _cells ?? Array.ConvertAll(_constants!, Cell.Constant);

    /// <summary>The same values with other axes.</summary>
    public Tensor WithDims(IReadOnlyList<Dim> dims) => new(dims, _constants, _cells, IsInteger);

    public Tensor AsInteger(bool isInteger) => new(Dims, _constants, _cells, isInteger);

    /// <summary>Some of its values in another order: that at i is that which was at <paramref name="places"/>[i].</summary>
    public Tensor Select(IReadOnlyList<Dim> dims, int[] places) => _constants is { } values
        ? new(dims, Array.ConvertAll(places, place => values[place]), null, IsInteger)
        : Of(dims, Array.ConvertAll(places, place => _cells![place]), IsInteger);

    /// <summary>Values along one axis.</summary>
    public Tensor Take(int axis, IReadOnlyList<int> indices, IReadOnlyList<Dim> dims)
    {
        int inner = Product(Dims.Skip(axis + 1)), size = Dims[axis].Cells, outer = Product(Dims.Take(axis));
        int[] places = new int[checked(outer * indices.Count * inner)];
        int at = 0;
        for (int block = 0; block < outer; block++)
            foreach (int index in indices)
                for (int place = 0; place < inner; place++)
                    places[at++] = (((block * size) + index) * inner) + place;
        return Select(dims, places);
    }

    /// <summary>Its axes in another order: that at i is the one that was at <paramref name="order"/>[i].</summary>
    public Tensor Transpose(IReadOnlyList<int> order)
    {
        Dim[] dims = [.. order.Select(axis => Dims[axis])];
        int[] strides = Strides();
        int[] places = new int[Count], at = new int[dims.Length];
        for (int to = 0, from = 0; to < places.Length; to++)
        {
            places[to] = from;
            for (int axis = dims.Length - 1; axis >= 0; axis--)
            {
                from += strides[order[axis]];
                if (++at[axis] < dims[axis].Cells)
                    break;
                from -= strides[order[axis]] * at[axis];
                at[axis] = 0;
            }
        }

        return Select(dims, places);
    }

    /// <summary>How many values lie between two neighbours along each axis.</summary>
    public int[] Strides()
    {
        int[] strides = new int[Rank];
        int stride = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Dims[axis].Cells;
        }

        return strides;
    }

    /// <summary>Values that axes hold.</summary>
    public static int Product(IEnumerable<Dim> dims) => dims.Aggregate(1, (product, dim) => checked(product * dim.Cells));
}
