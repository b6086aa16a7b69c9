namespace RnnGen.Formats.Onnx;

/// <summary>Recognises the exact Gelu, <c>x · ½ (1 + erf(x / √2))</c>, that is written out: its factors may stand in any order, and ½ at any of them.</summary>
internal static class WrittenGelu
{
    // Writers round √½ or √2 to single precision.
    private const double SameFactor = 1e-6;

    // Factors one after another: writers have two.
    private const int MaxFactors = 8;

    /// <summary>What <c>a ⊙ b</c> is, where it is a Gelu with a factor; else null.</summary>
    public static Cell[]? Of(NodeCall call, Cell[] a, Cell[] b) => Ordered(call, a, b) ?? Ordered(call, b, a);

    /// <summary><c>α x ⊙ β (1 + erf(x / √2))</c> is 2 α β times the function.</summary>
    private static Cell[]? Ordered(NodeCall call, Cell[] x, Cell[] distribution)
    {
        // β erf + β, whatever factors came after the sum.
        (Cell[] sum, double[] outer) = Scaled(distribution).Last();
        if (!Vector.IsWhole(sum, out Vector? shifted) || shifted is not AffineVector affine || !affine.Scale.SequenceEqual(affine.Offset))
            return null;
        if (!Vector.IsWhole(affine.Sources[0], out Vector? function) || function is not FunctionVector { Origin.Operator: "Erf" })
            return null;
        foreach ((Cell[] of, double[] factors) in Scaled(function.Sources[0]))
        {
            if (!Array.TrueForAll(factors, factor => Math.Abs((factor * Math.Sqrt(2)) - 1) < SameFactor))
                continue;
            foreach ((Cell[] same, double[] own) in Scaled(x))
                if (same.SequenceEqual(of))
                    return ArithmeticOperators.Affine(
                        call, new FunctionVector(call.Node, of, new(Activation.Gelu)).Cells(), [.. own.Select((factor, index) => 2 * factor * outer[index] * affine.Scale[index])], new double[of.Length]);
        }

        return null;
    }

    /// <summary>Values as they are, then what they are factors of: each with the factors.</summary>
    private static IEnumerable<(Cell[] Of, double[] Factors)> Scaled(Cell[] cells)
    {
        double[] factors = [.. cells.Select(_ => 1.0)];
        yield return (cells, factors);
        for (int level = 0; level < MaxFactors && Vector.IsWhole(cells, out Vector? vector) && vector is AffineVector affine && Array.TrueForAll(affine.Offset, offset => offset == 0); level++)
        {
            factors = [.. factors.Zip(affine.Scale, (one, other) => one * other)];
            cells = affine.Sources[0];
            yield return (cells, factors);
        }
    }
}
