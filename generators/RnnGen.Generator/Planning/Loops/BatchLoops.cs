using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning.Loops;

/// <summary>
/// A batch of sequences: groups of sequences, and of each group some steps at once, so that what waits for no earlier step (the products of inputs, layers
/// without state) is computed for all of those together.
/// </summary>
internal sealed class BatchLoops(NetworkPlan network)
{
    private const string EachRow = "all";

    private static readonly Integer Steps = new HostValue(HostQuantity.BatchSteps);
    private static readonly Integer Size = new HostValue(HostQuantity.BatchSize);
    private static readonly Local First = new("first"), Rows = new("rows"), Step = new("step"), Count = new("count"), Row = new("row"), All = new(EachRow),
        Half = new("half"), Last = new("last"), Before = new("before"), At = new("at"), StepsOfChunk = new("most");

    private static readonly Reference Mask = new(new RowBuffer("", Memory.MaskAtHand, 0, 1), 0);

    private readonly RunPlan _run = network.Run;

    /// <summary>The routines: a pass over the steps has one of its own where there are several.</summary>
    public static IReadOnlyList<Routine> Plan(NetworkPlan network) => new BatchLoops(network).Plan();

    private RoutineParameter[] Given => network.IsReduced ? [RoutineParameter.Weights, RoutineParameter.Reduced] : [RoutineParameter.Weights];

    private List<Routine> Plan()
    {
        bool several = _run.Passes.Count > 1;
        var passes = !several ? [] : _run.Passes.Select((pass, index) => new Routine(
            "RunPass" + Names.Number(index + 1),
            $"Runs {string.Join(", ", pass.Parts.Select(part => Of(part).Name))} over the steps of a group, starting at the {(pass.Reverse ? "last" : "first")} one.",
            [.. Given, RoutineParameter.Batch, RoutineParameter.First, RoutineParameter.Rows],
            [.. Memories(), Most(), .. Kept(), .. Pass(pass)])
        {
            IsOptimized = true,
        }).ToList();
        var run = new Routine(
            "Run",
            "Runs a batch of sequences from the given states, or from the initial states if none are given.",
            [.. Given, RoutineParameter.Batch],
            [
                .. Memories(),
                .. Biases(),
                new Remark($"{_run.Rows.Text} at a time: that many sequences, or several steps of fewer."),
                .. several ? [] : new[] { Most() },
                new ForChunks("first", "rows", new HostValue(HostQuantity.BatchFirst), new HostValue(HostQuantity.BatchEnd), _run.Rows, Reverse: false,
                [
                    .. several ? [] : Kept(),
                    .. several ? passes.Select(pass => (Operation)new CallRoutine(pass)) : _run.Passes.SelectMany(Pass),
                    .. network.ManyToOne ? new[] { Answer() } : [],
                ]),
            ])
        {
            IsEntry = true,
            IsOptimized = true,
        };
        return several ? [run, .. passes] : [run];
    }

    /// <summary>Locals of the thread's scratch.</summary>
    private IEnumerable<Operation> Memories()
    {
        yield return new Bind(new(new RowBuffer("", Memory.BatchScratch, 0, 0), 0), Memory.Scratch);
        if (_run.SequenceLength > 0)
            yield return new Bind(new RowBuffer("KeptForAllSteps", Memory.Scratch, _run.ScratchLength, 0).At(0), Memory.Sequences);
    }

    private Let Most() => new("most", new StepsAtOnce(_run.Rows));

    private IEnumerable<Operation> Kept() =>
        _run.SequenceLength > 0 ? [new Let("kept", Steps * Rows, "Rows kept of each value that a later pass reads.")] : [];

    /// <summary>Once per sequence, and not before its end: where it is run in pieces, only the last of them is asked.</summary>
    private When Answer() => new(
        Condition.WantsOutputs,
        [.. _run.Ending.SelectMany(part => Part(part, Rows, reverse: false)), .. Write(First, null, Rows)]);

    private IEnumerable<Operation> Biases() =>
        from run in _run.Passes.SelectMany(pass => pass.Parts).Concat(_run.Ending)
        where Of(run).Cell is not null
        from bindings in run.Stages
        let stage = StageOf(run, bindings)
        where stage is { Biases.Count: > 0, Reduced: null }
        from operation in Places.SumBiases(stage, Place(bindings.Of(StagePlanner.Biases), each: true))
        select operation;

