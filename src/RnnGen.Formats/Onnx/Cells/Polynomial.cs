namespace RnnGen.Formats.Onnx;

/// <summary>A product of values with a factor.</summary>
internal sealed record Term(double Factor, IReadOnlyList<Cell> Cells)
{
    /// <summary>Whether it is a product of these values, in any order.</summary>
    public bool Is(double factor, params Cell[] cells) => Factor == factor && cells.Length == Cells.Count && cells.All(Cells.Contains) && cells.Distinct().Count() == cells.Length;

    /// <summary>The other value of a product of two.</summary>
    public Cell? Other(Cell cell) => Cells.Count != 2 ? null : Cells[0] == cell ? Cells[1] : Cells[1] == cell ? Cells[0] : null;
}

/// <summary>
/// A value as a sum of products. However an exporter writes an update, <c>z h + (1 − z) n</c> or <c>n + z (h − n)</c>, its terms are the same.
/// </summary>
internal static class Polynomial
{
    // A cell's update has some ten operations; a value that is used twice is expanded twice, so their number is limited and not only their depth.
    private const int MaxTerms = 8, MaxSumDepth = 24, MaxOperations = 200;

    /// <summary>The terms; null where there are more than any cell of RnnGen's has.</summary>
    public static List<Term>? Of(Cell cell)
    {
        int operations = 0;
        return Of(Resolved(cell), 0, ref operations);
    }

    /// <summary>A value with what stands for its vector.</summary>
    public static Cell Resolved(Cell cell) => cell.Source is { } source ? cell with { Source = source.Current } : cell;

    private static List<Term>? Of(Cell cell, int depth, ref int operations)
    {
        if (depth > MaxSumDepth || ++operations > MaxOperations)
            return null;
        return cell.Source switch
        {
            null => cell.IsConstant ? [new Term(cell.Value, [])] : null,
            SumVector sum => Add(Of(Resolved(sum.Sources[0][cell.Index]), depth + 1, ref operations), Of(Resolved(sum.Sources[1][cell.Index]), depth + 1, ref operations), sum.Sign),
            ProductVector product => Times(Of(Resolved(product.Sources[0][cell.Index]), depth + 1, ref operations), Of(Resolved(product.Sources[1][cell.Index]), depth + 1, ref operations)),
            AffineVector affine => Add(
                Times([new Term(affine.Scale[cell.Index], [])], Of(Resolved(affine.Sources[0][cell.Index]), depth + 1, ref operations)), [new Term(affine.Offset[cell.Index], [])], 1),
            _ => [new Term(1, [cell])],
        };
    }

    private static List<Term>? Add(List<Term>? one, List<Term>? other, int sign)
    {
        if (one is null || other is null)
            return null;
        List<Term> sum = [];
        foreach (Term term in one.Concat(other.Select(term => term with { Factor = sign * term.Factor })))
        {
            int same = sum.FindIndex(before => before.Cells.Count == term.Cells.Count && before.Cells.All(cell => before.Cells.Count(own => own == cell) == term.Cells.Count(own => own == cell)));
            if (same < 0)
                sum.Add(term);
            else
                sum[same] = sum[same] with { Factor = sum[same].Factor + term.Factor };
        }

        sum.RemoveAll(term => term.Factor == 0);
        return sum.Count <= MaxTerms ? sum : null;
    }

    private static List<Term>? Times(List<Term>? one, List<Term>? other) => one is null || other is null || one.Count * other.Count > MaxTerms
        ? null
        : Add([], [.. one.SelectMany(left => other.Select(right => new Term(left.Factor * right.Factor, [.. left.Cells, .. right.Cells])))], 1);
}
