namespace RnnGen.Formats.Onnx;

/// <summary>
/// Recognises cells that an exporter wrote out as arithmetic, by the algebra of their states: what a state becomes is the same sum of products in every such
/// graph, and each gate is known by its place in it, whatever the order of its rows is.
/// </summary>
internal static class CellRecognizer
{
    /// <summary>Makes a recurrent layer of each cell; its output stands for what was written out.</summary>
    /// <param name="run">The graph's computation.</param>
    /// <param name="pairs">Each value of all states before a step and after it.</param>
    /// <param name="direction">In which direction the steps go along time.</param>
    /// <returns>The layer that each state belongs to, and whether it is an LSTM's cell.</returns>
    /// <exception cref="UnsupportedLayerException">A state is of no cell that RnnGen has.</exception>
    public static Dictionary<Vector, (RecurrentVector Layer, bool IsCell)> Recognize(GraphRun run, IReadOnlyList<(Cell Before, Cell After)> pairs, Direction direction = Direction.Forward)
    {
        List<Carried> states = Carried.Of(pairs);
        var known = new Recognition(run, states.Select(state => state.Next).ToHashSet());
        List<(Carried Output, Carried? Cell, CellParts Parts)> found = [];
        List<Carried> open = [.. states];
        foreach (Carried cell in states)
            if (LstmRecognizer.Find(known, cell, states) is { } lstm)
            {
                found.Add((lstm.Output, cell, lstm.Parts));
                open.Remove(cell);
                open.Remove(lstm.Output);
            }

        foreach (Carried state in open)
        {
            CellParts parts = GruRecognizer.Find(known, state) ?? RnnRecognizer.Find(known, state) ?? throw Carried.Refuse(state.Next, "its update matches no known cell");
            found.Add((state, null, parts));
        }

        Dictionary<Vector, (RecurrentVector, bool)> layers = [];
        foreach ((Carried output, Carried? cell, CellParts parts) in found)
        {
            Cell[] x = parts.Inputs([.. output.Before, .. cell?.Before ?? []]);
            if (x.Length == 0)
                throw Carried.Refuse(output.Next, "it reads no features");
            RecurrentVector layer = new(output.Next.Origin!, x, parts.Layer(x, output, cell, direction));
            layers.Add(output.Next, (layer, false));
            if (cell is not null)
                layers.Add(cell.Next, (layer, true));
        }

        foreach ((Vector next, (RecurrentVector layer, bool isCell)) in layers)
            if (!isCell)
                next.ReplaceBy(layer);
        return layers;
    }
}