    /// <summary>Copies the states of a group's streams into the rows that the first step reads, or out of those that the last step wrote.</summary>
    private IEnumerable<Operation> States(RunPass pass, bool load)
    {
        foreach (var (state, binding) in network.States.Zip(_run.States, (state, binding) => (state, binding)))
        {
            if (pass.Parts.All(part => part.PartId != state.Part))
                continue;
            var rows = binding.Buffer.At(binding.Moment == Moment.Fixed ? Integer.Zero : Last);
            if (load)
                yield return state.Learned is { } first
                    ? new FillRows(first.At(0), rows, binding.Stride, state.Size, Rows)
                    : new ClearRows(rows, binding.Stride, Rows);
            var stream = network.Sizes.PackedState;
            yield return new MoveStates(
                new RowBuffer("", Memory.BatchStates, 0, stream).At(0), (First * stream) + new NamedOffset(Memory.BatchStates, binding.Buffer.Name, state.Offset), stream, rows, binding.Stride, state.Size, Rows, load);
        }
    }

    private IEnumerable<Operation> Pass(RunPass pass)
    {
        bool recurrent = pass.Parts.Any(part => Of(part).Recurrent);
        if (recurrent)
        {
            yield return new Let("half", 0, "Where the current steps go in the rows of states.");
            yield return new Let("last", _run.Rows, "Where the last step's states are in them.");
        }

        foreach (var operation in States(pass, load: true))
            yield return operation;
        foreach (var output in pass.Parts.Where(run => Of(run).Part.Role == PartRole.LastStep).Select(run => run.Stages[0].Of(TapePlanner.Output)))
            yield return new ClearRows(Place(output, each: true), output.Stride, Rows);
        yield return new ForChunks("step", "count", 0, Steps, StepsOfChunk, pass.Reverse, EachChunk(pass, recurrent).ToList());
        foreach (var operation in States(pass, load: false))
            yield return operation;
    }

    private IEnumerable<Operation> EachChunk(RunPass pass, bool recurrent)
    {
        yield return new Let("row", (Step * Size) + First);
        yield return new Let(EachRow, Count * Rows);
        yield return new Bind(new(new RowBuffer("", Memory.Mask, 0, 1), Row), Memory.MaskAtHand);
        foreach (var operation in pass.Parts.SelectMany(part => Part(part, All, pass.Reverse)))
            yield return operation;
        foreach (var operation in pass.WritesOutputs ? Write(Row, Mask, All) : [])
            yield return operation;
        if (!recurrent)
            yield break;
        yield return new Assign("last", pass.Reverse ? Half : Half + All - Rows);
        yield return new Assign("half", _run.Rows - Half);
    }

    private IEnumerable<Operation> Write(Integer row, Reference? mask, Integer rows) => network.Heads.Select(head => new WriteOutputs(
        head.Activation, Place(_run.Logits, each: true).Further(head.Offset), _run.Logits.Stride,
        new RowBuffer("", Memory.BatchOutputs, 0, network.OutputStride).At(row).Further(head.Offset), network.OutputStride, mask, network.Values(head), rows));

    private PartPlan Of(PartRun run) => network.Parts.First(part => part.Id == run.PartId);

    private StagePlan StageOf(PartRun run, StageBindings bindings) => Of(run).Stages.First(stage => stage.Id == bindings.StageId);

    private IEnumerable<Operation> Part(PartRun run, Integer count, bool reverse)
    {
        var part = Of(run);
        if (part.Cell is not null)
            foreach (var operation in part.Recurrent ? Recurrent(run, count, reverse) : run.Stages.SelectMany(AllAtOnce))
                yield return operation;
        else if (part.Part.Role is PartRole.LastStep or PartRole.Window)
            yield return new ForEach("turn", Count, reverse, [new Let("at", new Local("turn") * Rows), InOrder(part, run.Stages[0])]);
        else if (part.Part.Role == PartRole.Surroundings)
            yield return Surroundings(part, run.Stages[0]);
        else
            foreach (var columns in part.Columns)
                yield return Columns(columns, run.Stages[0], count);
        if (run.Keeps is { } keeps)
            yield return new MoveColumns(
                Place(keeps.From, each: true), keeps.From.Stride, Place(keeps.To, each: true), keeps.To.Stride, keeps.From.Stride, count, Add: false);

        IEnumerable<Operation> AllAtOnce(StageBindings bindings) => Stage(StageOf(run, bindings), bindings, each: true, count, _ => true);
    }

