namespace RnnGen.Formats.Onnx;

/// <summary>A gate's products that are normalised over its units, <c>gain ⊙ norm(W x + U h)</c>.</summary>
/// <param name="Products">What is normalised, in the order of units.</param>
/// <param name="Gains">The gain of each unit.</param>
/// <param name="Factor">What the products are multiplied by, so that RnnGen's epsilon means the same as the file's.</param>
internal sealed record GateNorm(AffineForm Products, double[] Gains, double Factor)
{
    /// <summary>The normalisation of a gate's sum; null where it has none, and is what it is.</summary>
    public static GateNorm? Of(Recognition known, AffineForm sum)
    {
        NormVector? norm = null;
        var products = new Cell[sum.Rows.Length];
        HashSet<int> places = [];
        double[] gains = new double[products.Length];
        for (int unit = 0; unit < products.Length; unit++)
        {
            // Each unit is one of the normalised values, and no value is two units.
            int[] own = [.. Enumerable.Range(0, sum.Columns.Count).Where(column => sum.Rows[unit][column] != 0 && sum.Columns[column].Source is NormVector)];
            if (own is not [var only] || sum.Columns[only].Source is not NormVector found || found.Size != products.Length || (norm ??= found) != found || !places.Add(only))
                return null;
            products[unit] = found.Sources[0][sum.Columns[only].Index];
            gains[unit] = sum.Rows[unit][only];
        }

        // Features beside it would say that what is normalised is a layer before the cell.
        bool isGate = sum.Columns.All(cell => cell.Source is StateVector || ReferenceEquals(cell.Source, norm) || (cell.Source is { } source && known.States.Contains(source)));
        if (norm is null || !isGate)
            return null;
        return AffineForm.Of(known, products) is { } form && Array.TrueForAll(form.Bias, bias => bias == 0) ? new GateNorm(form, gains, norm.Factor) : null;
    }
}
