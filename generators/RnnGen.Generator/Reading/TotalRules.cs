using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading;

/// <summary>What a network that is otherwise sound may need as a whole: beyond it nothing is generated, and no size or offset leaves its type.</summary>
internal static class TotalRules
{
    /// <summary>Parameters at most: with that, all weights of a file are a gibibyte.</summary>
    public const long MaxParameters = 1L << 28;

    /// <summary>
    /// Bytes of one stream's state at most, padding and a step's scratch included: .NET has no arrays of larger values, and does not compile methods that take
    /// several of them.
    /// </summary>
    public const long MaxStateBytes = 65535;

    /// <summary>Floats of a network's memory at most: the runtime's <c>Arena.MaxLength</c>.</summary>
    public const long MaxMemory = 2147483575;

    /// <summary>So many parameters leave no int, whatever the padding: there is no need to plan for knowing it.</summary>
    private const long FewParameters = 1L << 24;

    private const string State = "bytes of state a stream";

    public static void Check(NetworkSpec spec, LayerCatalogue catalogue, Location location, ProblemList problems)
    {
        var parts = NetworkGraph.Of(spec, catalogue);
        long parameters = parts.Sum(Parameters);
        if (parameters > MaxParameters)
            Add(parameters, "parameters", MaxParameters);
        var states = parts.SelectMany(part => part.StateSizes.Select(size => (part.Layer.Name, Bytes: Padded(size)))).ToList();
        if (states.Sum(state => state.Bytes) > MaxStateBytes)
            AddState(states);
        else if (!problems.HasError && (parameters > FewParameters || states.Sum(state => state.Bytes) + parts.Sum(MostScratch) > MaxStateBytes))
            CheckPlan();

        void CheckPlan()
        {
            try
            {
                var plan = NetworkPlanner.Plan(spec, catalogue);
                var placed = plan.States.Select(state => (plan.Parts.First(part => part.Id == state.Part).Part.Layer.Name, Bytes: Padded(state.Padded))).ToList();
                long scratch = Bytes(plan.Sizes.PackedState) - placed.Sum(state => state.Bytes);
                if (Bytes(plan.Sizes.PackedState) > MaxStateBytes)
                    AddState([.. placed, ("a step's scratch", scratch)]);
                long memory = (long)plan.Sizes.PackedWeights + plan.Sizes.PackedState + plan.Run.ScratchLength + plan.Sizes.ReducedWeights;
                if (memory > MaxMemory)
                    Add(memory, "floats of memory", MaxMemory);
            }
            catch (OverflowException)
            {
                Add("more than " + Names.Number(int.MaxValue), "floats of memory", MaxMemory);
            }
        }

        void AddState(IReadOnlyList<(string Name, long Bytes)> states)
        {
            var each = states.GroupBy(state => state.Name).Select(layer => $"{layer.Key} {Names.Number(layer.Sum(state => state.Bytes))}");
            Add(states.Sum(state => state.Bytes), $"{State} ({string.Join(", ", each)})", MaxStateBytes);
        }

        void Add(object needed, string what, long limit) => problems.Add(DiagnosticDescriptors.NetworkTooLarge, location, needed, what, limit);
    }

    private static long Parameters(Part part) =>
        part.Cell?.Parameters.Sum(parameter => (long)parameter.Gates * parameter.Units * Columns(parameter, part.InputSize)) ?? 0;

    private static long Columns(CellParameter parameter, long inputs) =>
        parameter.Columns == CellGraphBuilder.InputColumns ? inputs : Math.Max(1, parameter.Columns);

    private static long Bytes(long floats) => floats * sizeof(float);

    /// <summary>Bytes of a state, which has cache lines of its own.</summary>
    private static long Padded(long size) => Bytes((size + Blocking.Line - 1) / Blocking.Line * Blocking.Line);

    /// <summary>Bytes that a part certainly does not exceed in a step, beside its states: a row for each value there is.</summary>
    private static long MostScratch(Part part)
    {
        long rows = 2 + part.States.Count + (part.Cell?.Stages.Sum(stage => stage.Computed.Count() + stage.Means.Count) ?? 0);
        long size = Math.Max(Math.Max(part.InputSize, part.OutputSize), part.Cell?.Stages.Max(stage => stage.Units) ?? 0);
        return rows * Bytes(size + (size / 4) + (4 * Blocking.Line));
    }
}
