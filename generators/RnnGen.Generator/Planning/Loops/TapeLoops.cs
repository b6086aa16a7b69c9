using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning.Loops;

/// <summary>
/// The loops of training. A pass over the steps processes the sequences of a view of the tape, which are all of them or a thread's share; what all shares need is
/// prepared before it, and the gradients of weights, which sum over all sequences, come after it, shared by blocks of weights.
/// </summary>
internal sealed class TapeLoops(NetworkPlan network)
{
    private static readonly Integer Steps = new HostValue(HostQuantity.TapeSteps), Size = new HostValue(HostQuantity.TapeSize);
    private static readonly Integer First = new HostValue(HostQuantity.ViewFirst), Count = new HostValue(HostQuantity.ViewCount);
    private static readonly Local Step = new("step"), Row = new("row"), Rows = new("rows"), Next = new("next"), Half = new("half"), Before = new("before"),
        After = new("after");

    private static readonly RoutineParameter[] Given = [RoutineParameter.Weights, RoutineParameter.Tape];

    private readonly TapePlan _tape = network.Tape!;
    private readonly FrameGradients _ofFrames = FrameGradients.Of(network.Parts.Select(part => part.Part));

    public static TapeProgram Plan(NetworkPlan network) => new TapeLoops(network).Plan();

    private TapeProgram Plan()
    {
        var forward = network.Parts.Where(part => part.Cell is not null).ToDictionary(part => part.Id, Forward);
        var backward = network.Parts.Where(part => part.Cell is not null).ToDictionary(part => part.Id, Backward);
        return new TapeProgram(
            new Routine("PrepareForward", "Prepares the data shared by every sequence's forward pass.", Given, [.. network.Parts.SelectMany(PrepareForward)]),
            new Routine("Forward", "Runs all parts over all steps, recording on the tape.", Given, [.. network.Parts.SelectMany(part => Pass(part, forward, true))]),
            new Routine("PrepareBackward", "Prepares the data shared by every sequence's backward pass.", Given, [.. network.Parts.SelectMany(PrepareBackward)]),
            new Routine(
                "Backward", "Back-propagates through all parts, the last first.", Given,
                [.. network.Parts.Reverse().SelectMany(part => IfAsked(part.Id, Pass(part, backward, false)))]),
            new Routine(
                "Gradients", "Computes a share of the weight gradients. One thread sums each block over all rows, in a fixed order.",
                [RoutineParameter.Tape, RoutineParameter.Share],
                [
                    new Bind(Places.AllGradients, Memory.Gradients),
                    .. network.Parts.Where(part => part.Cell is not null && Stages(part).Any(stage => stage.Plan.HasProduct)).Select(Gradients),
                ]),
            network.Parts.Where(part => part.Cell is not null).SelectMany(part => new[] { forward[part.Id], backward[part.Id] }).ToList());
    }

    private IReadOnlyList<Operation> Pass(PartPlan part, Dictionary<string, Routine> routines, bool forward) => part.Cell is null
        ? RowOperations.Plan(part, Of(part).Stages[0], forward)
        : [new CallRoutine(routines[part.Id])];

    private IEnumerable<Operation> PrepareForward(PartPlan part)
    {
        if (part.Cell is null)
            yield break;
        if (Of(part).Noise is { } noise)
            yield return new DrawNoise(noise.Place.Buffer.At(0), noise.Place.Stride, noise.Units, noise.Rate, noise.Stream, noise.PerStep);
        foreach (var stage in Stages(part).Where(stage => stage.Plan.Biases.Count > 0))
            foreach (var operation in Places.SumBiases(stage.Plan, stage.Bindings.Of(StagePlanner.Biases).Buffer.At(0)))
                yield return operation;
    }

    private IEnumerable<Operation> PrepareBackward(PartPlan part)
    {
        if (part.Cell is null)
            yield break;
        var stages = Stages(part);
        if (Of(part).ClearsInputGradient)
        {
            var gradient = stages[0].Bindings.Of(BackwardPlanner.InputGradients).Buffer;
            yield return new ClearTapeRows(part.OncePerSequence ? 1 : Steps, gradient.At(0), gradient.Stride);
        }

        foreach (var stage in stages)
        {
            foreach (var product in stage.Training.StepGradients)
                yield return Copied(stage, product);
            foreach (var operation in IfAsked(InputOf(part), stage.Training.InputGradients.Select(product => Copied(stage, product)).ToList()))
                yield return operation;
        }
    }

    /// <summary>Operations that only serve the gradient of a value: where that leads to the frames alone, they wait to be asked for.</summary>
    private IReadOnlyList<Operation> IfAsked(string value, IReadOnlyList<Operation> operations) =>
        operations.Count > 0 && _ofFrames.Has(value) ? [new When(Condition.WantsInputGradients, operations)] : operations;

    /// <summary>What the part's first product multiplies.</summary>
    private static string InputOf(PartPlan part) => part.Part.Inputs[0].Source;

