using RnnGen.Runtime;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints where a network's parameters, states and tape regions lie, as data for the runtime.</summary>
internal static class LayoutEmitter
{
    /// <summary>Prints it, and those constants of kernels that any other file mentions.</summary>
    public static void Emit(CodeWriter writer, NetworkPlan plan, HashSet<string> mentioned)
    {
        using (writer.Block($"partial class {TypeScope.ClassOf(plan.Spec)}"))
        {
            Memory(writer, plan);
            Constants(writer, plan.Constants, mentioned);
            if (plan.Tape is { } tape)
                Tape(writer, tape);
        }
    }

    /// <summary>Constants, those that say the same of several things together. One may be made of others.</summary>
    private static void Constants(CodeWriter writer, IReadOnlyList<ConstantPlan> constants, HashSet<string> mentioned)
    {
        foreach (var constant in constants.Reverse().Where(constant => mentioned.Contains(constant.Name)))
            mentioned.UnionWith(LocalName.Words(constant.Value.Text));
        foreach (var alike in constants.Where(constant => mentioned.Contains(constant.Name)).GroupBy(constant => constant.Summary))
            writer.Gap().Line(KernelText.Summary(alike.Key))
                .List("private const int", alike.Select(constant => $"{constant.Name} = {constant.Value.Text}").ToList());
    }

    private static void Memory(CodeWriter writer, NetworkPlan plan)
    {
        OffsetText.EmitStates(writer, plan.StateBuffers);
        writer.Line(KernelText.Summary("The layout of parameters and states in the network's memory."))
            .Line($"private static readonly NetworkLayout MemoryLayout = {Created} NetworkLayout(");
        writer.Lines(
            $"""
                Network: "{plan.Spec.ClassName.TrimStart('@')}",
                InputSize: {N(plan.Spec.InputSize)},
                OutputSize: {N(plan.OutputSize)},
                ManyToOne: {(plan.ManyToOne ? "true" : "false")},
                OutputActivation: OutputActivation.{plan.OutputActivation},
                Parameters:
                [
            """);
        foreach (var parameter in plan.Parameters)
            writer.Line($"        {Parameter(parameter)},");
        writer.Line("    ],").Line("    States:").Line("    [");
        foreach (var (state, buffer) in plan.States.Zip(plan.StateBuffers, (state, buffer) => (state, buffer)))
            writer.Line($"        {State(state, buffer)},");
        writer.Lines(
            $"""
                ],
                WeightsLength: {N(plan.Sizes.PackedWeights)},
                StateLength: {N(plan.Sizes.PackedState)},
                ScratchLength: {N(plan.Run.ScratchLength)})
            """);
        writer.Line("{").Line("    Layers =").Line("    [");
        for (int index = 0; index < plan.Spec.Layers.Count; index++)
            writer.Line($"        {Layer(plan, index)},");
        writer.Line("    ],");
        Text(writer, "Architecture", plan.Architecture);
        if (plan.TrainingArchitecture != plan.Architecture)
            Text(writer, "TrainingArchitecture", plan.TrainingArchitecture);
        foreach (string extra in NetworkExtras(plan))
            writer.Line($"    {extra},");
        if (plan.IsReduced)
            ReducedLayoutEmitter.Properties(writer, plan);
        writer.Line("});");
    }

    /// <summary>Layouts are made in methods of their own, which run after the check that this runtime has what they call.</summary>
    private static string Created => $"RuntimeContract.Create({N(ContractVersion.Current)}, static () => new";

    /// <summary>An architecture, a layer a line.</summary>
    private static void Text(CodeWriter writer, string property, string architecture)
    {
        string[] layers = architecture.Split([ArchitectureText.Separator], StringSplitOptions.None);
        writer.Line($"    {property} =");
        for (int index = 0; index < layers.Length; index++)
            writer.Line(index < layers.Length - 1 ? $"        \"{layers[index]}{ArchitectureText.Separator}\" +" : $"        \"{layers[index]}\",");
    }

