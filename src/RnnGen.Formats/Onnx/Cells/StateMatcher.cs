namespace RnnGen.Formats.Onnx;

/// <summary>
/// Finds which outputs of a graph are the states that come in as inputs, one step later: of recurrent operators, which say it, and of cells that are written out,
/// which are recognised by it.
/// </summary>
internal static class StateMatcher
{
    // Ways to pair states and outputs of one size; exporters keep their order, so that the first way holds.
    private const int MaxPairings = 120;

    /// <summary>The outputs that are states, by their names, and the states that they follow.</summary>
    /// <param name="run">The graph's computation.</param>
    /// <param name="outputs">All outputs.</param>
    /// <param name="needed">Those of the network.</param>
    public static Dictionary<string, StateVector> Match(GraphRun run, IReadOnlyList<(string Name, Knowledge Value)> outputs, IEnumerable<(string Name, Knowledge Value)> needed)
    {
        (string Name, Tensor Value)[] all = [.. outputs.Where(output => output.Value is Tensor { IsConstant: false }).Select(output => (output.Name, (Tensor)output.Value))];
        (string Name, Tensor Value)[] computed = [.. all.Where(output => !output.Value.HasTime)];
        Dictionary<string, StateVector> states = new(StringComparer.Ordinal);
        var order = new VectorOrder(all.SelectMany(output => output.Value.Cells()));
        List<StateVector> open = [];
        foreach (StateVector state in run.States)
        {
            List<(int Index, Cell Next)> expected = [.. Expected(state, order)];
            if (expected.Count == 0)
            {
                open.Add(state);
                continue;
            }

            (string? name, _) = computed.FirstOrDefault(output => output.Value.Count == state.Size && expected.All(pair => IsNext(output.Value[pair.Index], pair.Next)));
            if (name is not null)
                states[name] = state;
            else if (expected.Exists(pair => pair.Next.Source is RecurrentVector { Layer.IsStep: true }))
                throw new UnsupportedLayerException(state.Name, "input", "it is the state before a step, and no output is the state after it");
            else
                run.Note($"The input {Text.Quote(state.Name)} of the file is the state before the first step, and no output is the state after the last: it becomes the network's state, zero unless it is set.");
        }

        Vector[] read = [.. new VectorOrder(needed.Select(output => output.Value).OfType<Tensor>().Where(value => !value.IsConstant).SelectMany(value => value.Cells())).All];
        StateVector[] written = [.. open.Where(state => read.Contains(state) || computed.Any(output => output.Value.Cells().Any(cell => ReferenceEquals(cell.Source, state))))];
        if (written.Any(read.Contains))
            {
            // The first output is what the network is for; a state is likelier one of the others, even where they are the same.
            Recognize(run, written, [.. computed.Where(output => !states.ContainsKey(output.Name)).OrderBy(output => output.Name == outputs[0].Name)], states);
        }

        return states;
    }

    /// <summary>What recurrent operators and causal convolutions make of a state's values.</summary>
    private static IEnumerable<(int Index, Cell Next)> Expected(StateVector state, VectorOrder order)
    {
        foreach (RecurrentVector recurrent in order.All.OfType<RecurrentVector>())
            foreach ((Cell[]? first, bool isCell) in new[] { (recurrent.Layer.FirstHidden, false), (recurrent.Layer.FirstCell, true) })
                for (int unit = 0; unit < (first?.Length ?? 0); unit++)
                    if (ReferenceEquals(first![unit].Source, state))
                        yield return (first[unit].Index, new Cell(recurrent, unit, isCell ? 1 : 0));
        foreach (PaddedVector padded in order.All.OfType<ConvolutionVector>().Select(convolution => convolution.WithPast).OfType<PaddedVector>().Distinct())
            for (int place = 0; place < padded.Past!.Length; place++)
                if (ReferenceEquals(padded.Past[place].Source, state))
                    yield return (padded.Past[place].Index, Cell.Of(padded, place));
    }

    /// <summary>Whether a value of an output is what a layer ends with: <paramref name="expected"/> is its unit, and 1 for its cell; or the past of a convolution.</summary>
    private static bool IsNext(Cell output, Cell expected) => output.Source?.Current switch
    {
        FinalVector final => ReferenceEquals(final.Layer, expected.Source) && final.IsCell == (expected.Value == 1) && output.Index == expected.Index,
        RecurrentVector { Layer.IsStep: true } step => ReferenceEquals(step, expected.Source) && expected.Value == 0 && output.Index == expected.Index,
        NextPastVector next => ReferenceEquals(next.Padded, expected.Source) && output.Index == expected.Index,
        _ => false,
    };

    private static void Recognize(GraphRun run, StateVector[] states, (string Name, Tensor Value)[] outputs, Dictionary<string, StateVector> found)
    {
        UnsupportedLayerException? first = null;
        foreach (int[] pairing in Pairings(states, outputs).Take(MaxPairings))
        {
            run.Spend(states.Sum(state => (long)state.Size));
            var pairs = states.SelectMany((state, index) => state.Cells().Zip(outputs[pairing[index]].Value.Cells())).ToList();
            try
            {
                CellRecognizer.Recognize(run, pairs);
                for (int index = 0; index < states.Length; index++)
                    found[outputs[pairing[index]].Name] = states[index];
                return;
            }
            catch (UnsupportedLayerException refusal)
            {
                first ??= refusal;
            }
        }

        throw first ?? new UnsupportedLayerException(states[0].Name, "input", "it is neither features nor a state, because no output has its size");
    }

    /// <summary>An output of its size for each state, none twice; in the order of both first.</summary>
    private static IEnumerable<int[]> Pairings(StateVector[] states, (string Name, Tensor Value)[] outputs)
    {
        Stack<int> chosen = new();
        int next = 0;
        while (true)
        {
            if (chosen.Count == states.Length)
            {
                yield return [.. chosen.Reverse()];
            }
            else
            {
                while (next < outputs.Length && (outputs[next].Value.Count != states[chosen.Count].Size || chosen.Contains(next)))
                    next++;
                if (next < outputs.Length)
                {
                    chosen.Push(next);
                    next = 0;
                    continue;
                }
            }

            if (chosen.Count == 0)
                yield break;
            next = chosen.Pop() + 1;
        }
    }
}