    private Operation Copied(StageOnTape stage, TransposedProduct product) =>
        new Transpose(stage.Plan.Weights.Of(product.Of, product.WeightsOffset), Copy(product), product.Transpose);

    private PartTape Of(PartPlan part) => _tape.Parts.First(candidate => candidate.PartId == part.Id);

    private Routine Forward(PartPlan part)
    {
        var stages = Stages(part);
        bool ahead = part.Recurrent && stages.Any(stage => stage.Plan.Rows.Any(product => product.IsOfInput));
        var bindings = stages.SelectMany(stage => stage.Bound(
        [
            .. stage.Plan.Means.Select(mean => mean.From),
            .. stage.Plan.Rows.SelectMany(product => product.Pointers),
            .. stage.Training.Taped.Pointers.Select(pointer => pointer.Name),
        ])).ToList();
        List<Operation> body = [.. Locals(bindings)];
        if (ahead)
            body.Add(new When(Condition.ViewIsWhole,
            [
                new Remark("Input products do not depend on earlier steps."),
                .. Products(stages, product => product.IsOfInput, whole: true, Steps * Size),
            ]));
        List<Operation> each = [.. LoopLocals(part, bindings)];
        if (ahead)
            each.Add(new When(Condition.ViewIsShare, Products(stages, product => product.IsOfInput, whole: false, Count)));
        foreach (var stage in stages)
        {
            each.AddRange(stage.Plan.Means.Select(mean => Average(mean, stage, RowsOf(part))));
            each.AddRange(Products([stage], product => !part.Recurrent || !product.IsOfInput, whole: false, RowsOf(part)));
            each.Add(Call(stage, stage.Training.Taped, RowsOf(part)));
        }

        body.Add(Loop(part, backward: false, each));
        return Routine(part, "Forward", $"{part.Cell!.Kind} over all steps, recording on the tape{network.Like(part)}", body);
    }

    private static List<Operation> Products(IEnumerable<StageOnTape> stages, Func<RowProduct, bool> which, bool whole, Integer rows) => (
        from stage in stages
        from product in stage.Plan.Rows.Where(which)
        select (Operation)Call(stage, product, rows, whole)).ToList();

    private Routine Backward(PartPlan part)
    {
        var stages = Stages(part).Reverse().ToList();
        bool carries = stages.Any(stage => stage.Training.InputGradients.Count > 0);
        var looped = stages.SelectMany(stage => stage.Bound(
        [
            .. stage.Training.Backward.Pointers.Select(pointer => pointer.Name),
            .. stage.Training.MeanGradients.Select(mean => mean.To),
            .. stage.Training.StepGradients.Select(product => product.Product.Output),
        ])).ToList();
        var after = stages.SelectMany(stage => stage.Bound(stage.Training.InputGradients.Count > 0 ? [BackwardPlanner.InputGradients] : []));
        List<Operation> body = [.. Locals([.. looped, .. after])];
        List<Operation> each = [.. LoopLocals(part, looped)];
        foreach (var stage in stages)
        {
            each.Add(Call(stage, stage.Training.Backward, RowsOf(part)));
            each.AddRange(stage.Training.MeanGradients.Select(mean => Average(mean, stage, RowsOf(part))));
            each.AddRange(stage.Training.StepGradients.Select(product => Carry(stage, product, RowsOf(part))));
        }

        body.Add(Loop(part, backward: true, each));
        if (carries)
            body.AddRange(IfAsked(InputOf(part),
            [
                new ForSpans("row", "rows", All(part), All(part),
                    (from stage in stages from product in stage.Training.InputGradients select (Operation)Carry(stage, product, Rows)).ToList()),
            ]));
        return Routine(part, "Backward", $"back-propagation through {(part.Recurrent ? "time" : "all rows")}{(carries ? ", then the gradients of its input" : "")}", body);
    }

    private static Routine Routine(PartPlan part, string name, string summary, IReadOnlyList<Operation> body) =>
        new(part.Id + name, $"{part.Name}: {summary}.", Given, body);

    /// <summary>The gradients of a part's weights, chunk by chunk of all rows.</summary>
    private ForChunks Gradients(PartPlan part)
    {
        var stages = Stages(part);
        var sources = stages.SelectMany(stage => stage.Bound(stage.Training.WeightGradients.Select(gradient => gradient.Source.Pointer)));
        return new ForChunks("row", "rows", 0, All(part), _tape.GradientChunk, Reverse: false,
        [
            .. sources.Any(binding => binding.Moment == Moment.NextStep) ? new[] { new Let("next", Row + Size) } : [],
            new BeginBlocks(),
            .. stages.SelectMany(Gradients),
        ]);
    }

