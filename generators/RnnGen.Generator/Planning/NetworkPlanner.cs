using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning.Loops;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>Plans a whole network: its parts in order, where their weights and states lie, and each target's tiles.</summary>
internal sealed class NetworkPlanner
{
    private readonly NetworkSpec _spec;
    private readonly LayerCatalogue _catalogue;
    private readonly IReadOnlyList<Part> _graph;
    private readonly Dictionary<string, LayerContext> _contexts = [];
    private readonly Dictionary<string, IReadOnlyList<StageLayout>> _layouts = [];
    private readonly Dictionary<string, LayerContext> _tapedContexts = [];
    private readonly Dictionary<string, IReadOnlyList<StageLayout>> _tapedLayouts = [];
    private readonly Dictionary<(string Part, string Parameter, int Gate), GatePlan> _idleGates = [];
    private readonly List<PartPlan> _parts = [];
    private readonly NameScope _weightNames = new(name => ShortNames.Find(name) is not null);
    private readonly NameScope _sizeNames = new(name => ShortNames.Find(name) is not null);
    private readonly SizeScope _sizes;
    private int _weights;

    private NetworkPlanner(NetworkSpec spec, LayerCatalogue catalogue) 
    {
        (_spec, _catalogue, _graph) = (spec, catalogue, NetworkGraph.Of(spec, catalogue));
        _sizes = new SizeScope(_sizeNames);
    }

    public static NetworkPlan Plan(NetworkSpec spec, LayerCatalogue catalogue) => new NetworkPlanner(spec, catalogue).Plan();

    private NetworkPlan Plan()
    {
        foreach (var part in _graph)
            _parts.Add(part.Cell is null ? RowPart(part) : CellPart(part));
        IReadOnlyList<PartPlan> parts = _parts;
        TapePlan? tape = null;
        IReadOnlyDictionary<(string, string), (int Values, int Gradients)> regions = new Dictionary<(string, string), (int, int)>();
        if (_spec.Training)
            (tape, parts, regions) = TapePlanner.Plan(_spec, _parts, _tapedContexts, _tapedLayouts, _sizes);
        parts = ReducedPlanner.Reduce(_spec.Precision, parts, part => _contexts[part.Id].Sizes);
        if (_spec.FastActivations)
            parts = FastActivationPlanner.Shorten(parts);
        var parameters = parts.Where(part => part.Cell is not null).SelectMany(Parameters).ToList();
        var states = StatePlanner.Of(_parts, _contexts, _sizes, regions, Learned);
        var last = parts[parts.Count - 1];
        var outputs = OutputPlan.Of(_spec, _catalogue, last);
        bool steppable = parts.All(part => !part.Part.LooksAhead);
        var kernels = KernelPlanner.All(_spec.Training, parts);
        var targets = Target.All
            .Select(target => target with { Deterministic = _spec.Deterministic })
            .Select(target => TargetPlanner.Plan(
                target, kernels, parts, _weights, tiles => steppable ? StepPlanner.Plan(parts, tiles, states, _contexts, _layouts) : null))
            .ToList();
        var sizes = new NetworkSizes(
            states.Sum(state => state.Size),
            parameters.Sum(parameter => parameter.Gates.Count * parameter.Units * parameter.Columns),
            _weights,
            _sizes.Of(
                StepPlanner.StateLength(states) + targets.Max(target => target.Step?.ScratchLength ?? 0), "Floats from one stream's state to the next.", "StateStride"),
            parts.Sum(part => part.MultiplyAdds))
        {
            ReducedWeights = ReducedPlanner.Length(parts),
        };
        var run = RunPlanner.Plan(NetworkPlan.FrameStrideOf(_spec), parts, _contexts, _layouts, states, _sizes);
        var plan = new NetworkPlan(
            _spec,
            last.OutputSize,
            last.OncePerSequence,
            outputs.Count == 1 ? outputs[0].Activation : NetworkGraph.Identity,
            parameters,
            states,
            parts,
            [.. parts.Where(part => part.Cell is not null && part.OwnsKernels).SelectMany(Constants), .. _sizes.Constants],
            sizes,
            run,
            tape,
            targets)
        {
            Architecture = ArchitectureWriter.OfInference(_spec, _catalogue, _graph),
            TrainingArchitecture = ArchitectureWriter.OfTraining(_spec, _catalogue, _graph),
            Kernels = kernels,
            Outputs = outputs,
        };
        return plan with
        {
            Program = NetworkProgram.Plan(plan),
            Targets = targets.Select(target => target.Step is { } step ? target with { Stream = StreamLoops.Plan(plan, target, step) } : target).ToList(),
        };
    }

    /// <summary>A value's size, and floats a row of it and of its gradient. Frames come as the user gives them, without padding.</summary>
    private (Size Size, Size Stride, Size GradientStride) Value(string source)
    {
        if (source == Part.NetworkInput)
            return (NetworkPlan.InputsOf(_spec), NetworkPlan.FrameStrideOf(_spec), Size.Of(Blocking.For(_spec.InputSize, 1).PaddedUnits));
        var part = _parts.First(candidate => candidate.Id == source);
        return (part.Outputs, part.OutputStride, part.GradientStride);
    }

