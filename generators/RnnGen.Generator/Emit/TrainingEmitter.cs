using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a target's kernels and loops for training: the forward pass that keeps a tape, and back-propagation through time.</summary>
internal sealed class TrainingEmitter(CodeWriter writer, NetworkPlan network, TargetPlan target)
{
    private readonly TapePlan _tape = network.Tape!;

    public void Emit()
    {
        Pass("Forward", "Runs all layers over all steps, keeping the tape.", network.Layers, "ref float weights, TapeMemory tape");
        Pass("Backward", "Back-propagates through all layers, the last first.", network.Layers.Reverse(), "ref float weights, TapeMemory tape");
        foreach (var layer in network.Layers.Where(layer => layer.Cell is not null))
        {
            Forward(layer);
            Backward(layer);
            foreach (var stage in layer.Stages)
                Kernels(stage, stage.Training!, target.Stages.First(tiles => tiles.StageId == stage.Id));
        }
    }

    private void Pass(string name, string summary, IEnumerable<LayerPlan> layers, string parameters)
    {
        writer.Gap().Line(KernelText.Summary(summary));
        using (writer.Block($"internal static void {name}({parameters})"))
            foreach (var layer in layers)
                writer.Line(layer.Cell is null ? LastStep(layer, name) : $"{layer.Id}{name}(ref weights, tape);");
    }

    private string LastStep(LayerPlan layer, string pass)
    {
        var bindings = Of(layer).Stages[0];
        bool forward = pass == "Forward";
        var (all, last) = forward ? (bindings.Of("x"), bindings.Of("y")) : (bindings.Of(BackwardPlanner.InputGradients), bindings.Of("dy"));
        string rows = all.Moment == Moment.NextStep ? $"ref Unsafe.Add(ref tape.Region({RegionOf(all)}), {KernelText.Times("(nint)tape.Batch", all.Stride)})" : $"ref tape.Region({RegionOf(all)})";
        return $"SequenceRows.{(forward ? "GatherLast" : "ScatterLast")}(tape, {rows}, {Names.Number(all.Stride)}, ref tape.Region({RegionOf(last)}), {Names.Number(last.Stride)}, {Names.Number(layer.OutputSize)});";
    }

    private LayerTape Of(LayerPlan layer) => _tape.Layers.First(candidate => candidate.LayerId == layer.Id);

    private static string RegionOf(Binding binding) => "Region." + binding.Place;

    private void Forward(LayerPlan layer)
    {
        var stages = layer.Stages.Select(stage => (Stage: stage, Bindings: Of(layer).Stages.First(bindings => bindings.StageId == stage.Id))).ToList();
        writer.Gap().Line(KernelText.Summary($"{layer.Spec.Name}: {layer.Spec.Kind} over all steps, keeping the tape."));
        using (writer.Block($"private static void {layer.Id}Forward(ref float weights, TapeMemory tape)"))
        {
            var pointers = stages.SelectMany(stage => stage.Stage.Product.Segments.Select(segment => segment.Source).Concat(stage.Stage.Training!.Taped.Pointers.Select(pointer => pointer.Name)).Select(stage.Bindings.Of)).ToList();
            Locals(pointers);
            using (writer.Block(Loop(layer, backward: false)))
            {
                LoopLocals(layer, pointers);
                foreach (var (stage, bindings) in stages)
                {
                    if (stage.HasProduct)
                        KernelCall.Product(writer, stage.Product, BindingText.Weights("weights", stage.WeightsOffset), pointer => Bound(bindings, pointer), Rows(layer));
                    KernelCall.Pointwise(writer, stage.Training!.Taped, stage.Training.Taped.Id, pointer => Bound(bindings, pointer), "ref Unsafe.Add(ref tape.Mask, row)", Rows(layer));
                }
            }
        }
    }

    private void Backward(LayerPlan layer)
    {
        var stages = layer.Stages.Select(stage => (Stage: stage, Training: stage.Training!, Bindings: Of(layer).Stages.First(bindings => bindings.StageId == stage.Id))).Reverse().ToList();
        writer.Gap().Line(KernelText.Summary($"{layer.Spec.Name}: back-propagation through {(layer.Recurrent ? "time" : "all rows")}, then the gradients of input and weights for all rows at once."));
        using (writer.Block($"private static void {layer.Id}Backward(ref float weights, TapeMemory tape)"))
        {
            var looped = stages.SelectMany(stage => stage.Training.Backward.Pointers.Select(pointer => pointer.Name)
                .Concat(stage.Training.StepGradients.Select(product => product.Product.Output)).Select(stage.Bindings.Of)).ToList();
            var whole = stages.SelectMany(stage => stage.Training.WeightGradients.Select(gradient => gradient.Columns?.Source).OfType<string>()
                .Concat(stage.Training.InputGradient is null ? [] : [BackwardPlanner.InputGradients]).Select(stage.Bindings.Of)).ToList();
            Locals(looped.Concat(whole).Append(new Binding("", "gradients", 0, 0, Moment.Fixed)).ToList());
            foreach (var stage in stages)
                foreach (var product in Transposed(stage.Training))
                    writer.Line($"TransposedWeights.Fill({BindingText.Weights("weights", stage.Stage.WeightsOffset + product.Segment.Offset)}, ref tape.Region(Region.{_tape.Regions[product.Region].Id}), {Shape(stage.Stage, product)});");
            using (writer.Block(Loop(layer, backward: true)))
            {
                LoopLocals(layer, looped);
                foreach (var (stage, training, bindings) in stages)
                {
                    KernelCall.Pointwise(writer, training.Backward, training.Backward.Id, pointer => Bound(bindings, pointer), "ref Unsafe.Add(ref tape.Mask, row)", Rows(layer));
                    foreach (var product in training.StepGradients)
                        KernelCall.Product(writer, product.Product, Copy(product), pointer => Bound(bindings, pointer), Rows(layer));
                }
            }

            writer.Line($"nint all = {All(layer)};");
            foreach (var (stage, training, bindings) in stages)
                if (training.InputGradient is { } product)
                    KernelCall.Product(writer, product.Product, Copy(product), pointer => BindingText.Whole(Get(bindings, pointer)), "all");
            WeightGradients(stages.Select(stage => (stage.Stage, stage.Bindings)).ToList(), whole);
        }
    }

