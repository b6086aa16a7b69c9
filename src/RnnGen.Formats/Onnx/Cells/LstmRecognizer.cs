namespace RnnGen.Formats.Onnx;

/// <summary>An LSTM: <c>c' = f ⊙ c + i ⊙ g</c> (or <c>f = 1 − i</c>), <c>h' = o ⊙ φ(c')</c>.</summary>
internal static class LstmRecognizer
{
    /// <summary>The hidden state that goes with a cell, and the gates; null where the state is no LSTM's cell.</summary>
    public static (Carried Output, CellParts Parts)? Find(Recognition known, Carried cell, IReadOnlyList<Carried> states)
    {
        Cell[] forget = new Cell[cell.Size], one = new Cell[cell.Size], other = new Cell[cell.Size];
        bool? coupled = null;
        for (int unit = 0; unit < cell.Size; unit++)
        {
            if (Unit(cell, unit) is not { } gates || (coupled ??= gates.Coupled) != gates.Coupled)
                return null;
            (forget[unit], one[unit], other[unit]) = (gates.Forget, gates.One, gates.Other);
            if (unit > 0 && !gates.Coupled && !ReferenceEquals(one[unit].Source, one[0].Source))
                (one[unit], other[unit]) = (other[unit], one[unit]);
        }

        if (Output(cell, states) is not { } output || Gate.Of(known, output.Gates) is not { } o || Gate.Of(known, one) is not { } i || Gate.Of(known, other) is not { } g)
            return null;
        if (coupled == false && i.Function != o.Function)
            (i, g) = (g, i);
        Gate? f = coupled == true ? i : Gate.Of(known, forget);
        if (f is null || f.Function != o.Function || i.Function != o.Function)
            return null;
        return Parts(cell, output.State, output.Function, i, f, g, o, coupled == true) is { } parts ? (output.State, parts) : null;
    }

    /// <summary>The gates of a unit: f, and the two factors of what is added.</summary>
    private static (Cell Forget, Cell One, Cell Other, bool Coupled)? Unit(Carried cell, int unit)
    {
        Cell before = cell.Before[unit];
        if (Polynomial.Of(cell.After(unit)) is not { } terms)
            return null;
        if (terms.Count == 2 && terms.Find(term => term.Factor == 1 && term.Other(before) is not null) is { } kept && terms.Find(term => term != kept) is { Factor: 1, Cells.Count: 2 } added && !added.Cells.Contains(before))
            return (kept.Other(before)!.Value, added.Cells[0], added.Cells[1], false);

        // c − i c + i g
        if (terms.Count == 3 && terms.Exists(term => term.Is(1, before)) && terms.Find(term => term.Factor == -1)?.Other(before) is { } i
            && terms.Find(term => term.Factor == 1 && term.Cells.Count == 2)?.Other(i) is { } g && g != before)
            return (i, i, g, true);
        return null;
    }

    /// <summary>The state that is an output gate times an activation of the cell.</summary>
    private static (Carried State, Cell[] Gates, ActivationFunction Function)? Output(Carried cell, IReadOnlyList<Carried> states)
    {
        foreach (Carried state in states.Where(state => state != cell && state.Size == cell.Size))
        {
            Cell[] gates = new Cell[state.Size];
            ActivationFunction? function = null;
            int unit = 0;
            for (; unit < gates.Length; unit++)
            {
                if (Polynomial.Of(state.After(unit)) is not [{ Factor: 1, Cells: [var one, var other] }])
                    break;
                bool isFirst = Gate.FunctionOf(one) is { } first && first.Of == cell.After(unit);
                if (Gate.FunctionOf(isFirst ? one : other) is not { } found || found.Of != cell.After(unit) || (function ??= found.Function) != found.Function)
                    break;
                gates[unit] = isFirst ? other : one;
            }

            if (unit == gates.Length && function is { } all)
                return (state, gates, all);
        }

        return null;
    }

    private static CellParts? Parts(Carried cell, Carried output, ActivationFunction onCell, Gate i, Gate f, Gate g, Gate o, bool coupled)
    {
        // Peepholes: i and f see the cell before the step, o the one after it, the candidate none.
        Cell[] after = cell.Next.Cells();
        float[]? ofInput = i.Diagonal(cell.Before), ofForget = f.Diagonal(cell.Before), ofOutput = o.Diagonal(after);
        bool isOther = g.Form.Columns.Any(cell.Before.Contains) || g.Form.Columns.Any(after.Contains) || o.Form.Columns.Any(cell.Before.Contains)
            || i.Form.Columns.Concat(f.Form.Columns).Any(after.Contains);
        if (ofInput is null || ofForget is null || ofOutput is null || isOther)
            return null;
        float[] peepholes = [.. ofInput, .. ofForget, .. ofOutput];
        bool sees = Array.Exists(peepholes, value => value != 0);
        Gate[] gates = [i, f, g, o];
        return new CellParts(
            [.. gates.Select(gate => (gate, 1))],
            [.. after],
            [.. gates.Select(gate => (gate, (IReadOnlyList<Cell>)output.Before, 1))],
            null,
            sees ? peepholes : null,
            (bias, learns) => new LstmAttribute(cell.Size)
            {
                Bias = bias,
                LearnedState = learns,
                Peephole = sees,
                CoupledGates = coupled,
                GateActivation = o.Function.Activation,
                GateAlpha = o.Function.Alpha,
                GateBeta = o.Function.Beta,
                CandidateActivation = g.Function.Activation,
                CandidateAlpha = g.Function.Alpha,
                CandidateBeta = g.Function.Beta,
                CellActivation = onCell.Activation,
                CellAlpha = onCell.Alpha,
                CellBeta = onCell.Beta,
            });
    }
}