    private static IEnumerable<Operation> Gradients(StageOnTape stage)
    {
        var product = stage.Plan.Product;
        if (stage.Training.BiasGradients.Count > 0)
            yield return new When(Condition.TakesBlock, stage.Training.BiasGradients.Select(gradient => (Operation)new SumRows(
                stage.At(BackwardPlanner.PreActivationGradients).Further(gradient.SumsOffset), product.OutputRowStride, product.BlockWidth, gradient.Width,
                product.Sizes.Blocks, product.BlockStride, stage.Plan.Weights.Gradients.At(0), gradient.Offsets, Rows)).ToList());
        foreach (var gradient in stage.Training.WeightGradients)
        {
            var blocks = gradient.Panel.Blocks;
            Integer block = blocks == 1 ? 0 : new Local("block");
            var take = new When(Condition.TakesBlock,
            [
                new CallKernel(gradient,
                [
                    stage.Plan.Weights.GradientsOf(gradient.Source.Pointer, gradient.Panel.Offset).Further(block * gradient.Panel.BlockStride),
                    stage.At(BackwardPlanner.PreActivationGradients).Further(block * gradient.Panel.SumsBlockStride),
                    stage.At(gradient.Source.Pointer),
                ], Rows),
            ]);
            yield return blocks == 1 ? take : new ForEach("block", blocks, Reverse: false, [take]);
        }
    }

    private IReadOnlyList<StageOnTape> Stages(PartPlan part) =>
        part.TapedStages.Select(stage => new StageOnTape(stage, stage.Training!, Of(part).Stages.First(bindings => bindings.StageId == stage.Id))).ToList();

    private Reference Copy(TransposedProduct product) => _tape.Regions[product.Region].Buffer.At(0);

    private static CallKernel Call(StageOnTape stage, Kernel kernel, Integer rows, bool whole = false) => Places.Call(
        kernel,
        parameter => parameter.Kind switch
        {
            ParameterKind.Weights when kernel is RowProduct product => stage.Plan.Weights.Of(product.Source.Pointer, product.Panel.Offset),
            ParameterKind.Mask => new(new RowBuffer("", Memory.TapeMask, 0, 1), Row),
            _ => whole ? stage.Whole(parameter.Name) : stage.At(parameter.Name),
        },
        rows);

    /// <summary>A product with the transposed copy of weights.</summary>
    private CallKernel Carry(StageOnTape stage, TransposedProduct product, Integer rows) => Places.Call(
        product.Product,
        parameter => parameter.Kind == ParameterKind.Weights ? Copy(product) : stage.At(parameter.Name),
        rows);

    private static AverageRows Average(MeanPlan mean, StageOnTape stage, Integer rows) =>
        new(stage.At(mean.From), mean.FromStride, stage.At(mean.To), mean.ToStride, mean.Shape, rows, mean.Accumulate);

    /// <summary>A local for each region that a routine uses again and again.</summary>
    private static IEnumerable<Operation> Locals(IReadOnlyList<Binding> bindings) => bindings
        .Select(binding => binding.Buffer)
        .Where(buffer => buffer.Memory is Memory.Region or Memory.Gradients)
        .GroupBy(buffer => buffer.Memory == Memory.Gradients ? "" : buffer.Name)
        .Select(group => group.Key.Length == 0 ? new Bind(Places.AllGradients, Memory.Gradients) : new Bind(group.First().At(0), Memory.Region));

    private Operation Loop(PartPlan part, bool backward, IReadOnlyList<Operation> body) => part.Recurrent
        ? new ForEach("step", Steps, backward != part.Part.Reverse, body)
        : new ForSpans("row", "rows", All(part), Of(part).RowChunk, body);

    private IEnumerable<Operation> LoopLocals(PartPlan part, IReadOnlyList<Binding> bindings)
    {
        if (part.Recurrent)
            yield return new Let("row", (Step * Size) + First);
        if (bindings.Any(binding => binding.Moment == Moment.NextStep))
            yield return new Let("next", Row + Size);
        if (!bindings.Any(binding => binding.Moment is Moment.Before or Moment.After))
            yield break;
        yield return new Let("half", new Parity(part.Part.Reverse ? Steps - 1 - Step : Step) * Size);
        yield return new Let("before", Half + First);
        yield return new Let("after", Size - Half + First);
    }

    private static Integer RowsOf(PartPlan part) => part.Recurrent ? Count : Rows;

    private static Integer All(PartPlan part) => part.OncePerSequence ? Size : Steps * Size;

    /// <summary>A stage with its places on the tape.</summary>
    private sealed record StageOnTape(StagePlan Plan, StageTrainingPlan Training, StageBindings Bindings)
    {
        /// <summary>What pointers are bound to.</summary>
        public IEnumerable<Binding> Bound(IEnumerable<string> pointers) => pointers.Select(Bindings.Of);

        /// <summary>A pointer's rows of the current step.</summary>
        public Reference At(string pointer)
        {
            var binding = Bindings.Of(pointer);
            return binding.Buffer.At(binding.Moment switch
            {
                Moment.Step => Row,
                Moment.NextStep => Next,
                Moment.Before => Before,
                Moment.After => After,
                Moment.Sequence => First,
                _ => Integer.Zero,
            });
        }

        /// <summary>A pointer's rows of all steps.</summary>
        public Reference Whole(string pointer)
        {
            var binding = Bindings.Of(pointer);
            return binding.Buffer.At(binding.Moment == Moment.NextStep ? Size : Integer.Zero);
        }
    }
}
