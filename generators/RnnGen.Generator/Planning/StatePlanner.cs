using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>Plans the states of a network: one after the other in a stream, each in its regions on the tape.</summary>
internal static class StatePlanner
{
    /// <param name="parts">The parts.</param>
    /// <param name="contexts">What the stages of parts with equations share.</param>
    /// <param name="sizes">The names of sizes.</param>
    /// <param name="regions">Of the states on the tape, the regions of their values and gradients.</param>
    /// <param name="learned">Where the learned first value of a state lies; null where it is zero.</param>
    public static List<StatePlan> Of(
        IReadOnlyList<PartPlan> parts,
        IReadOnlyDictionary<string, LayerContext> contexts,
        SizeScope sizes,
        IReadOnlyDictionary<(string, string), (int Values, int Gradients)> regions,
        Func<PartPlan, string, RowBuffer?> learned)
    {
        var states = new List<StatePlan>();
        int offset = 0;
        foreach (var part in parts)
            foreach (var state in part.States)
            {
                var padded = part.Recurrent ? contexts[part.Id].StrideOf(state.Previous) : part.PastStride(state, sizes);
                var size = part.Recurrent
                    ? contexts[part.Id].UnitsOf(state.Name)
                    : sizes.Of(state.Size, $"{part.Name}: floats of the past frames that it keeps.", part.Id, state.Name, "Size");
                var (values, gradients) = regions.TryGetValue((part.Id, state.Name), out var found) ? found : (-1, -1);
                states.Add(new StatePlan(
                    part.Id, state.Name, $"{part.Part.Layer.Name}.{state.Name}{part.Part.Suffix}", size, padded, offset, values, gradients,
                    !part.Recurrent ? "Ends" : part.Part.Reverse ? "Reverse" : "Forward",
                    learned(part, state.Name)));
                offset += Blocking.ToLine(padded);
            }

        return states;
    }
}