    private bool IsReadAgain(Part part, string source) => NetworkGraph.IsReadAfter(_graph, part.Id, source);

    /// <summary>Whether someone has left a gradient of what a part reads before the part leaves its own, be it the part itself: it may read a value twice.</summary>
    private bool Accumulates(Part part, PartInput input) =>
        IsReadAgain(part, input.Source) || part.Inputs.TakeWhile(earlier => earlier != input).Any(earlier => earlier.Source == input.Source);

    private PartPlan RowPart(Part part)
    {
        var columns = new List<ColumnsPlan>();
        int offset = 0;
        foreach (var input in part.Inputs)
        {
            var size = Value(input.Source).Size;
            bool isWhole = size <= part.Size - offset;
            var taken = isWhole ? size : _sizes.Of(part.Size - offset, $"{part.Name}: columns taken from an input.", part.Id, input.Name, "Columns");
            columns.Add(new ColumnsPlan(
                input.Name, taken, offset == 0 ? Size.Of(0) : _sizes.Of(offset, $"{part.Name}: where an input's columns go in the output.", part.Id, input.Name, "Start"),
                Accumulates(part, input), isWhole));
            offset += taken;
        }

        var (inputs, inputStride, _) = Value(part.Inputs[0].Source);
        int stride = Math.Max(
            part.IsReadByProducts ? Blocking.MaxPadded(part.Size) : Blocking.Elementwise(part.Size).PaddedUnits, part.Role == PartRole.LastStep ? inputStride : 0);
        return new PartPlan(
            part,
            inputs,
            inputStride,
            part.OutputSize == inputs ? inputs : _sizes.Of(part.OutputSize, $"{part.Name}: output features.", part.Id, "Outputs"),
            _sizes.Of(stride, TapePlanner.StrideSummary, part.Id, TapePlanner.Output, "Stride"),
            _sizes.Of(GradientStride(part, stride), TapePlanner.StrideSummary, part.Id, BackwardPlanner.OutputGradients, "Stride"),
            columns,
            [])
        {
            Window = part.Role is PartRole.Window or PartRole.Surroundings ? Window(part, inputs) : null,
        };
    }

    private Window Window(Part part, Size frame)
    {
        string summary = $"{part.Name}: frames per window, and the distance between them in steps.";
        return new(frame, _sizes.Of(part.Taps, summary, part.Id, "Taps"), _sizes.Of(part.Dilation, summary, part.Id, "Dilation"), part.ResetsMasked)
        {
            Before = part.Before == 0 ? Size.Of(0) : _sizes.Of(part.Before, $"{part.Name}: steps from its oldest frame to the current step.", part.Id, "Before"),
        };
    }

    /// <summary>Floats a row of the gradient of a part's output: the product that computes it may pad more than the part pads its values.</summary>
    private static int GradientStride(Part part, int stride) => Math.Max(stride, Blocking.For(part.OutputSize, 1).PaddedUnits);

    /// <summary>A part with kernels of its own, or with those of an earlier part that computes the same on rows of the same shape.</summary>
    private PartPlan CellPart(Part part)
    {
        var context = Context(part);
        if (Twin(part, context) is { } twin)
            return Shared(part, twin);
        int first = _weights;
        var layouts = Layouts(part.Id, context);
        var stride = context.StrideOf(part.Cell!.Output);
        var plan = new PartPlan(
            part, context.Inputs, context.InputStride, context.UnitsOf(part.Cell.Output), stride,
            context.Stride(GradientStride(part, stride), context.Id, BackwardPlanner.OutputGradients), [], []);
        if (part.TapedCell is null)
            return plan with { Stages = Stages(context, layouts, plan, _spec.Training) };
        var taped = Context(part with { Cell = part.TapedCell, KernelTail = "Noisy" });
        _tapedContexts[part.Id] = taped;
        _tapedLayouts[part.Id] = StageLayouts(part.Id, taped, first);
        return plan with
        {
            Stages = Stages(context, layouts, plan, training: false),
            NoisyStages = Stages(taped, _tapedLayouts[part.Id], plan, training: true),
        };
    }

    /// <summary>The part whose kernels serve another one as well: the first direction of a layer, or an equal layer.</summary>
    private PartPlan? Twin(Part part, LayerContext context)
    {
        if (part.KernelsOf is { } first)
        {
            var direction = _parts.First(candidate => candidate.Id == first);
            return direction.OwnsKernels ? direction : _parts.First(candidate => candidate.Id == direction.Part.KernelsOf);
        }

        return _parts.FirstOrDefault(candidate => candidate.Part.Cell is not null && candidate.OwnsKernels && candidate.Part.HasKernelsOf(part)
            && _contexts[candidate.Id].HasShapeOf(context) && InputGradientStride(candidate.Part) == InputGradientStride(part));
    }

    private int InputGradientStride(Part part) => Value(part.Inputs[0].Source).GradientStride;

