using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Planning;

/// <summary>Gives every value of the training pass its region of the tape, and binds the kernels' pointers to them.</summary>
internal sealed class TapePlanner
{
    /// <summary>The pointers of an operation on rows to its output and to the gradient of that.</summary>
    public const string Output = "y";

    /// <summary>A window's scratch.</summary>
    public const string Order = "order";

    /// <summary>What the strides of values are that no layer has computed.</summary>
    public const string StrideSummary = "Floats from one row of values to the next.";

    private const int RowChunk = 64;

    /// <summary>Few enough rows for their gradients to stay in the second cache, and to keep the rounding of long sums small.</summary>
    private const int GradientChunk = 128;

    private const string EveryStep = "Steps";
    private const string OncePerSequence = "Batch";

    private readonly IReadOnlyList<PartPlan> _planned;
    private readonly SizeScope _sizes;
    private readonly NameScope _names = new(name => ShortNames.Find(name) is not null);
    private readonly List<RegionPlan> _regions = [];
    private readonly List<PartTape> _parts = [];
    private readonly Dictionary<(string Part, string State), (int Values, int Gradients)> _states = [];
    private readonly Dictionary<string, (Binding Value, Binding Gradient)> _values = [];

    private TapePlanner(NetworkSpec spec, IReadOnlyList<PartPlan> parts, SizeScope sizes)
    {
        (_planned, _sizes) = (parts, sizes);
        _values.Add(Part.NetworkInput, (
            Bind(PartInput.Multiplied, Region("input", EveryStep, NetworkPlan.FrameStrideOf(spec))),
            Bind(
                BackwardPlanner.InputGradients,
                spec.OneHot
                    ? Region("dInput", "One", Size.Of(0))
                    : Region("dInput", EveryStep, sizes.Of(Blocking.For(spec.InputSize, 1).PaddedUnits, StrideSummary, "dInput", "Stride")))));
    }

    /// <summary>Plans the tape; the transposed copies' regions are filled into the parts that come back.</summary>
    public static (TapePlan Plan, IReadOnlyList<PartPlan> Parts, IReadOnlyDictionary<(string Part, string State), (int Values, int Gradients)> States) Plan(
        NetworkSpec spec,
        IReadOnlyList<PartPlan> parts,
        IReadOnlyDictionary<string, LayerContext> contexts,
        IReadOnlyDictionary<string, IReadOnlyList<StageLayout>> layouts,
        SizeScope sizes)
    {
        var planner = new TapePlanner(spec, parts, sizes);
        var placed = parts.Select(part => part.Cell is null ? planner.Rows(part) : planner.Cell(part, contexts[part.Id], layouts[part.Id])).ToList();
        var (logits, logitGradients) = planner._values[parts[parts.Count - 1].Id];
        var plan = new TapePlan(
            planner._regions,
            planner._parts,
            sizes.Of(GradientChunk, "Rows whose weight gradients are summed at once.", "GradientRows"),
            InputRegion: 0,
            planner.Index(logits.Buffer.Name),
            logits.Moment == Moment.NextStep ? 1 : 0,
            planner.Index(logitGradients.Buffer.Name),
            InputGradientRegion: 1,
            placed.SelectMany(part => part.TapedStages).All(stage => stage.Stage.Diagonals.Count == 0));
        return (plan, placed, planner._states);
    }

    private PartPlan Rows(PartPlan part)
    {
        string every = part.OncePerSequence ? OncePerSequence : EveryStep;
        var value = Region($"{part.Name}.y", every, part.OutputStride);
        var gradient = Region($"{part.Name}.dy", every, part.GradientStride);
        List<Binding> bindings = [.. Inputs(part), Bind(Output, value), Bind(BackwardPlanner.OutputGradients, gradient), .. Past(part)];
        _parts.Add(new PartTape(part.Id, Size.Of(0), false, null, [new StageBindings(part.Id, bindings)]));
        _values.Add(part.Id, (Bind(PartInput.Multiplied, value), Bind(BackwardPlanner.InputGradients, gradient)));
        return part;
    }