    private static IEnumerable<string> NetworkExtras(NetworkPlan plan)
    {
        if (plan.Parts.FirstOrDefault(part => part.Part.LooksAhead) is { } reverse)
            yield return $"ReverseLayer = \"{reverse.Part.Layer.Name}\"";
        if (plan.Run.SequenceLength > 0)
            yield return $"SequenceScratchLength = {N(plan.Run.SequenceLength)}, RowsAtOnce = {N(plan.Run.Rows)}";
        if (plan.Spec.OneHot)
            yield return "OneHot = true";
        if (plan.Spec.NamesOutputs)
            yield return $"Outputs = [{string.Join(", ", plan.Outputs.Select(Output))}]";
    }

    private static string Output(OutputPlan output) =>
        $"new(\"{output.Name}\", Offset: {N(output.Offset)}, Size: {N(output.Size)}, OutputActivation.{output.Activation})";

    private static string Layer(NetworkPlan plan, int index)
    {
        var layer = plan.Spec.Layers[index];
        string size = DrawingText.SizeOf(plan, layer) is { } units ? N(units) : "null";
        string from = string.Join(", ", layer.From.Select(name => $"\"{name}\""));
        return $"new(\"{layer.Name}\", \"{layer.Kind}\", OutputSize: {size}, " +
            $"MultiplyAdds: {N(plan.Parts.Where(part => part.Part.Layer == layer).Sum(part => part.MultiplyAdds))}){(from.Length > 0 ? $" {{ From = [{from}] }}" : "")}";
    }

    private static string State(StatePlan state, RowBuffer buffer) =>
        $"new(\"{state.FullName}\", Size: {N(state.Size)}, Offset: {OffsetText.Of(buffer.Start)}, TapeRegion: {N(state.TapeRegion)}, " +
        $"GradientRegion: {N(state.GradientRegion)})" +
        (state.Order == "Forward" && state.Learned is null ? "" : $" {{ {string.Join(", ", Extras(state))} }}");

    private static IEnumerable<string> Extras(StatePlan state)
    {
        if (state.Order != "Forward")
            yield return $"Order = StateOrder.{state.Order}";
        if (state.Learned is { } learned)
            yield return $"LearnedOffset = {N(learned.Offset)}";
    }

    private static string Parameter(ParameterPlan parameter)
    {
        string shape = string.Join(", ", parameter.Shape.Select(size => N(size)));
        string gates = string.Join(", ", parameter.Gates.Select(Gate));
        string form = parameter.Transposed ? " { Transposed = true }"
            : parameter.Taps > 1 ? $" {{ Taps = {N(parameter.Taps)} }}"
            : parameter.Trained ? "" : " { Trained = false }";
        return $"new(\"{parameter.Name}\", [{shape}], Units: {N(parameter.Units)}, Columns: {N(parameter.Columns)}, BlockUnits: {N(parameter.BlockUnits)}, " +
            $"[{gates}], InitialBound: {Names.Float(parameter.InitialBound)}){form}";
    }

    private static string Gate(GatePlan gate) =>
        $"new({N(gate.Offset)}, {N(gate.BlockStride)}, {N(gate.ColumnStride)}{(gate.InitialValue is { } value ? $", {Names.Float(value)}" : "")})";

    private static void Tape(CodeWriter writer, TapePlan tape)
    {
        writer.Line().Line(KernelText.Summary("What the forward pass records for back-propagation."))
            .Line($"private static readonly TapeLayout TapeRegions = {Created} TapeLayout(").Line("    Regions:").Line("    [");
        foreach (var region in tape.Regions)
            writer.Line($"        new(\"{region.Name}\", TapeRows.{region.Rows}, Stride: {N(region.Stride)}),");
        writer.Line("    ],")
            .Line($"    InputRegion: Region.{tape.Regions[tape.InputRegion].Id},")
            .Line($"    LogitRegion: Region.{tape.Regions[tape.LogitRegion].Id},")
            .Line($"    LogitRowOffset: {N(tape.LogitRowOffset)},")
            .Line($"    LogitGradientRegion: Region.{tape.Regions[tape.LogitGradientRegion].Id},")
            .Line($"    InputGradientRegion: Region.{tape.Regions[tape.InputGradientRegion].Id},")
            .Line($"    SplitsBackward: {(tape.SplitsBackward ? "true" : "false")}));")
            .Line().Line(KernelText.Summary("Indices of the regions in the list above."));
        using (writer.Block("private static class Region"))
            for (int index = 0; index < tape.Regions.Count; index++)
                writer.Line($"public const int {tape.Regions[index].Id} = {N(index)};");
    }
}
