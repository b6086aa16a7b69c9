using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Programs;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>Compares all gradients that a plan computes (of parameters, frames and initial states) with differences of its loss.</summary>
internal static class PlanGradients
{
    private const int MaxPlaces = 40;

    /// <summary>Runs forward and backward, and compares. A backward pass leaves the values alone, so differences may be taken after it.</summary>
    public static void Check(NetworkPlan plan, ProgramMemory memory, ProgramInterpreter interpreter, Seeds seeds)
    {
        seeds.Loss();
        seeds.Seed();
        interpreter.Backward();

        foreach (var parameter in plan.Parameters)
            Compare(parameter.Name, [.. Places(parameter)], memory.Base(Memory.Weights).Memory, memory.Base(Memory.Gradients).Memory, seeds.Loss);
        if (!plan.Spec.OneHot) // a class has no gradient
            Compare("frames", seeds.Frames, memory.Region(plan.Tape!.InputRegion), seeds.FrameGradients(), seeds.Loss);
        foreach (var state in plan.States)
            Compare(state.Name, seeds.InitialRows(state), memory.Region(state.TapeRegion), seeds.InitialGradients(state), seeds.Loss);
    }

    /// <summary>The places of a parameter's values, by the formula of the runtime's <c>ParameterLayout</c>.</summary>
    public static IEnumerable<int> Places(ParameterPlan parameter) =>
        from gate in parameter.Gates
        from unit in Enumerable.Range(0, parameter.Units)
        from column in Enumerable.Range(0, parameter.Columns)
        select gate.Offset + (unit / parameter.BlockUnits * gate.BlockStride) + (column * gate.ColumnStride) + (unit % parameter.BlockUnits);

    private static void Compare(string what, IReadOnlyList<int> places, double[] values, double[] gradients, Func<double> loss)
    {
        var some = places.Where((_, index) => index % ((places.Count / MaxPlaces) + 1) == 0).ToList();
        var differences = some.Select(place => FiniteDifferences.Of(loss, () => values[place], value => values[place] = value)).ToList();
        FiniteDifferences.AssertEqual(what, differences, [.. some.Select(place => gradients[place])]);
    }
}
