using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>Prints where a network's parameters, states and tape regions lie, as data for the runtime.</summary>
internal static class LayoutEmitter
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        using (writer.Block($"partial class {TypeScope.ClassOf(plan.Spec)}"))
        {
            writer.Line(KernelText.Summary("Where parameters and states lie in the network's memory.")).Line("private static readonly NetworkLayout MemoryLayout = new(");
            writer.Lines(
                $"""
                    network: "{plan.Spec.ClassName.TrimStart('@')}",
                    inputSize: {Names.Number(plan.Spec.InputSize)},
                    outputSize: {Names.Number(plan.OutputSize)},
                    manyToOne: {(plan.ManyToOne ? "true" : "false")},
                    outputActivation: OutputActivation.{plan.OutputActivation},
                    parameters:
                    [
                """);
            foreach (var parameter in plan.Parameters)
                writer.Line($"        {Parameter(parameter)},");
            writer.Line("    ],").Line("    states:").Line("    [");
            foreach (var state in plan.States)
                writer.Line($"        new(\"{Layer(plan, state)}.{state.Name}\", size: {Names.Number(state.Size)}, offset: {Names.Number(state.Offset)}, tapeRegion: {Names.Number(state.TapeRegion)}, gradientRegion: {Names.Number(state.GradientRegion)}),");
            writer.Lines(
                $"""
                    ],
                    weightsLength: {Names.Number(plan.Sizes.PackedWeights)},
                    stateLength: {Names.Number(plan.Sizes.PackedState)},
                    scratchLength: {Names.Number(plan.Run.ScratchLength)});
                """);
            if (plan.Tape is { } tape)
                Tape(writer, tape);
        }
    }

    private static string Layer(NetworkPlan plan, StatePlan state) => plan.Layers.First(layer => layer.Id == state.Layer).Spec.Name;

    private static string Parameter(ParameterPlan parameter)
    {
        string shape = string.Join(", ", parameter.Shape.Select(size => Names.Number(size)));
        string gates = string.Join(", ", parameter.Gates.Select(gate => $"new({Names.Number(gate.Offset)}, {Names.Number(gate.BlockStride)}, {Names.Number(gate.ColumnStride)})"));
        return $"new(\"{parameter.Name}\", [{shape}], units: {Names.Number(parameter.Units)}, columns: {Names.Number(parameter.Columns)}, blockUnits: {Names.Number(parameter.BlockUnits)}, [{gates}], initialBound: {Names.Float(parameter.InitialBound)})";
    }

    private static void Tape(CodeWriter writer, TapePlan tape)
    {
        writer.Line().Line(KernelText.Summary("What the forward pass keeps for back-propagation.")).Line("private static readonly TapeLayout TapeRegions = new(").Line("    regions:").Line("    [");
        foreach (var region in tape.Regions)
            writer.Line($"        new(\"{region.Name}\", TapeRows.{region.Rows}, stride: {Names.Number(region.Stride)}),");
        writer.Line("    ],")
            .Line($"    inputRegion: Region.{tape.Regions[tape.InputRegion].Id},")
            .Line($"    logitRegion: Region.{tape.Regions[tape.LogitRegion].Id},")
            .Line($"    logitRowOffset: {Names.Number(tape.LogitRowOffset)},")
            .Line($"    logitGradientRegion: Region.{tape.Regions[tape.LogitGradientRegion].Id},")
            .Line($"    inputGradientRegion: Region.{tape.Regions[tape.InputGradientRegion].Id});")
            .Line().Line(KernelText.Summary("The places of the regions in the list above."));
        using (writer.Block("private static class Region"))
            for (int index = 0; index < tape.Regions.Count; index++)
                writer.Line($"public const int {tape.Regions[index].Id} = {Names.Number(index)};");
    }
}
