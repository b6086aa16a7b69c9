namespace RnnGen.Formats.Onnx;

/// <summary>Values as <c>W x + b</c> of other values: whatever an exporter made of it, one product or several, of parts or of all gates.</summary>
internal sealed class AffineForm
{
    private const int MaxSumDepth = 24;

    private AffineForm(IReadOnlyList<Cell> columns, double[][] rows, double[] bias) => (Columns, Rows, Bias) = (columns, rows, bias);

    /// <summary>The values x.</summary>
    public IReadOnlyList<Cell> Columns { get; }

    /// <summary>W.</summary>
    public double[][] Rows { get; }

    /// <summary>b.</summary>
    public double[] Bias { get; }

    /// <summary>The form of some values; null where it is too deep to be a gate's.</summary>
    public static AffineForm? Of(Recognition known, IReadOnlyList<Cell> values)
    {
        List<Part>[] parts = [.. values.Select(_ => new List<Part>())];
        double[] bias = new double[values.Count];
        for (int row = 0; row < values.Count; row++)
            if (!Collect(known.States, Polynomial.Resolved(values[row]), 1, parts[row], ref bias[row], 0))
                return null;

        Dictionary<Cell, int> places = [];
        Dictionary<LinearVector, int[]> placesOf = [];
        foreach (Part part in parts.SelectMany(part => part))
        {
            if (part.Product is null)
                places.TryAdd(part.Cell, places.Count);
            else if (!placesOf.ContainsKey(part.Product))
                placesOf.Add(part.Product, [.. part.Product.Sources[0].Select(Polynomial.Resolved).Select(cell => places.TryAdd(cell, places.Count) ? places.Count - 1 : places[cell])]);
        }

        known.Run.Spend((long)places.Count * values.Count);
        double[][] rows = [.. values.Select(_ => new double[places.Count])];
        for (int row = 0; row < rows.Length; row++)
            foreach (Part part in parts[row])
            {
                if (part.Product is not { } product)
                {
                    rows[row][places[part.Cell]] += part.Factor;
                    continue;
                }

                int[] columns = placesOf[product];
                for (int column = 0; column < columns.Length; column++)
                    rows[row][columns[column]] += part.Factor * product.Weight[(part.Cell.Index * columns.Length) + column];
            }

        Cell[] all = new Cell[places.Count];
        foreach ((Cell cell, int place) in places)
            all[place] = cell;
        return new AffineForm(all, rows, bias);
    }

    /// <summary>The columns of some values, zero where they have none.</summary>
    public double[][] Of(IReadOnlyList<Cell> values)
    {
        Dictionary<Cell, int> places = Columns.Select((cell, place) => (cell, place)).ToDictionary(pair => pair.cell, pair => pair.place);
        int[] from = [.. values.Select(cell => places.GetValueOrDefault(cell, -1))];
        return [.. Rows.Select(row => Array.ConvertAll(from, place => place < 0 ? 0 : row[place]))];
    }

    private static bool Collect(IReadOnlySet<Vector> states, Cell cell, double factor, List<Part> parts, ref double bias, int depth)
    {
        if (depth > MaxSumDepth)
            return false;
        if (cell.Source is { } source && states.Contains(source))
        {
            parts.Add(new Part(null, cell, factor));
            return parts.Count <= MaxSumDepth;
        }

        switch (cell.Source)
        {
            case null:
                bias += factor * cell.Value;
                return cell.IsConstant;
            case SumVector sum:
                return Collect(states, Polynomial.Resolved(sum.Sources[0][cell.Index]), factor, parts, ref bias, depth + 1)
                    && Collect(states, Polynomial.Resolved(sum.Sources[1][cell.Index]), factor * sum.Sign, parts, ref bias, depth + 1);
            case AffineVector affine:
                bias += factor * affine.Offset[cell.Index];
                return Collect(states, Polynomial.Resolved(affine.Sources[0][cell.Index]), factor * affine.Scale[cell.Index], parts, ref bias, depth + 1);
            case LinearVector product:
                parts.Add(new Part(product, cell, factor));
                return parts.Count <= MaxSumDepth;
            default:
                parts.Add(new Part(null, cell, factor));
                return parts.Count <= MaxSumDepth;
        }
    }

    /// <summary>A row of a product, or a value alone, with a factor.</summary>
    private readonly record struct Part(LinearVector? Product, Cell Cell, double Factor);
}