    private void WeightGradients(IReadOnlyList<(StagePlan Stage, StageBindings Bindings)> stages, IReadOnlyList<Binding> bound)
    {
        using (writer.Block($"for (nint row = 0; row < all; row += {Names.Number(_tape.GradientChunk)})"))
        {
            writer.Line($"nint rows = nint.Min({Names.Number(_tape.GradientChunk)}, all - row);");
            if (bound.Any(binding => binding.Moment == Moment.NextStep && binding.Pointer != BackwardPlanner.InputGradients))
                writer.Line("nint next = row + tape.Batch;");
            foreach (var (stage, bindings) in stages)
                foreach (var gradient in stage.Training!.WeightGradients)
                    KernelCall.WeightGradient(writer, stage, gradient, pointer => Bound(bindings, pointer), "rows");
        }
    }

    private static IEnumerable<TransposedProduct> Transposed(StageTrainingPlan training) =>
        training.InputGradient is { } product ? training.StepGradients.Append(product) : training.StepGradients;

    private static string Shape(StagePlan stage, TransposedProduct product) =>
        $"gates: {Names.Number(product.Segment.Feeds.Count)}, units: {Names.Number(stage.Stage.Units)}, columns: {Names.Number(product.Segment.Columns)}, blockUnits: {Names.Number(stage.Product.Blocking.BlockUnits)}, blockStride: {Names.Number(stage.Product.BlockStride)}, lanes: {Names.Number(product.Product.Blocking.BlockUnits)}";

    private string Copy(TransposedProduct product) => $"ref tape.Region(Region.{_tape.Regions[product.Region].Id})";

    private void Locals(IReadOnlyList<Binding> bindings)
    {
        foreach (var binding in bindings.GroupBy(binding => binding.Place).Select(group => group.First()).Where(binding => binding.Place != "weights"))
            writer.Line(binding.Place == "gradients" ? "ref float gradients = ref tape.Gradients;" : $"ref float {BindingText.Local(binding)} = ref tape.Region({RegionOf(binding)});");
    }

    private string Loop(LayerPlan layer, bool backward)
    {
        if (!layer.Recurrent)
            return $"for (nint row = 0; row < {All(layer)}; row += {Names.Number(Of(layer).RowChunk)})";
        return backward ? "for (nint step = tape.Steps - 1; step >= 0; step--)" : "for (nint step = 0; step < tape.Steps; step++)";
    }

    private void LoopLocals(LayerPlan layer, IReadOnlyList<Binding> bindings)
    {
        writer.Line(layer.Recurrent ? "nint row = step * tape.Batch;" : $"nint rows = nint.Min({Names.Number(Of(layer).RowChunk)}, {All(layer)} - row);");
        if (bindings.Any(binding => binding.Moment == Moment.NextStep))
            writer.Line("nint next = row + tape.Batch;");
        if (bindings.Any(binding => binding.Moment is Moment.Before or Moment.After))
            writer.Line("nint before = step & 1, after = before ^ 1;");
    }

    private static string Rows(LayerPlan layer) => layer.Recurrent ? "tape.Batch" : "rows";

    private static string All(LayerPlan layer) => layer.OncePerSequence ? "(nint)tape.Batch" : "(nint)tape.Steps * tape.Batch";

    private static Binding Get(StageBindings bindings, string pointer) => bindings.Of(pointer);

    private static string Bound(StageBindings bindings, string pointer) => BindingText.Of(bindings.Of(pointer), "tape.Batch");

    private void Kernels(StagePlan stage, StageTrainingPlan training, StageTiles tiles)
    {
        new PointwiseEmitter(writer, training.Taped, target.Target).Rows();
        new PointwiseEmitter(writer, training.Backward, target.Target).Rows();
        foreach (var product in Transposed(training))
            new ProductEmitter(writer, product.Product).Rows(tiles.Transposed[product.Product.Id].Rows, tiles.Transposed[product.Product.Id].SingleRow);
        foreach (var gradient in training.WeightGradients)
            new WeightGradientEmitter(writer, stage, gradient, tiles.Gradients[gradient.Id]).Rows();
    }
}