    /// <summary>The frames that a window has from before the batch and leaves after it.</summary>
    private IEnumerable<Binding> Past(PartPlan part)
    {
        foreach (var state in part.States)
        {
            var stride = part.PastStride(state, _sizes);
            var values = Region($"{part.Name}.{state.Name}", "TwoBatches", stride);
            var gradients = Region($"{part.Name}.{Names.Gradient(state.Name)}", "TwoBatches", stride);
            _states.Add((part.Id, state.Name), (Index(values.Id), Index(gradients.Id)));
            yield return Bind(state.Name, values, Moment.Fixed);
            yield return Bind(Names.Gradient(state.Name), gradients, Moment.Fixed);
            yield return Bind(Order, Region($"{part.Name}.{Order}", EveryStep, Size.Of(1)), Moment.Fixed);
        }
    }

    /// <summary>What a part reads and the gradients that it passes back, under the names that its kernels have for them.</summary>
    private IEnumerable<Binding> Inputs(PartPlan part)
    {
        foreach (var input in part.Part.Inputs)
        {
            var (value, gradient) = _values[input.Source];
            yield return value with { Pointer = input.Name };
            yield return gradient with { Pointer = Names.Gradient(input.Name) };
        }
    }

    private PartPlan Cell(PartPlan part, LayerContext context, IReadOnlyList<StageLayout> layouts)
    {
        string every = part.OncePerSequence ? OncePerSequence : EveryStep;
        var shared = Inputs(part).ToList();
        var noise = Noise(part, context);
        if (noise is not null)
            shared.Add(noise.Place);
        foreach (var state in context.Cell.States)
            shared.AddRange(State(part, context, state));
        foreach (string variable in Enumerable.Range(0, part.TapedStages.Count).SelectMany(context.Stored).Where(variable => !context.IsState(variable)))
            shared.Add(Bind(variable, Region($"{part.Name}.{variable}", every, context.StrideOf(variable))));
        foreach (var stage in part.TapedStages)
            foreach (string variable in stage.Stage.Computed.Where(context.UsedAfter))
            {
                string gradients = BackwardPlanner.LaterGradient(variable);
                shared.Add(Bind(gradients, Region($"{part.Name}.{Names.Plain(gradients)}", every, context.GradientStrideOf(variable, stage.Stage.Units))));
            }

        var gradient = Region($"{part.Name}.dy", every, part.GradientStride);
        shared.Add(Bind(BackwardPlanner.OutputGradients, gradient));

        var stages = new List<StageBindings>();
        var placed = new List<StagePlan>();
        for (int index = 0; index < part.TapedStages.Count; index++)
        {
            var stage = part.TapedStages[index];
            stages.Add(new StageBindings(stage.Id, [.. shared, .. OfStage(part, stage, index, layouts[index], every)]));
            placed.Add(stage with { Training = Transposed(part, stage, index, stage.Training!) });
        }

        _parts.Add(new PartTape(part.Id, part.Recurrent ? Size.Of(0) : _sizes.Of(RowChunk, "Rows that a stateless layer processes at once.", "LayerRows"), context.AccumulatesInput && !context.Gathers && !IsReadAgain(part), noise, stages));
        _values.Add(part.Id, (
            shared.First(binding => binding.Pointer == context.Cell.Output) with { Pointer = PartInput.Multiplied },
            Bind(BackwardPlanner.InputGradients, gradient)));
        return part.NoisyStages is null ? part with { Stages = placed } : part with { NoisyStages = placed };
    }

    /// <summary>The vector that no part computes. A recurrent part's is the same at each step of a sequence.</summary>
    private NoisePlan? Noise(PartPlan part, LayerContext context)
    {
        if (context.Cell.Aligned.FirstOrDefault(name => part.Part.Inputs.All(input => input.Name != name)) is not { } name)
            return null;
        bool perStep = !part.Recurrent && !part.OncePerSequence;
        var region = Region($"{part.Name}.{name}", perStep ? EveryStep : OncePerSequence, context.StrideOf(name));
        var place = Bind(name, region, part.Recurrent ? Moment.Sequence : Moment.Step);
        return new NoisePlan(place, part.TapedStages[0].Product.Sizes.Units, part.Part.NoiseRate, _planned.ToList().IndexOf(part), perStep);
    }

