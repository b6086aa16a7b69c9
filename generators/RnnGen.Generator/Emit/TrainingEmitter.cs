using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a target's kernels and loops for training: the forward pass that keeps a tape, and back-propagation through time.</summary>
internal sealed class TrainingEmitter(CodeWriter writer, NetworkPlan network, TargetPlan target)
{
    private const string Mask = "ref Unsafe.Add(ref tape.Mask, row)";

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
        string rows = KernelText.At($"tape.Region({RegionOf(all)})", all.Moment == Moment.NextStep ? KernelText.Times("(nint)tape.Batch", all.Stride) : "0");
        string method = forward ? "GatherLast" : "ScatterLast";
        return $"SequenceRows.{method}(tape, {rows}, {N(all.Stride)}, ref tape.Region({RegionOf(last)}), {N(last.Stride)}, {N(layer.OutputSize)});";
    }

    private LayerTape Of(LayerPlan layer) => _tape.Layers.First(candidate => candidate.LayerId == layer.Id);

    private static string RegionOf(Binding binding) => "Region." + binding.Place;

    private void Forward(LayerPlan layer)
    {
        var stages = Stages(layer);
        writer.Gap().Line(KernelText.Summary($"{layer.Spec.Name}: {layer.Spec.Kind} over all steps, keeping the tape."));
        using (writer.Block($"private static void {layer.Id}Forward(ref float weights, TapeMemory tape)"))
        {
            var bindings = stages.SelectMany(stage => stage.Bound(
                [.. stage.Plan.Product.Segments.Select(segment => segment.Source), .. stage.Training.Taped.Pointers.Select(pointer => pointer.Name)])).ToList();
            Locals(bindings);
            using (writer.Block(Loop(layer, backward: false)))
            {
                LoopLocals(layer, bindings);
                foreach (var stage in stages)
                {
                    if (stage.Plan.HasProduct)
                        KernelCall.Product(writer, stage.Plan.Product, BindingText.Weights("weights", stage.Plan.WeightsOffset), stage.At, Rows(layer));
                    KernelCall.Pointwise(writer, stage.Training.Taped, stage.Training.Taped.Id, stage.At, Mask, Rows(layer));
                }
            }
        }
    }

    private void Backward(LayerPlan layer)
    {
        var stages = Stages(layer).Reverse().ToList();
        string through = layer.Recurrent ? "time" : "all rows";
        writer.Gap().Line(KernelText.Summary($"{layer.Spec.Name}: back-propagation through {through}, then the gradients of input and weights for all rows at once."));
        using (writer.Block($"private static void {layer.Id}Backward(ref float weights, TapeMemory tape)"))
        {
            var looped = stages.SelectMany(stage => stage.Bound(
                [.. stage.Training.Backward.Pointers.Select(pointer => pointer.Name), .. stage.Training.StepGradients.Select(product => product.Product.Output)])).ToList();
            var whole = stages.SelectMany(stage => stage.Bound(
                [.. stage.Training.WeightGradients.Select(gradient => gradient.Columns?.Source).OfType<string>(), .. InputGradients(stage)])).ToList();
            Locals([.. looped, .. whole, new Binding("", "gradients", 0, 0, Moment.Fixed)]);
            TransposeWeights(stages);
            using (writer.Block(Loop(layer, backward: true)))
            {
                LoopLocals(layer, looped);
                foreach (var stage in stages)
                {
                    KernelCall.Pointwise(writer, stage.Training.Backward, stage.Training.Backward.Id, stage.At, Mask, Rows(layer));
                    foreach (var product in stage.Training.StepGradients)
                        KernelCall.Product(writer, product.Product, Copy(product), stage.At, Rows(layer));
                }
            }

            writer.Line($"nint all = {All(layer)};");
            foreach (var stage in stages)
                if (stage.Training.InputGradient is { } product)
                    KernelCall.Product(writer, product.Product, Copy(product), stage.Whole, "all");
            WeightGradients(stages, whole);
        }
    }

    private IReadOnlyList<StageOnTape> Stages(LayerPlan layer) =>
        layer.Stages.Select(stage => new StageOnTape(stage, stage.Training!, Of(layer).Stages.First(bindings => bindings.StageId == stage.Id))).ToList();

    private static IEnumerable<string> InputGradients(StageOnTape stage) => stage.Training.InputGradient is null ? [] : [BackwardPlanner.InputGradients];

    private void TransposeWeights(IEnumerable<StageOnTape> stages)
    {
        foreach (var stage in stages)
            foreach (var product in Transposed(stage.Training))
            {
                string weights = BindingText.Weights("weights", stage.Plan.WeightsOffset + product.Segment.Offset);
                writer.Call("TransposedWeights.Fill", [weights, Copy(product), Shape(stage.Plan, product)]);
            }
    }

    private void WeightGradients(IReadOnlyList<StageOnTape> stages, IReadOnlyList<Binding> bound)
    {
        using (writer.Block($"for (nint row = 0; row < all; row += {N(_tape.GradientChunk)})"))
        {
            writer.Line($"nint rows = nint.Min({N(_tape.GradientChunk)}, all - row);");
            if (bound.Any(binding => binding.Moment == Moment.NextStep && binding.Pointer != BackwardPlanner.InputGradients))
                writer.Line("nint next = row + tape.Batch;");
            foreach (var stage in stages)
                foreach (var gradient in stage.Training.WeightGradients)
                    KernelCall.WeightGradient(writer, stage.Plan, gradient, stage.At, "rows");
        }
    }

    private static IEnumerable<TransposedProduct> Transposed(StageTrainingPlan training) =>
        training.InputGradient is { } product ? training.StepGradients.Append(product) : training.StepGradients;

    private static string Shape(StagePlan stage, TransposedProduct product) =>
        $"gates: {N(product.Segment.Feeds.Count)}, units: {N(stage.Stage.Units)}, columns: {N(product.Segment.Columns)}, " +
        $"blockUnits: {N(stage.Product.Blocking.BlockUnits)}, blockStride: {N(stage.Product.BlockStride)}, lanes: {N(product.Product.Blocking.BlockUnits)}";

    private string Copy(TransposedProduct product) => $"ref tape.Region(Region.{_tape.Regions[product.Region].Id})";

    private void Locals(IReadOnlyList<Binding> bindings)
    {
        foreach (var binding in bindings.GroupBy(binding => binding.Place).Select(group => group.First()).Where(binding => binding.Place != "weights"))
            writer.Line(binding.Place == "gradients" ? "ref float gradients = ref tape.Gradients;" : $"ref float {BindingText.Local(binding)} = ref tape.Region({RegionOf(binding)});");
    }

    private string Loop(LayerPlan layer, bool backward)
    {
        if (!layer.Recurrent)
            return $"for (nint row = 0; row < {All(layer)}; row += {N(Of(layer).RowChunk)})";
        return backward ? "for (nint step = tape.Steps - 1; step >= 0; step--)" : "for (nint step = 0; step < tape.Steps; step++)";
    }

    private void LoopLocals(LayerPlan layer, IReadOnlyList<Binding> bindings)
    {
        writer.Line(layer.Recurrent ? "nint row = step * tape.Batch;" : $"nint rows = nint.Min({N(Of(layer).RowChunk)}, {All(layer)} - row);");
        if (bindings.Any(binding => binding.Moment == Moment.NextStep))
            writer.Line("nint next = row + tape.Batch;");
        if (bindings.Any(binding => binding.Moment is Moment.Before or Moment.After))
            writer.Line("nint before = step & 1, after = before ^ 1;");
    }

    private static string Rows(LayerPlan layer) => layer.Recurrent ? "tape.Batch" : "rows";

    private static string All(LayerPlan layer) => layer.OncePerSequence ? "(nint)tape.Batch" : "(nint)tape.Steps * tape.Batch";

    private void Kernels(StagePlan stage, StageTrainingPlan training, StageTiles tiles)
    {
        new PointwiseEmitter(writer, training.Taped, target.Target).Rows();
        new PointwiseEmitter(writer, training.Backward, target.Target).Rows();
        foreach (var product in Transposed(training))
            new ProductEmitter(writer, product.Product).Rows(tiles.Transposed[product.Product.Id].Rows, tiles.Transposed[product.Product.Id].SingleRow);
        foreach (var gradient in training.WeightGradients)
            new WeightGradientEmitter(writer, stage, gradient, tiles.Gradients[gradient.Id]).Rows();
    }

    /// <summary>A stage with its places on the tape.</summary>
    private sealed record StageOnTape(StagePlan Plan, StageTrainingPlan Training, StageBindings Bindings)
    {
        /// <summary>What pointers are bound to.</summary>
        public IEnumerable<Binding> Bound(IEnumerable<string> pointers) => pointers.Select(Bindings.Of);

        /// <summary>A reference to a pointer's rows of the step at hand.</summary>
        public string At(string pointer) => BindingText.Of(Bindings.Of(pointer), "tape.Batch");

        /// <summary>A reference to a pointer's rows of all steps.</summary>
        public string Whole(string pointer) => BindingText.Whole(Bindings.Of(pointer));
    }
}
