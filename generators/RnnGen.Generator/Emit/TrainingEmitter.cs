using RnnGen.Generator.Ir;
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
        Pass("Forward", "Runs all parts over all steps, keeping the tape.", network.Parts);
        Pass("Backward", "Back-propagates through all parts, the last first.", network.Parts.Reverse());
        foreach (var part in network.Parts.Where(part => part.Cell is not null))
        {
            Forward(part);
            Backward(part);
            if (part.OwnsKernels)
                foreach (var stage in part.TapedStages)
                    Kernels(stage, isOwn: part.NoisyStages is not null);
        }
    }

    private void Pass(string name, string summary, IEnumerable<PartPlan> parts)
    {
        writer.Gap().Line(KernelText.Summary(summary));
        using (writer.Block($"internal static void {name}(ref float weights, TapeMemory tape)"))
            foreach (var part in parts)
            {
                if (part.Cell is null)
                    new RowTapeEmitter(writer, part, Of(part).Stages[0]).Emit(name == "Forward");
                else
                    writer.Line($"{part.Id}{name}(ref weights, tape);");
            }
    }

    private PartTape Of(PartPlan part) => _tape.Parts.First(candidate => candidate.PartId == part.Id);

    private void Forward(PartPlan part)
    {
        var stages = Stages(part);
        writer.Gap().Line(KernelText.Summary($"{part.Name}: {part.Cell!.Kind} over all steps, keeping the tape{KernelText.Like(network, part)}."));
        using (writer.Block($"private static void {part.Id}Forward(ref float weights, TapeMemory tape)"))
        {
            var bindings = stages.SelectMany(stage => stage.Bound(
            [
                .. stage.Plan.Means.Select(mean => mean.From),
                .. stage.Plan.Rows.SelectMany(product => product.Pointers),
                .. stage.Training.Taped.Pointers.Select(pointer => pointer.Name),
            ])).ToList();
            Locals(bindings);
            if (Of(part).Noise is { } noise)
                Noise(noise);
            foreach (var stage in stages.Where(stage => stage.Plan.Biases.Count > 0))
                KernelCall.Biases(writer, stage.Plan, stage.Whole(StagePlanner.Biases));
            if (part.Recurrent && stages.Any(stage => stage.Plan.Rows.Any(IsOfInput)))
                OfInputs(part, stages);
            using (writer.Block(Loop(part, backward: false)))
            {
                LoopLocals(part, bindings);
                foreach (var stage in stages)
                {
                    KernelCall.Means(writer, stage.Plan.Means, stage.At, Rows(part));
                    foreach (var product in stage.Plan.Rows.Where(product => !part.Recurrent || !IsOfInput(product)))
                        KernelCall.Product(writer, product, Weights(stage), stage.At, Rows(part));
                    KernelCall.Pointwise(writer, stage.Training.Taped, stage.Training.Taped.Id, stage.At, Mask, Rows(part));
                }
            }
        }
    }

    /// <summary>What the inputs give to the pre-activations waits for no step: it is computed for all of them at once.</summary>
    private void OfInputs(PartPlan part, IReadOnlyList<StageOnTape> stages)
    {
        writer.Line($"nint all = {All(part)};");
        foreach (var stage in stages)
            foreach (var product in stage.Plan.Rows.Where(IsOfInput))
                KernelCall.Product(writer, product, Weights(stage), stage.Whole, "all");
    }

    private static bool IsOfInput(RowProduct product) => product.Source.Pointer == "x";

    private static string Weights(StageOnTape stage) => BindingText.Weights("weights", stage.Plan.WeightsOffset);

    private void Backward(PartPlan part)
    {
        var stages = Stages(part).Reverse().ToList();
        string through = part.Recurrent ? "time" : "all rows";
        bool multiplies = stages.Any(stage => stage.Plan.HasProduct);
        string then = multiplies ? ", then the gradients of input and weights for all rows at once" : "";
        writer.Gap().Line(KernelText.Summary($"{part.Name}: back-propagation through {through}{then}."));
        using (writer.Block($"private static void {part.Id}Backward(ref float weights, TapeMemory tape)"))
        {
            var looped = stages.SelectMany(stage => stage.Bound(
            [
                .. stage.Training.Backward.Pointers.Select(pointer => pointer.Name),
                .. stage.Training.MeanGradients.Select(mean => mean.To),
                .. stage.Training.StepGradients.Select(product => product.Product.Output),
            ])).ToList();
            var whole = stages.SelectMany(stage => stage.Bound(
                [.. stage.Training.WeightGradients.Select(gradient => gradient.Source.Pointer), .. InputGradients(stage)])).ToList();
            IEnumerable<Binding> gradients = multiplies ? [new Binding("", "gradients", 0, 0, Moment.Fixed)] : [];
            Locals([.. looped, .. whole, .. gradients]);
            TransposeWeights(stages);
            if (Of(part).ClearsInputGradient)
                ClearInputGradient(part, stages[0].Bindings.Of(BackwardPlanner.InputGradients));
            using (writer.Block(Loop(part, backward: true)))
            {
                LoopLocals(part, looped);
                foreach (var stage in stages)
                {
                    KernelCall.Pointwise(writer, stage.Training.Backward, stage.Training.Backward.Id, stage.At, Mask, Rows(part));
                    KernelCall.Means(writer, stage.Training.MeanGradients, stage.At, Rows(part));
                    foreach (var product in stage.Training.StepGradients)
                        KernelCall.Product(writer, product.Product, Copy(product), stage.At, Rows(part));
                }
            }

            if (!multiplies)
                return;
            writer.Line($"nint all = {All(part)};");
            foreach (var stage in stages)
                foreach (var product in stage.Training.InputGradients)
                    KernelCall.Product(writer, product.Product, Copy(product), stage.Whole, "all");
            WeightGradients(stages, whole);
        }
    }

    private IReadOnlyList<StageOnTape> Stages(PartPlan part) =>
        part.TapedStages.Select(stage => new StageOnTape(stage, stage.Training!, Of(part).Stages.First(bindings => bindings.StageId == stage.Id))).ToList();

    private static IEnumerable<string> InputGradients(StageOnTape stage) => stage.Training.InputGradients.Count == 0 ? [] : [BackwardPlanner.InputGradients];

    private void TransposeWeights(IEnumerable<StageOnTape> stages)
    {
        foreach (var stage in stages)
            foreach (var product in Transposed(stage.Training))
            {
                string weights = BindingText.Weights("weights", stage.Plan.WeightsOffset + product.Transpose.Offset);
                writer.Call("TransposedWeights.Fill", [weights, Copy(product), Shape(product.Transpose)]);
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
            {
                foreach (var gradient in stage.Training.BiasGradients)
                    KernelCall.BiasGradient(writer, stage.Plan, gradient, stage.At, "rows");
                foreach (var gradient in stage.Training.WeightGradients)
                    KernelCall.WeightGradient(writer, stage.Plan, gradient, stage.At, "rows");
            }
        }
    }

    private static IEnumerable<TransposedProduct> Transposed(StageTrainingPlan training) => training.StepGradients.Concat(training.InputGradients);

    private static string Shape(TransposePlan plan) =>
        $"new TransposeShape(Gates: {N(plan.Gates)}, Units: {N(plan.Units)}, Columns: {N(plan.Columns)}, BlockUnits: {N(plan.BlockUnits)}, " +
        $"BlockStride: {N(plan.BlockStride)}, ColumnStride: {N(plan.ColumnStride)}, Lanes: {N(plan.Lanes)}, GateRows: {N(plan.GateRows)}, " +
        $"BlockRows: {N(plan.BlockRows)}, Rows: {N(plan.Rows)})";

    private string Copy(TransposedProduct product) => $"ref tape.Region(Region.{_tape.Regions[product.Region].Id})";

    private void Locals(IReadOnlyList<Binding> bindings)
    {
        foreach (var binding in bindings.GroupBy(binding => binding.Place).Select(group => group.First()).Where(binding => binding.Place != "weights"))
            writer.Line(binding.Place == "gradients"
                ? "ref float gradients = ref tape.Gradients;"
                : $"ref float {BindingText.Local(binding)} = ref tape.Region(Region.{binding.Place});");
    }

    private string Loop(PartPlan part, bool backward)
    {
        if (!part.Recurrent)
            return $"for (nint row = 0; row < {All(part)}; row += {N(Of(part).RowChunk)})";
        return backward != part.Part.Reverse ? "for (nint step = tape.Steps - 1; step >= 0; step--)" : "for (nint step = 0; step < tape.Steps; step++)";
    }

    /// <summary>Draws what a part multiplies values with; ones where dropout is off.</summary>
    private void Noise(NoisePlan noise)
    {
        string[] shape = [$"ref {BindingText.Local(noise.Place)}", N(noise.Place.Stride), N(noise.Units)];
        writer.Call($"DropoutNoise.{(noise.PerStep ? "FillSteps" : "Fill")}", ["tape", .. shape, Names.Float(noise.Rate), N(noise.Stream)]);
    }

    private void ClearInputGradient(PartPlan part, Binding gradient) =>
        writer.Line($"Scratch.Clear(ref {BindingText.Local(gradient)}, (int)({All(part)}) * {N(gradient.Stride)});");

    private void LoopLocals(PartPlan part, IReadOnlyList<Binding> bindings)
    {
        writer.Line(part.Recurrent ? "nint row = step * tape.Batch;" : $"nint rows = nint.Min({N(Of(part).RowChunk)}, {All(part)} - row);");
        if (bindings.Any(binding => binding.Moment == Moment.NextStep))
            writer.Line("nint next = row + tape.Batch;");
        if (bindings.Any(binding => binding.Moment is Moment.Before or Moment.After))
            writer.Line($"nint before = {(part.Part.Reverse ? "(tape.Steps - 1 - step)" : "step")} & 1, after = before ^ 1;");
    }

    private static string Rows(PartPlan part) => part.Recurrent ? "tape.Batch" : "rows";

    private static string All(PartPlan part) => part.OncePerSequence ? "(nint)tape.Batch" : "(nint)tape.Steps * tape.Batch";

    /// <summary>A stage's kernels; its products are those that inference has too, unless training's stages are its own.</summary>
    private void Kernels(StagePlan stage, bool isOwn)
    {
        var training = stage.Training!;
        foreach (var product in stage.Rows.Where(_ => isOwn))
            Rows(product);
        new PointwiseEmitter(writer, training.Taped, target.Target).Rows();
        new PointwiseEmitter(writer, training.Backward, target.Target).Rows();
        foreach (var product in Transposed(training))
            Rows(product.Product);
        foreach (var gradient in training.WeightGradients)
            new WeightGradientEmitter(writer, gradient, target.Rows[gradient.Id]).Emit();
    }

    private void Rows(RowProduct product) => new RowProductEmitter(writer, product, target.Rows[product.Id]).Emit();

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
