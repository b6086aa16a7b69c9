using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints the loops of training. A pass over the steps treats the sequences of a view of the tape, which are all of them or a thread's share; what all shares
/// need is prepared before it, and the gradients of weights, which sum over all sequences, come after it, shared by blocks of weights.
/// </summary>
internal sealed class TapeLoopEmitter(CodeWriter writer, NetworkPlan network)
{
    private const string Parameters = "ref float weights, TapeMemory tape";

    private const string Mask = "ref Unsafe.Add(ref tape.Mask, row)";

    private readonly TapePlan _tape = network.Tape!;

    public void Emit()
    {
        RunPass();
        Method("PrepareForward", "Everything that the steps of all sequences use.", network.Parts, PrepareForward, withKernels: false);
        Method("Forward", "Runs all parts over all steps, keeping the tape.", network.Parts, part => Call(part, "Forward", forward: true));
        Method("PrepareBackward", "Everything that the way back of all sequences uses.", network.Parts, PrepareBackward, withKernels: false);
        Method("Backward", "Back-propagates through all parts, the last first.", network.Parts.Reverse(), part => Call(part, "Backward", forward: false));
        Gradients();
        foreach (var part in network.Parts.Where(part => part.Cell is not null))
        {
            Forward(part);
            Backward(part);
        }
    }

    private void RunPass()
    {
        writer.Gap().Line(KernelText.Summary("Runs one pass over a tape, or a thread's share of it."));
        string[] parameters = ["TapePass pass", "ref float weights", "TapeMemory tape", "WorkShare share"];
        using (writer.Method("internal static void RunPass<TKernels>", parameters, LoopsEmitter.Constraint))
        using (writer.Block("switch (pass)"))
        {
            Case("PrepareForward", "PrepareForward(ref weights, tape)");
            Case("Forward", "Forward<TKernels>(ref weights, tape)");
            Case("PrepareBackward", "PrepareBackward(ref weights, tape)");
            Case("Backward", "Backward<TKernels>(ref weights, tape)");
            Case("Gradients", "Gradients<TKernels>(tape, share)");
        }

        void Case(string pass, string call) => writer.Line($"case TapePass.{pass}:").Line($"    {call};").Line("    break;");
    }

    private void Method(string name, string summary, IEnumerable<PartPlan> parts, Action<PartPlan> body, bool withKernels = true)
    {
        writer.Gap().Line(KernelText.Summary(summary));
        using (writer.Method(
            $"private static void {name}{(withKernels ? "<TKernels>" : "")}", [Parameters], withKernels ? LoopsEmitter.Constraint : null))
            foreach (var part in parts)
                body(part);
    }

    private void Call(PartPlan part, string name, bool forward)
    {
        if (part.Cell is null)
            new RowTapeEmitter(writer, part, Of(part).Stages[0]).Emit(forward);
        else
            writer.Line($"{part.Id}{name}<TKernels>(ref weights, tape);");
    }

    private void PrepareForward(PartPlan part)
    {
        if (part.Cell is null)
            return;
        if (Of(part).Noise is { } noise)
        {
            string[] shape = [$"ref tape.Region(Region.{noise.Place.Place})", N(noise.Place.Stride), N(noise.Units)];
            writer.Call($"DropoutNoise.{(noise.PerStep ? "FillSteps" : "Fill")}", ["tape", .. shape, Names.Float(noise.Rate), N(noise.Stream)]);
        }

        foreach (var stage in Stages(part).Where(stage => stage.Plan.Biases.Count > 0))
            KernelCall.Biases(writer, stage.Plan, $"ref tape.Region(Region.{stage.Bindings.Of(StagePlanner.Biases).Place})");
    }

    private void PrepareBackward(PartPlan part)
    {
        if (part.Cell is null)
            return;
        var stages = Stages(part);
        if (Of(part).ClearsInputGradient)
        {
            var gradient = stages[0].Bindings.Of(BackwardPlanner.InputGradients);
            writer.Line($"Scratch.Clear(ref tape.Region(Region.{gradient.Place}), (int)({All(part)}) * {N(gradient.Stride)});");
        }

        foreach (var stage in stages)
            foreach (var product in stage.Training.StepGradients.Concat(stage.Training.InputGradients))
            {
                string weights = BindingText.Weights("weights", stage.Plan.WeightsOffset + product.Transpose.Offset);
                writer.Call("TransposedWeights.Fill", [weights, Copy(product), Shape(product.Transpose)]);
            }
    }