    /// <summary>Whether a part that comes later, and so earlier in the backward pass, has left a gradient where this one adds its own.</summary>
    private bool IsReadAgain(PartPlan part) => NetworkGraph.IsReadAfter(_planned.Select(planned => planned.Part), part.Id, part.Part.Inputs[0].Source);

    private IEnumerable<Binding> State(PartPlan part, LayerContext context, CellState state)
    {
        var stride = context.StrideOf(state.Previous);
        var gradientStride = context.GradientStrideOf(state.Name, state.Size);
        var values = Region($"{part.Name}.{state.Name}", "StepsAndInitial", stride);
        var gradients = Region($"{part.Name}.{Names.Gradient(state.Name)}", "TwoBatches", gradientStride);
        _states.Add((part.Id, state.Name), (Index(values.Id), Index(gradients.Id)));
        var (next, prev) = BackwardPlanner.StateGradients(state.Name);
        return
        [
            Bind(state.Previous, values, part.Part.Reverse ? Moment.NextStep : Moment.Step),
            Bind(state.Name, values, part.Part.Reverse ? Moment.Step : Moment.NextStep),
            Bind(next, gradients, Moment.After),
            Bind(prev, gradients, Moment.Before),
        ];
    }

    private IEnumerable<Binding> OfStage(PartPlan part, StagePlan stage, int index, StageLayout layout, string every)
    {
        string name = index == 0 ? part.Name : $"{part.Name}.stage{Names.Number(index + 1)}";
        var width = stage.Product.OutputRowStride;
        if (stage.HasProduct)
        {
            // The gradients take the place of the pre-activations, which nothing reads in the backward pass.
            var pre = Region(name + ".pre", every, width);
            yield return Bind(StagePlanner.PreActivations, pre);
            yield return Bind(BackwardPlanner.PreActivationGradients, pre);
            if (stage.Biases.Count > 0)
                yield return Bind(StagePlanner.Biases, Region(name + ".biases", "One", stage.Product.Sizes.AllPanels), Moment.Fixed);
        }

        foreach (var mean in stage.Means)
            foreach (string pointer in mean.Shape.IsMaximum ? [mean.To] : new[] { mean.To, Names.Gradient(mean.To) })
                yield return part.Recurrent
                    ? Bind(pointer, Region($"{part.Name}.{pointer}", OncePerSequence, mean.ToStride), Moment.Sequence)
                    : Bind(pointer, Region($"{part.Name}.{pointer}", every, mean.ToStride));
        if (stage.Training!.Kept.Count > 0)
            yield return Bind(StagePlanner.Kept, Region(name + ".kept", every, layout.Tape(stage.Training.Kept.Count).Stride));
        foreach (var diagonal in layout.Diagonals)
        {
            yield return new Binding(diagonal.Key, diagonal.Value, Moment.Fixed);
            yield return new Binding(Names.Gradient(diagonal.Key), diagonal.Value with { Memory = Memory.Gradients }, Moment.Fixed);
        }
    }

    private StageTrainingPlan Transposed(PartPlan part, StagePlan stage, int index, StageTrainingPlan training) => training with
    {
        StepGradients = training.StepGradients.Select(product => Transposed(part, stage, index, product)).ToList(),
        InputGradients = training.InputGradients.Select(product => Transposed(part, stage, index, product)).ToList(),
    };

    private TransposedProduct Transposed(PartPlan part, StagePlan stage, int index, TransposedProduct product) => product with
    {
        Region = Index(Region(
            $"{part.Name}.{(index == 0 ? "" : $"stage{Names.Number(index + 1)}")}{TransposedName(stage, index, product)}Weights",
            "One",
            product.Product.Panel.Blocks.Times(product.Product.Panel.BlockStride)).Id),
    };

    private static string TransposedName(StagePlan stage, int index, TransposedProduct product)
    {
        string name = product.Product.Id.Substring(stage.Id.Length);
        return index == 0 ? Names.Camel(name) : name;
    }

    private RegionPlan Region(string name, string rows, Size stride)
    {
        var plan = new RegionPlan(name, _names.Take(name), rows, stride);
        _regions.Add(plan);
        return plan;
    }

    private int Index(string id) => _regions.FindIndex(region => region.Id == id);

    private static Binding Bind(string pointer, RegionPlan region, Moment moment = Moment.Step) => new(pointer, region.Buffer, moment);
}