    private IEnumerable<Operation> Recurrent(PartRun run, Integer count, bool reverse)
    {
        foreach (var bindings in run.Stages)
        {
            var stage = StageOf(run, bindings);
            foreach (var product in stage.Rows.Where(product => product.IsOfInput && stage.Reduced is null))
                yield return Call(stage, product, bindings, each: true, count);
        }

        yield return new ForEach("turn", Count, reverse,
        [
            new Let("at", new Local("turn") * Rows),
            .. run.Stages.SelectMany(bindings => Stage(StageOf(run, bindings), bindings, each: false, Rows, product => !product.IsOfInput)),
            new Assign("before", Half + At),
        ])
        {
            Carried = new Let("before", Last),
        };
    }

    private static IEnumerable<Operation> Stage(StagePlan stage, StageBindings bindings, bool each, Integer rows, Func<RowProduct, bool> which)
    {
        foreach (var mean in stage.Means)
            yield return new AverageRows(
                Place(bindings.Of(mean.From), each), mean.FromStride, Place(bindings.Of(mean.To), each), mean.ToStride, mean.Shape, rows, mean.Accumulate);
        if (stage.Reduced is { } reduced)
            yield return Call(stage, reduced, bindings, each, rows);
        foreach (var product in stage.Rows.Where(product => stage.Reduced is null && which(product)))
            yield return Call(stage, product, bindings, each, rows);
        yield return Call(stage, stage.CellRows, bindings, each, rows);
    }

    private static CallKernel Call(StagePlan stage, Kernel kernel, StageBindings bindings, bool each, Integer rows) => Places.Call(
        kernel,
        parameter => parameter.Kind switch
        {
            ParameterKind.Weights when kernel is ReducedProduct reduced => reduced.Weights.At(0),
            ParameterKind.Weights when kernel is RowProduct product => stage.Weights.Of(product.Source.Pointer, product.Panel.Offset),
            ParameterKind.Mask => each ? Mask : Mask.Further(At),
            _ => Place(bindings.Of(parameter.Name), each),
        },
        rows);

    /// <summary>Operations on rows that must see the steps in order.</summary>
    private static Operation InOrder(PartPlan part, StageBindings bindings)
    {
        var mask = Mask.Further(At);
        var (input, output) = (bindings.Of(PartInput.Multiplied), bindings.Of(TapePlanner.Output));
        var (from, to) = (Place(input, each: false), Place(output, each: false));
        if (part.Part.Role == PartRole.LastStep)
            return new KeepLast(mask, from, input.Stride, to, output.Stride, part.Outputs, Rows);
        var past = bindings.Of(Graph.Part.Past);
        return new StepWindows(mask, from, input.Stride, Place(past, each: false), past.Stride, to, output.Stride, part.Window!, Rows);
    }

    /// <summary>The windows of the current steps, from the frames of all steps.</summary>
    private static FillSurroundings Surroundings(PartPlan part, StageBindings bindings)
    {
        var (input, output) = (bindings.Of(PartInput.Multiplied), bindings.Of(TapePlanner.Output));
        bool ofBatch = input.Buffer.Memory == Memory.Frames;
        return new FillSurroundings(
            new Surroundings(part.Window!, input.Stride, output.Stride), new RowBuffer("", Memory.Mask, 0, 1).At(First), Size, Steps,
            input.Buffer.At(ofBatch ? First : Integer.Zero), ofBatch ? Size : Rows, Place(output, each: true), Step, Count, Rows);
    }

    private static MoveColumns Columns(ColumnsPlan columns, StageBindings bindings, Integer count)
    {
        var (input, output) = (bindings.Of(columns.Name), bindings.Of(TapePlanner.Output));
        return new MoveColumns(
            Place(input, each: true), input.Stride, Place(output, each: true).Further(columns.Offset), output.Stride, columns.Size, count, Add: false);
    }

    /// <summary>The rows of all steps at hand, or of one of them.</summary>
    private static Reference Place(Binding binding, bool each)
    {
        Integer at = each ? Integer.Zero : At;
        return binding.Buffer.At(binding switch
        {
            { Buffer.Memory: Memory.Frames } => Row + at,
            { Buffer.Memory: Memory.Sequences } => (Step * Rows) + at,
            { Moment: Moment.Before } => Before,
            { Moment: Moment.After } => Half + at,
            { Moment: Moment.Step } => at,
            _ => Integer.Zero,
        });
    }
}