    private static string Shape(TransposePlan plan) =>
        $"new TransposeShape(Gates: {N(plan.Gates)}, Units: {N(plan.Units)}, Columns: {N(plan.Columns)}, BlockUnits: {N(plan.BlockUnits)}, " +
        $"BlockStride: {N(plan.BlockStride)}, ColumnStride: {N(plan.ColumnStride)}, Lanes: {N(plan.Lanes)}, GateRows: {N(plan.GateRows)}, " +
        $"BlockRows: {N(plan.BlockRows)}, Rows: {N(plan.Rows)})";

    private PartTape Of(PartPlan part) => _tape.Parts.First(candidate => candidate.PartId == part.Id);

    private void Forward(PartPlan part)
    {
        var stages = Stages(part);
        bool ahead = part.Recurrent && stages.Any(stage => stage.Plan.Rows.Any(product => product.IsOfInput));
        Open(part, "Forward", $"{part.Cell!.Kind} over all steps, keeping the tape{KernelText.Like(network, part)}", () =>
        {
            var bindings = stages.SelectMany(stage => stage.Bound(
            [
                .. stage.Plan.Means.Select(mean => mean.From),
                .. stage.Plan.Rows.SelectMany(product => product.Pointers),
                .. stage.Training.Taped.Pointers.Select(pointer => pointer.Name),
            ])).ToList();
            Locals(bindings);
            if (ahead)
                using (writer.Block("if (tape.IsWhole)"))
                {
                    writer.Line("// What the inputs give to the pre-activations waits for no step.");
                    Products(stages, product => product.IsOfInput, stage => stage.Whole, "(nint)tape.Steps * tape.Batch");
                }

            using (writer.Block(Loop(part, backward: false)))
            {
                LoopLocals(part, bindings);
                if (ahead)
                    using (writer.Block("if (!tape.IsWhole)"))
                        Products(stages, product => product.IsOfInput, stage => stage.At, "tape.Count");
                foreach (var stage in stages)
                {
                    KernelCall.Means(writer, stage.Plan.Means, stage.At, Rows(part));
                    Products([stage], product => !part.Recurrent || !product.IsOfInput, _ => stage.At, Rows(part));
                    KernelCall.Pointwise(writer, stage.Training.Taped, stage.Training.Taped.Id, stage.At, Mask, Rows(part));
                }
            }
        });
    }

    private void Products(IEnumerable<StageOnTape> stages, Func<RowProduct, bool> which, Func<StageOnTape, Func<string, string>> place, string rows)
    {
        foreach (var stage in stages)
            foreach (var product in stage.Plan.Rows.Where(which))
                KernelCall.Product(writer, product, BindingText.Weights("weights", stage.Plan.WeightsOffset), place(stage), rows);
    }

    private void Backward(PartPlan part)
    {
        var stages = Stages(part).Reverse().ToList();
        string through = part.Recurrent ? "time" : "all rows";
        bool carries = stages.Any(stage => stage.Training.InputGradients.Count > 0);
        string then = carries ? ", then the gradients of its input" : "";
        Open(part, "Backward", $"back-propagation through {through}{then}", () =>
        {
            var looped = stages.SelectMany(stage => stage.Bound(
            [
                .. stage.Training.Backward.Pointers.Select(pointer => pointer.Name),
                .. stage.Training.MeanGradients.Select(mean => mean.To),
                .. stage.Training.StepGradients.Select(product => product.Product.Output),
            ])).ToList();
            Locals([.. looped, .. stages.SelectMany(stage => stage.Bound(stage.Training.InputGradients.Count > 0 ? [BackwardPlanner.InputGradients] : []))]);
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

            if (!carries)
                return;
            using (writer.Block(Spans(part, All(part))))
            {
                writer.Line($"nint rows = tape.RowsAt(row, {All(part)}, {All(part)});");
                foreach (var stage in stages)
                    foreach (var product in stage.Training.InputGradients)
                        KernelCall.Product(writer, product.Product, Copy(product), stage.At, "rows");
            }
        });
    }

    private void Open(PartPlan part, string name, string summary, Action body)
    {
        writer.Gap().Line(KernelText.Summary($"{part.Name}: {summary}."));
        using (writer.Method($"private static void {part.Id}{name}<TKernels>", [Parameters], LoopsEmitter.Constraint))
            body();
    }

