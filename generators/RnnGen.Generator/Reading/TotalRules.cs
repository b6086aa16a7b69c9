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

    /// <summary>Floats of a network's memory at most: the runtime's <c>Arena.MaxLength</c>.</summary>
    public const long MaxMemory = 2147483575;

    /// <summary>So many parameters leave no int, whatever the padding: there is no need to plan for knowing it.</summary>
    private const long FewParameters = 1L << 24;

    /// <summary>The same of the bytes of a state.</summary>
    private const long SmallState = 1L << 20;

    public static void Check(NetworkSpec spec, LayerCatalogue catalogue, Location location, ProblemList problems)
    {
        var parts = NetworkGraph.Of(spec, catalogue);
        long parameters = parts.Sum(Parameters);
        if (parameters > MaxParameters)
            Add(parameters, "parameters", MaxParameters);
        long state = parts.Sum(part => part.StateSizes.Sum(size => Padded(size)));
        if (state > Bytes(MaxMemory))
            Add(state / sizeof(float), "floats of state per stream", MaxMemory);
        else if (!problems.HasError && (parameters > FewParameters || state + parts.Sum(MaxScratch) > SmallState))
            CheckPlan();

        void CheckPlan()
        {
            try
            {
                var plan = NetworkPlanner.Plan(spec, catalogue);
                long weights = (long)plan.Sizes.PackedWeights + plan.Sizes.ReducedWeights, states = 2L * plan.Sizes.PackedState;
                long memory = weights + states + plan.Run.ScratchLength;
                if (memory > MaxMemory)
                {
                    string each = $"weights {Names.Number(weights)}, states {Names.Number(states)}, a batch's scratch {Names.Number(plan.Run.ScratchLength)}";
                    Add(memory, $"floats of memory ({each})", MaxMemory);
                }
            }
            catch (OverflowException)
            {
                Add("more than " + Names.Number(int.MaxValue), "floats of memory", MaxMemory);
            }
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
    private static long MaxScratch(Part part)
    {
        long rows = 2 + part.States.Count + (part.Cell?.Stages.Sum(stage => stage.Computed.Count() + stage.Means.Count) ?? 0);
        long size = Math.Max(Math.Max(part.InputSize, part.OutputSize), part.Cell?.Stages.Max(stage => stage.Units) ?? 0);
        return rows * Bytes(size + (size / 4) + (4 * Blocking.Line));
    }
}
