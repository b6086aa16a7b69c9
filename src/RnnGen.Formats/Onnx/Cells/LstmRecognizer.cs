namespace RnnGen.Formats.Onnx;

/// <summary>An LSTM: <c>c' = f ⊙ c + i ⊙ g</c> (or <c>f = 1 − i</c>), <c>h' = o ⊙ φ(c')</c>. The new cell may be limited, and the output projected.</summary>
internal static class LstmRecognizer
{
    /// <summary>The hidden state that goes with a cell, and the gates; null where the state is no LSTM's cell.</summary>
    public static (Carried Output, CellParts Parts)? Find(Recognition known, Carried cell, IReadOnlyList<Carried> states)
    {
        Cell[] forget = new Cell[cell.Size], one = new Cell[cell.Size], other = new Cell[cell.Size];
        bool? coupled = null;
        float clip = cell.Next is ClipVector clipped ? clipped.Limit : 0;
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
        return Parts(cell, output, i, f, g, o, coupled == true, clip) is { } parts ? (output.State, parts) : null;
    }

    /// <summary>The gates of a unit: f, and the two factors of what is added.</summary>
    private static (Cell Forget, Cell One, Cell Other, bool Coupled)? Unit(Carried cell, int unit)
    {
        Cell before = cell.Before[unit];
        if (Polynomial.Of(cell.Next is ClipVector clipped ? clipped.Sources[0][unit] : cell.After(unit)) is not { } terms)
            return null;
        if (terms.Count == 2 && terms.Find(term => term.Factor == 1 && term.Other(before) is not null) is { } kept && terms.Find(term => term != kept) is { Factor: 1, Cells.Count: 2 } added && !added.Cells.Contains(before))
            return (kept.Other(before)!.Value, added.Cells[0], added.Cells[1], false);

        // c − i c + i g
        if (terms.Count == 3 && terms.Exists(term => term.Is(1, before)) && terms.Find(term => term.Factor == -1)?.Other(before) is { } i
            && terms.Find(term => term.Factor == 1 && term.Cells.Count == 2)?.Other(i) is { } g && g != before)
            return (i, i, g, true);
        return null;
    }

    /// <summary>The state that is an output gate times an activation of the cell, or a projection of it.</summary>
    private static Hidden? Output(Carried cell, IReadOnlyList<Carried> states) =>
        states.Where(state => state != cell).Select(state => OfProduct(cell, state) ?? OfProjection(cell, state)).FirstOrDefault(found => found is not null);

    private static Hidden? OfProduct(Carried cell, Carried state) =>
        state.Size == cell.Size && Gates(cell, state.Next.Cells()) is { } found && found.Units.Index().All(unit => unit.Item == unit.Index) ? new Hidden(state, found.Gates, found.Function, null) : null;

    /// <summary><c>h' = W (o ⊙ φ(c'))</c>, whose columns are the units in any order.</summary>
    private static Hidden? OfProjection(Carried cell, Carried state)
    {
        if (state.Next is not LinearVector projection || projection.Sources[0].Length != cell.Size || Gates(cell, projection.Sources[0]) is not { } found || found.Units.Distinct().Count() != cell.Size)
            return null;
        float[] weight = new float[projection.Weight.Length];
        Cell[] gates = new Cell[cell.Size];
        for (int column = 0; column < gates.Length; column++)
        {
            gates[found.Units[column]] = found.Gates[column];
            for (int row = 0; row < state.Size; row++)
                weight[(row * gates.Length) + found.Units[column]] = projection.Weight[(row * gates.Length) + column];
        }

        return new Hidden(state, gates, found.Function, weight);
    }

    /// <summary>Of values that are an output gate times an activation of the cell each: the gates, and the units.</summary>
    private static (Cell[] Gates, int[] Units, ActivationFunction Function)? Gates(Carried cell, IReadOnlyList<Cell> values)
    {
        var gates = new Cell[values.Count];
        int[] units = new int[gates.Length];
        ActivationFunction? function = null;
        for (int at = 0; at < gates.Length; at++)
        {
            if (Polynomial.Of(values[at]) is not [{ Factor: 1, Cells: [var one, var other] }])
                return null;
            bool isFirst = Gate.FunctionOf(one) is { } first && first.Of.Source == cell.Next;
            if (Gate.FunctionOf(isFirst ? one : other) is not { } found || found.Of.Source != cell.Next || (function ??= found.Function) != found.Function)
                return null;
            (gates[at], units[at]) = (isFirst ? other : one, found.Of.Index);
        }

        return function is { } all ? (gates, units, all) : null;
    }

    private static CellParts? Parts(Carried cell, Hidden output, Gate i, Gate f, Gate g, Gate o, bool coupled, float clip)
    {
        // Peepholes: i and f see the cell before the step, o the one after it, the candidate none.
        Cell[] after = cell.Next.Cells();
        float[]? ofInput = i.Diagonal(cell.Before), ofForget = f.Diagonal(cell.Before), ofOutput = o.Diagonal(after);
        Gate[] gates = [i, f, g, o];
        bool isOther = Sees(g, cell.Before) || Sees(g, after) || Sees(o, cell.Before) || Sees(i, after) || Sees(f, after)
            || gates.Any(gate => gate.Gains is not null && gate.Form.Columns.Any(value => cell.Before.Contains(value) || after.Contains(value)))
            || gates.Any(gate => gate.Added.Any(value => !cell.Before.Contains(value) && !after.Contains(value)));
        if (ofInput is null || ofForget is null || ofOutput is null || isOther || !Gate.Agree(gates))
            return null;
        float[] peepholes = [.. ofInput, .. ofForget, .. ofOutput];
        bool sees = Array.Exists(peepholes, value => value != 0);
        return new CellParts(
            [.. gates.Select(gate => (gate, 1))],
            [.. after],
            [.. gates.Select(gate => (gate, (IReadOnlyList<Cell>)output.State.Before, 1))],
            null,
            sees ? peepholes : null,
            (bias, learns) => new LstmAttribute(cell.Size)
            {
                Bias = bias,
                Clip = o.Clip,
                CellClip = clip,
                Projection = output.Projection is null ? 0 : output.State.Size,
                LayerNorm = o.Gains is not null,
                LearnedState = learns,
                Peephole = sees,
                CoupledGates = coupled,
                GateActivation = o.Function.Activation,
                GateAlpha = o.Function.Alpha,
                GateBeta = o.Function.Beta,
                CandidateActivation = g.Function.Activation,
                CandidateAlpha = g.Function.Alpha,
                CandidateBeta = g.Function.Beta,
                CellActivation = output.Function.Activation,
                CellAlpha = output.Function.Alpha,
                CellBeta = output.Function.Beta,
            })
        {
            Projection = output.Projection,
        };

        static bool Sees(Gate gate, Cell[] values) => gate.Sum.Columns.Any(values.Contains);
    }

    /// <summary>The hidden state that goes with a cell.</summary>
    /// <param name="State">The state.</param>
    /// <param name="Gates">The output gates, unit by unit.</param>
    /// <param name="Function">The activation of the cell.</param>
    /// <param name="Projection">Weights of the projection; null where there is none.</param>
    private sealed record Hidden(Carried State, Cell[] Gates, ActivationFunction Function, float[]? Projection);
}