    /// <summary>The gradients of weights: a share of all kernels' blocks.</summary>
    private void Gradients()
    {
        var parts = network.Parts.Where(part => part.Cell is not null && Stages(part).Any(stage => stage.Plan.HasProduct)).ToList();
        writer.Gap().Line(KernelText.Summary("A share of the gradients of all weights, each block summed over all rows by one thread, in one order."));
        using (writer.Method("private static void Gradients<TKernels>", ["TapeMemory tape", "WorkShare share"], LoopsEmitter.Constraint))
        {
            writer.Line("ref float gradients = ref tape.Gradients;");
            foreach (var part in parts)
                using (writer.Block($"for (nint row = 0, rows, all = {All(part)}; row < all; row += rows)"))
                {
                    writer.Line($"rows = nint.Min({N(_tape.GradientChunk)}, all - row);");
                    var stages = Stages(part).ToList();
                    var sources = stages.SelectMany(stage => stage.Bound(stage.Training.WeightGradients.Select(gradient => gradient.Source.Pointer)));
                    if (sources.Any(binding => binding.Moment == Moment.NextStep))
                        writer.Line("nint next = row + tape.Batch;");
                    writer.Line("share.Begin();");
                    foreach (var stage in stages)
                        Gradients(stage);
                }
        }
    }

    private void Gradients(StageOnTape stage)
    {
        if (stage.Training.BiasGradients.Count > 0)
        {
            using (writer.Block("if (share.Takes())"))
                foreach (var gradient in stage.Training.BiasGradients)
                    KernelCall.BiasGradient(writer, stage.Plan, gradient, stage.InPlace, "rows");
        }

        foreach (var gradient in stage.Training.WeightGradients)
            KernelCall.WeightGradient(writer, stage.Plan, gradient, stage.InPlace, "rows");
    }

    private IReadOnlyList<StageOnTape> Stages(PartPlan part) =>
        part.TapedStages.Select(stage => new StageOnTape(stage, stage.Training!, Of(part).Stages.First(bindings => bindings.StageId == stage.Id))).ToList();

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
            return Spans(part, N(Of(part).RowChunk));
        return backward != part.Part.Reverse ? "for (nint step = tape.Steps - 1; step >= 0; step--)" : "for (nint step = 0; step < tape.Steps; step++)";
    }

    /// <summary>The rows of the view: of all steps together, chunk by chunk, or step by step where they are a share.</summary>
    private static string Spans(PartPlan part, string chunk) => $"for (nint row = tape.First; row < {All(part)}; row += tape.Advance({chunk}))";

    private void LoopLocals(PartPlan part, IReadOnlyList<Binding> bindings)
    {
        writer.Line(part.Recurrent ? "nint row = (step * tape.Batch) + tape.First;" : $"nint rows = tape.RowsAt(row, {N(Of(part).RowChunk)}, {All(part)});");
        if (bindings.Any(binding => binding.Moment == Moment.NextStep))
            writer.Line("nint next = row + tape.Batch;");
        if (!bindings.Any(binding => binding.Moment is Moment.Before or Moment.After))
            return;
        writer.Line($"nint half = ({(part.Part.Reverse ? "tape.Steps - 1 - step" : "step")} & 1) * tape.Batch;");
        writer.Line("nint before = half + tape.First, after = tape.Batch - half + tape.First;");
    }

    private static string Rows(PartPlan part) => part.Recurrent ? "tape.Count" : "rows";

    private static string All(PartPlan part) => part.OncePerSequence ? "(nint)tape.Batch" : "(nint)tape.Steps * tape.Batch";

    /// <summary>A stage with its places on the tape.</summary>
    private sealed record StageOnTape(StagePlan Plan, StageTrainingPlan Training, StageBindings Bindings)
    {
        /// <summary>What pointers are bound to.</summary>
        public IEnumerable<Binding> Bound(IEnumerable<string> pointers) => pointers.Select(Bindings.Of);

        /// <summary>A reference to a pointer's rows of the step at hand.</summary>
        public string At(string pointer) => BindingText.Of(Bindings.Of(pointer));

        /// <summary>A reference to a pointer's rows of all steps.</summary>
        public string Whole(string pointer) => BindingText.Whole(Bindings.Of(pointer));

        /// <summary>The same as <see cref="At"/>, without a local for the region.</summary>
        public string InPlace(string pointer)
        {
            var binding = Bindings.Of(pointer);
            return BindingText.Of(binding, $"tape.Region(Region.{binding.Place})");
        }
    }
}