    private LayerContext Context(Part part)
    {
        return new LayerContext(part, Value(part.Inputs[0].Source).Stride, Aligned(part), IsReadAgain(part, part.Inputs[0].Source), _weightNames, _sizeNames)
        {
            Gathers = _spec.OneHot && part.Inputs[0].Source == Part.NetworkInput,
        };
    }

    private List<StagePlan> Stages(LayerContext context, IReadOnlyList<StageLayout> layouts, PartPlan part, bool training)
    {
        var plans = training ? new BackwardPlanner(context, layouts).Plan(part.GradientStride, InputGradientStride(part.Part)) : null;
        return layouts.Select((layout, stage) => new StagePlanner(context, stage, layout).Plan(plans?[stage])).ToList();
    }

    private Dictionary<string, AlignedValue> Aligned(Part part)
    {
        var values = part.Inputs.Where(input => part.Cell!.Aligned.Contains(input.Name)).ToDictionary(
            input => input.Name,
            input => new AlignedValue(Value(input.Source).Stride, Value(input.Source).GradientStride, Accumulates(part, input)));
        foreach (string noise in part.Cell!.Aligned.Where(name => !values.ContainsKey(name)))
            values.Add(noise, new AlignedValue(0, 0, false));
        return values;
    }

    /// <summary>The kernels of another part, and weights of its own.</summary>
    private PartPlan Shared(Part part, PartPlan owner)
    {
        int weights = _weights;
        var layouts = Layouts(part.Id, _contexts[owner.Id]);
        var plan = owner with { Part = part with { KernelsOf = owner.Id }, Stages = Moved(part, owner.Stages, layouts) };
        if (owner.NoisyStages is not { } noisy)
            return plan;
        _tapedContexts[part.Id] = _tapedContexts[owner.Id];
        _tapedLayouts[part.Id] = StageLayouts(part.Id, _tapedContexts[owner.Id], weights);
        return plan with { NoisyStages = Moved(part, noisy, _tapedLayouts[part.Id]) };
    }

    private static List<StagePlan> Moved(Part part, IReadOnlyList<StagePlan> stages, IReadOnlyList<StageLayout> layouts) => stages
        .Select((stage, index) => stage with { Weights = layouts[index].Weights(LayerContext.StageId(part.Id, index)) })
        .ToList();

    private List<StageLayout> Layouts(string part, LayerContext context)
    {
        var layouts = StageLayouts(part, context, _weights);
        _weights += layouts.Sum(layout => layout.Length);
        (_contexts[part], _layouts[part]) = (context, layouts);
        (_tapedContexts[part], _tapedLayouts[part]) = (context, layouts);
        PlaceIdleGates(part, context, layouts);
        return layouts;
    }

    private static List<StageLayout> StageLayouts(string part, LayerContext context, int offset)
    {
        var layouts = new List<StageLayout>();
        for (int stage = 0; stage < context.Cell.Stages.Count; stage++)
        {
            layouts.Add(new StageLayout(part, context, stage, offset, layouts));
            offset += layouts[stage].Length;
        }

        return layouts;
    }

    /// <summary>
    /// Gates that no stage uses keep their rows in files (a coupled forget gate's), and so do learned states, which are no part of a step: they lie after the
    /// part's weights, where no kernel looks.
    /// </summary>
    private void PlaceIdleGates(string part, LayerContext context, IReadOnlyList<StageLayout> layouts)
    {
        foreach (var parameter in context.Cell.Parameters)
            for (int gate = 0; gate < parameter.Gates; gate++)
                if (layouts.All(layout => layout.Find(parameter.Name, gate) is null))
                {
                    var blocking = context.BlockingFor(parameter.Units);
                    int columns = Math.Max(1, parameter.Columns == CellGraphBuilder.InputColumns ? context.InputSize : parameter.Columns);
                    _idleGates.Add((part, parameter.Name, gate), new GatePlan(_weights, columns * blocking.BlockUnits, blocking.BlockUnits));
                    _weights += Blocking.ToLine(columns * blocking.PaddedUnits);
                }
    }

    private GatePlan Gate(string part, string parameter, int gate) =>
        _layouts[part].Select(layout => layout.Find(parameter, gate)).FirstOrDefault(place => place is not null) ?? _idleGates[(part, parameter, gate)];

    private RowBuffer? Learned(PartPlan part, string state)
    {
        string parameter = CellState.LearnedOf(state);
        return part.Cell?.Parameters.Any(candidate => candidate.Name == parameter) == true
            ? new RowBuffer(_weightNames.Take(part.Id, "learned", state), Memory.Weights, Gate(part.Id, parameter, 0).Offset, 0)
            : null;
    }

    private IEnumerable<ParameterPlan> Parameters(PartPlan part) =>
        ParameterPlanner.Of(part, _contexts[part.Id], (parameter, gate) => Gate(part.Id, parameter, gate));

    private IEnumerable<ConstantPlan> Constants(PartPlan part) =>
        part.NoisyStages is null ? _contexts[part.Id].Sizes.Constants : _contexts[part.Id].Sizes.Constants.Concat(_tapedContexts[part.Id].Sizes.Constants);
}
