namespace RnnGen.Formats.Keras;

/// <summary>
/// The order in which Keras has the layers of a functional model, and by which it numbers the weights of an archive: layers far from the outputs first, by the longest way;
/// layers that are equally far in the order in which a search meets them that goes from the outputs to what they read.
/// </summary>
internal static class KerasOrder
{
    /// <summary>The layers that outputs need, in order. What a file has in a circle is passed over once: whoever computes the layers finds out.</summary>
    /// <param name="outputs">The calls of layers that compute the model's outputs.</param>
    /// <param name="reads">The calls whose tensors a call reads, in the order of its arguments.</param>
    public static IReadOnlyList<T> Of<T>(IEnumerable<(T Layer, int Call)> outputs, Func<(T Layer, int Call), IEnumerable<(T Layer, int Call)>> reads)
        where T : notnull
    {
        (List<(T Layer, int Call)> calls, Dictionary<T, int> met) = Search(outputs, reads);
        var (callDepths, depths) = (new Dictionary<(T Layer, int Call), int>(), new Dictionary<T, int>());
        for (int at = calls.Count - 1; at >= 0; at--)
        {
            // A layer is as deep as the deepest of its calls; what reads it comes before it here.
            int depth = Math.Max(callDepths.GetValueOrDefault(calls[at]), depths.GetValueOrDefault(calls[at].Layer));
            callDepths[calls[at]] = depths[calls[at].Layer] = depth;
            foreach ((T Layer, int Call) read in reads(calls[at]))
                callDepths[read] = Math.Max(depth + 1, callDepths.GetValueOrDefault(read));
        }

        return [.. met.Keys.OrderByDescending(layer => depths[layer]).ThenBy(layer => met[layer])];
    }

    /// <summary>All calls, each after what it reads, and the place at which the search met each layer first; without recursion.</summary>
    private static (List<(T Layer, int Call)> Calls, Dictionary<T, int> Met) Search<T>(
        IEnumerable<(T Layer, int Call)> outputs, Func<(T Layer, int Call), IEnumerable<(T Layer, int Call)>> reads)
        where T : notnull
    {
        List<(T Layer, int Call)> calls = [];
        var (met, seen) = (new Dictionary<T, int>(), new HashSet<(T Layer, int Call)>());
        var left = new Stack<((T Layer, int Call) Call, bool IsDone)>(outputs.Reverse().Select(output => (output, false)));
        while (left.TryPop(out ((T Layer, int Call) Call, bool IsDone) next))
        {
            if (next.IsDone)
            {
                calls.Add(next.Call);
            }
            else if (seen.Add(next.Call))
            {
                met.TryAdd(next.Call.Layer, met.Count);
                left.Push((next.Call, true));
                foreach ((T Layer, int Call) read in reads(next.Call).Reverse())
                    left.Push((read, false));
            }
        }

        return (calls, met);
    }
}
