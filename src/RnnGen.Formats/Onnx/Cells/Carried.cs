namespace RnnGen.Formats.Onnx;

/// <summary>A state that goes from step to step: its values before a step, and the vector that they are after it, unit by unit.</summary>
internal sealed record Carried(Vector Next, Cell[] Before)
{
    public int Size => Before.Length;

    /// <summary>A unit after the step.</summary>
    public Cell After(int unit) => Cell.Of(Next, unit);

    /// <summary>The states of pairs of values before and after a step.</summary>
    public static List<Carried> Of(IEnumerable<(Cell Before, Cell After)> pairs)
    {
        Dictionary<Vector, Cell?[]> states = [];
        foreach ((Cell before, Cell after) in pairs)
        {
            Cell next = Polynomial.Resolved(after);
            if (next.Source is not { } vector || vector is StateVector)
                throw new UnsupportedLayerException(((StateVector)before.Source!).Name, "state", "it is the same or a constant after a step, expected a new state");
            if (!states.TryGetValue(vector, out Cell?[]? units))
                states[vector] = units = new Cell?[vector.Size];
            if (units[next.Index] is not null)
                throw Refuse(vector, "two values of a state are the same after a step");
            units[next.Index] = before;
        }

        return [.. states.Select(state => new Carried(state.Key, [.. state.Value.Select(unit => unit ?? throw Refuse(state.Key, "only some of its values are carried to the next step"))]))];
    }

    public static UnsupportedLayerException Refuse(Vector vector, string reason) =>
        new(vector.Origin?.DisplayName ?? "state", vector.Origin?.Kind ?? "input", $"{reason}, expected an RNN, LSTM or GRU");
}
