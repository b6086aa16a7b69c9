namespace RnnGen.Formats.Onnx;

/// <summary>Recognises a layer normalisation that is written out: <c>(x − mean(x)) / √(mean((x − mean(x))²) + ε)</c>.</summary>
internal static class WrittenNorm
{
    /// <summary>The normalisation, where <c>a / b</c> is one; else null.</summary>
    public static NormVector? Of(OnnxNode node, Cell[] a, Cell[] b)
    {
        if (Centred(a) is not { } x || Only(b) is not FunctionVector { Origin.Operator: "Sqrt" } root)
            return null;
        if (Only(root.Sources[0]) is not AffineVector { Scale: [1], Offset: [var epsilon] } sum || Only(sum.Sources[0]) is not MeanVector variance)
            return null;
        if (!Vector.IsWhole(variance.Sources[0], out Vector? square) || square is not ProductVector || !square.Sources[0].SequenceEqual(square.Sources[1]))
            return null;
        return Centred(square.Sources[0]) is { } same && same.SequenceEqual(x) && epsilon > 0 ? new NormVector(node, x, epsilon) : null;
    }

    /// <summary>x, of <c>x − mean(x)</c>.</summary>
    private static Cell[]? Centred(Cell[] cells) =>
        Vector.IsWhole(cells, out Vector? difference) && difference is SumVector { Sign: -1 } && Only(difference.Sources[1]) is MeanVector mean && mean.Sources[0].SequenceEqual(difference.Sources[0])
            ? difference.Sources[0]
            : null;

    /// <summary>The vector of one value that all cells are.</summary>
    private static Vector? Only(Cell[] cells) => cells.Length > 0 && cells[0].Source is { Size: 1 } vector && Array.TrueForAll(cells, cell => ReferenceEquals(cell.Source, vector)) ? vector : null;
}
