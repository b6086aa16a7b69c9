namespace RnnGen.Formats.Onnx;

/// <summary>A GRU: <c>h' = (1 − z) ⊙ n + z ⊙ h</c>, or with z and 1 − z in each other's place; the reset gate before or after the product.</summary>
internal static class GruRecognizer
{
    /// <summary>The gates; null where the state is no GRU's.</summary>
    public static CellParts? Find(Recognition known, Carried state)
    {
        Cell[] update = new Cell[state.Size], candidate = new Cell[state.Size];
        int? sign = null;
        for (int unit = 0; unit < state.Size; unit++)
        {
            if (Unit(state, unit) is not { } found || (sign ??= found.Sign) != found.Sign)
                return null;
            (update[unit], candidate[unit]) = (found.Update, found.Candidate);
        }

        if (Gate.Of(known, update) is not { } z || Gate.Of(known, candidate) is not { } n)
            return null;

        // 1 − σ(a) = σ(−a)
        if (sign < 0 && z.Function != new ActivationFunction(Activation.Sigmoid))
            return null;
        return AfterProduct(known, state, z, n, sign!.Value) ?? BeforeProduct(known, state, z, n, sign.Value);
    }

    /// <summary>Of a unit: z (with −1 where it is <c>1 − z</c>) and n.</summary>
    private static (Cell Update, Cell Candidate, int Sign)? Unit(Carried state, int unit)
    {
        Cell h = state.Before[unit];
        if (Polynomial.Of(state.After(unit)) is not { Count: 3 } terms)
            return null;

        // n − z n + z h
        if (terms.Find(term => term is { Factor: 1, Cells: [var only] } && only != h) is { } alone && terms.Find(term => term.Factor == 1 && term.Other(h) is not null)?.Other(h) is { } z
            && terms.Exists(term => term.Is(-1, z, alone.Cells[0])))
            return (z, alone.Cells[0], 1);

        // h − z h + z n
        if (terms.Exists(term => term.Is(1, h)) && terms.Find(term => term.Factor == -1)?.Other(h) is { } swapped
            && terms.Find(term => term.Factor == 1 && term.Cells.Count == 2)?.Other(swapped) is { } n && n != h)
            return (swapped, n, -1);
        return null;
    }

    /// <summary>n = φ(W x + b + r ⊙ (U h + b_h)).</summary>
    private static CellParts? AfterProduct(Recognition known, Carried state, Gate z, Gate n, int sign)
    {
        Cell[] products = [.. n.Form.Columns.Where(cell => cell.Source is ProductVector)];
        if (products.Length != state.Size)
            return null;
        Cell[] reset = new Cell[state.Size], inner = new Cell[state.Size], own = new Cell[state.Size];
        for (int unit = 0; unit < state.Size; unit++)
        {
            // The product of this unit is the only one that its row sees, with a factor of 1.
            double[] row = n.Form.Rows[unit];
            int[] seen = [.. Enumerable.Range(0, row.Length).Where(column => row[column] != 0 && n.Form.Columns[column].Source is ProductVector)];
            if (seen.Length != 1 || row[seen[0]] != 1)
                return null;
            own[unit] = n.Form.Columns[seen[0]];
            Cell one = Polynomial.Resolved(own[unit].Source!.Sources[0][own[unit].Index]), other = Polynomial.Resolved(own[unit].Source!.Sources[1][own[unit].Index]);
            bool isFirst = one.Source is FunctionVector;
            (reset[unit], inner[unit]) = isFirst ? (one, other) : (other, one);
        }

        if (Gate.Of(known, reset) is not { } r || r.Function != z.Function || AffineForm.Of(known, inner) is not { } recurrent || recurrent.Columns.Any(cell => !state.Before.Contains(cell)))
            return null;
        if (n.Form.Columns.Any(state.Before.Contains))
            return null;
        if (n.Within(recurrent) is not { } product)
            return null;
        float[] none = new float[2 * state.Size];
        return Parts(state, r, z, n, sign, own, (product, state.Before), [.. none, .. product.Biases()], ResetGate.AfterProduct);
    }

    /// <summary>n = φ(W x + b + U (r ⊙ h)).</summary>
    private static CellParts? BeforeProduct(Recognition known, Carried state, Gate z, Gate n, int sign)
    {
        Cell[] own = new Cell[state.Size], reset = new Cell[state.Size];
        int found = 0;
        foreach (Cell column in n.Form.Columns.Where(cell => cell.Source is ProductVector))
        {
            Cell one = Polynomial.Resolved(column.Source!.Sources[0][column.Index]), other = Polynomial.Resolved(column.Source!.Sources[1][column.Index]);
            int unit = Array.IndexOf(state.Before, other);
            if (unit < 0)
                (unit, one) = (Array.IndexOf(state.Before, one), other);
            if (unit < 0)
                continue;
            (own[unit], reset[unit]) = (column, one);
            found++;
        }

        if (found != state.Size || reset.Any(cell => cell.Source is null) || n.Form.Columns.Any(state.Before.Contains) || Gate.Of(known, reset) is not { } r || r.Function != z.Function)
            return null;
        return Parts(state, r, z, n, sign, own, (n, own), null, ResetGate.BeforeProduct);
    }

    private static CellParts? Parts(Carried state, Gate r, Gate z, Gate n, int sign, Cell[] own, (Gate Gate, IReadOnlyList<Cell> Values) recurrent, float[]? hiddenBiases, ResetGate place) => !Gate.Agree(r, z, n) || r.Added.Concat(z.Added).Concat(n.Added).Any() ? null : new(
        [(r, 1), (z, sign), (n, 1)],
        own,
        [(r, state.Before, 1), (z, state.Before, sign), (recurrent.Gate, recurrent.Values, 1)],
        hiddenBiases,
        null,
        (bias, learns) => new GruAttribute(state.Size)
        {
            Bias = bias,
            Clip = n.Clip,
            LayerNorm = n.Gains is not null,
            LearnedState = learns,
            Reset = place,
            GateActivation = z.Function.Activation,
            GateAlpha = z.Function.Alpha,
            GateBeta = z.Function.Beta,
            CandidateActivation = n.Function.Activation,
            CandidateAlpha = n.Function.Alpha,
            CandidateBeta = n.Function.Beta,
        });
}
