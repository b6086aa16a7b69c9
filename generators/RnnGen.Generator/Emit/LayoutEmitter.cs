using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>Prints where a network's parameters, states and tape regions lie, as data for the runtime.</summary>
internal static class LayoutEmitter
{
    public static void Emit(CodeWriter writer, NetworkPlan plan)
    {
        using (writer.Block($"partial class {plan.Spec.BaseName}"))
            Memory(writer, plan);
        using (writer.Line().Block($"partial class {TypeScope.ClassOf(plan.Spec)}"))
        {
            foreach (var constant in plan.Constants)
                writer.Gap().Line(KernelText.Summary(constant.Summary)).Line($"private const int {constant.Name} = {Names.Number(constant.Value)};");
            if (plan.Tape is { } tape)
                Tape(writer, tape);
        }
    }

    private static void Memory(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line(KernelText.Summary("Where parameters and states lie in the network's memory.")).Line("private protected static readonly NetworkLayout MemoryLayout = new(");
        writer.Lines(
            $"""
                Network: "{plan.Spec.ClassName.TrimStart('@')}",
                InputSize: {Names.Number(plan.Spec.InputSize)},
                OutputSize: {Names.Number(plan.OutputSize)},
                ManyToOne: {(plan.ManyToOne ? "true" : "false")},
                OutputActivation: OutputActivation.{plan.OutputActivation},
                Parameters:
                [
            """);
        foreach (var parameter in plan.Parameters)
            writer.Line($"        {Parameter(parameter)},");
        writer.Line("    ],").Line("    States:").Line("    [");
        foreach (var state in plan.States)
            writer.Line($"        new(\"{Layer(plan, state)}.{state.Name}\", Size: {Names.Number(state.Size)}, Offset: {Names.Number(state.Offset)}, TapeRegion: {Names.Number(state.TapeRegion)}, GradientRegion: {Names.Number(state.GradientRegion)}),");
        writer.Lines(
            $"""
                ],
                WeightsLength: {Names.Number(plan.Sizes.PackedWeights)},
                StateLength: {Names.Number(plan.Sizes.PackedState)},
                ScratchLength: {Names.Number(plan.Run.ScratchLength)});
            """);
    }

    private static string Layer(NetworkPlan plan, StatePlan state) => plan.Layers.First(layer => layer.Id == state.Layer).Spec.Name;

    private static string Parameter(ParameterPlan parameter)
    {
        string shape = string.Join(", ", parameter.Shape.Select(size => Names.Number(size)));
        string gates = string.Join(", ", parameter.Gates.Select(gate => $"new({Names.Number(gate.Offset)}, {Names.Number(gate.BlockStride)}, {Names.Number(gate.ColumnStride)})"));
        return $"new(\"{parameter.Name}\", [{shape}], Units: {Names.Number(parameter.Units)}, Columns: {Names.Number(parameter.Columns)}, BlockUnits: {Names.Number(parameter.BlockUnits)}, [{gates}], InitialBound: {Names.Float(parameter.InitialBound)})";
    }

    private static void Tape(CodeWriter writer, TapePlan tape)
    {
        writer.Line().Line(KernelText.Summary("What the forward pass keeps for back-propagation.")).Line("private static readonly TapeLayout TapeRegions = new(").Line("    Regions:").Line("    [");
        foreach (var region in tape.Regions)
            writer.Line($"        new(\"{region.Name}\", TapeRows.{region.Rows}, Stride: {Names.Number(region.Stride)}),");
        writer.Line("    ],")
            .Line($"    InputRegion: Region.{tape.Regions[tape.InputRegion].Id},")
            .Line($"    LogitRegion: Region.{tape.Regions[tape.LogitRegion].Id},")
            .Line($"    LogitRowOffset: {Names.Number(tape.LogitRowOffset)},")
            .Line($"    LogitGradientRegion: Region.{tape.Regions[tape.LogitGradientRegion].Id},")
            .Line($"    InputGradientRegion: Region.{tape.Regions[tape.InputGradientRegion].Id});")
            .Line().Line(KernelText.Summary("The places of the regions in the list above."));
        using (writer.Block("private static class Region"))
            for (int index = 0; index < tape.Regions.Count; index++)
                writer.Line($"public const int {tape.Regions[index].Id} = {Names.Number(index)};");
    }
}
