using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Plans the backward pass of a layer's stages, the last one first: the derivatives of a stage's equations, then the products that carry its gradients on.
/// </summary>
internal sealed class BackwardPlanner(LayerContext layer, IReadOnlyList<StageLayout> layouts)
{
    public const string PreActivationGradients = Names.Own + "dPre";
    public const string OutputGradients = Names.Own + "dy";
    public const string InputGradients = Names.Own + "dx";

    private readonly TransposePlanner _transposes = new(layer, layouts);
    private readonly HashSet<string> _written = [];

    /// <summary>The gradient of a state as the next step passes it back, and as this step passes it on.</summary>
    public static (string Next, string Prev) StateGradients(string state) => (Own(state, "Next"), Own(state, "Prev"));

    /// <summary>The gradient that a value receives from later stages.</summary>
    public static string LaterGradient(string variable) => Own(variable, "Later");

    private static string Own(string variable, string what) => Names.Own + Names.Gradient(variable) + what;

    /// <param name="outputGradientStride">Floats a row of the gradient of the layer's output.</param>
    /// <param name="inputGradientStride">Floats a row of the gradient of its input.</param>
    public IReadOnlyList<StageTrainingPlan> Plan(int outputGradientStride, int inputGradientStride)
    {
        var (output, input) = (layer.Stride(outputGradientStride, layer.Id, OutputGradients), layer.Stride(inputGradientStride, layer.Id, InputGradients));
        var plans = new List<StageTrainingPlan>();
        for (int index = layouts.Count - 1; index >= 0; index--)
            plans.Insert(0, Plan(index, output, input));
        return plans;
    }

    private StageTrainingPlan Plan(int index, Size outputGradientStride, Size inputGradientStride)
    {
        var layout = layouts[index];
        var planner = new StagePlanner(layer, index, layout);
        var received = Received(index, outputGradientStride).ToList();
        var gradient = Gradient.Of(layout.Stage.Equations, Seeds(received));
        var equations = Lowering.Lower(gradient.Equations);
        var stores = Stores(index, gradient);
        var means = layout.Stage.Means.Where(mean => !mean.IsMaximum && layout.IsTrained(mean.Source)).Select(mean => MeanGradient(layout, mean)).ToList();
        var used = new HashSet<string>(equations.SelectMany(equation => equation.Value.Variables).Concat(stores.SelectMany(store => store.Value.Variables)));
        used.ExceptWith(equations.Select(equation => equation.Name));
        var stored = new HashSet<string>(layer.Stored(index));
        var kept = layout.Stage.Accumulators.Select(accumulator => accumulator.Name)
            .Concat(layout.Stage.Means.Select(mean => mean.Name))
            .Concat(layout.Stage.Computed)
            .Where(variable => used.Contains(variable) && !stored.Contains(variable)).ToList();
        var taped = kept.Count == 0 && !layer.IsOfTraining
            ? planner.Cell().OverRows()
            : planner.Forward(planner.Id + "CellTaped", $"{layer.Name}: the same equations, recording {Listing(kept)} on the tape.", kept);
        return new StageTrainingPlan(
            taped,
            kept,
            Backward(index, planner.Id, used, kept, equations, stores, received.Select(value => value.Gradient)),
            layout.Segments
                .Where(segment => segment.Source.Kind != SourceKind.Input)
                .SelectMany(segment => StepGradient(index, planner.Id, segment.Segment, segment.Source))
                .ToList(),
            layout.Segments
                .Where(segment => segment.Source.Kind == SourceKind.Input && !layer.Gathers)
                .SelectMany(segment => InputGradient(index, planner.Id, segment.Segment, inputGradientStride))
                .ToList(),
            BiasGradients(layout),
            WeightGradients(planner.Id, layout))
        {
            MeanGradients = means,
        };
    }

    private static string Listing(IReadOnlyList<string> names) => names.Count == 0 ? "nothing more" : string.Join(", ", names);

    /// <summary>What a stage's values receive from outside: from the layer above, from the next step, from later stages.</summary>
    private IEnumerable<(string Variable, RowPointer Gradient)> Received(int index, Size outputGradientStride)
    {
        foreach (string variable in layouts[index].Stage.Computed)
        {
            if (variable == layer.Cell.Output)
                yield return (variable, new RowPointer(OutputGradients, outputGradientStride));
            if (layer.Cell.States.FirstOrDefault(state => state.Name == variable) is { } state)
                yield return (variable, NextGradient(state));
            if (layer.UsedAfter(variable))
                yield return (variable, Later(variable));
        }
    }

    private static Dictionary<string, Expr> Seeds(IEnumerable<(string Variable, RowPointer Gradient)> received) => received
        .GroupBy(value => value.Variable, value => (Expr)new Variable(value.Gradient.Name))
        .ToDictionary(group => group.Key, group => group.Aggregate((sum, gradient) => sum + gradient));

    /// <summary>The gradient of a state as the next step passes it back.</summary>
    private RowPointer NextGradient(CellState state) => new(StateGradients(state.Name).Next, layer.GradientStrideOf(state.Name, state.Size));

    /// <summary>The gradient of a state as this step passes it on.</summary>
    private RowPointer PrevGradient(CellState state) => new(StateGradients(state.Name).Prev, layer.GradientStrideOf(state.Name, state.Size));

    /// <summary>The gradient that a value receives from later stages.</summary>
    private RowPointer Later(string variable) =>
        new(LaterGradient(variable), layer.GradientStrideOf(variable, layer.Cell.Stages[layer.StageOf(variable)].Units));

    private List<Store> Stores(int index, Gradient gradient)
    {
        var layout = layouts[index];
        var sums = new RowPointer(PreActivationGradients, layout.Sizes.RowStride, InPanels: true);
        var leaves = new Dictionary<string, Expr>(gradient.Leaves.ToDictionary(leaf => leaf.Key, leaf => Lowering.Lower(Simplifier.Simplify(leaf.Value))));
        var stores = new List<Store>();
        for (int place = 0; place < layout.Stage.Accumulators.Count; place++)
            stores.Add(Whole(sums, layout.Sizes.BlockUnits.Times(place), layout.Stage.Accumulators[place].Name, add: false));
        foreach (var state in layer.Cell.States)
            if (leaves.ContainsKey(state.Previous) || (IsComputedIn(index, state) && !_written.Contains(state.Previous)))
                stores.Add(Whole(PrevGradient(state), Size.Of(0), state.Previous, add: !_written.Add(state.Previous)));
        foreach (string diagonal in layout.Diagonals.Keys.Where(variable => !layout.IsTrained(variable)))
            leaves.Remove(diagonal);
        foreach (string diagonal in layout.Diagonals.Keys.Where(leaves.ContainsKey))
            stores.Add(Whole(new RowPointer(Names.Gradient(diagonal), Size.Of(0)), Size.Of(0), diagonal, add: true));
        foreach (var mean in layout.Stage.Means)
        {
            var value = Take(mean.Name);
            if (!mean.IsMaximum)
                stores.Add(new Store(new RowPointer(Names.Gradient(mean.Name), layer.StrideOf(mean.Name)), Size.Of(0), value, Add: false));
        }

        foreach (string aligned in layer.Cell.Aligned.Where(leaves.ContainsKey))
        {
            var value = Take(aligned);
            var (_, stride, accumulate) = layer.Aligned[aligned];
            if (stride > 0)
                stores.Add(new Store(new RowPointer(Names.Gradient(aligned), layer.Stride(stride, layer.Id, Names.Gradient(aligned))), Size.Of(0), value, Add: !_written.Add(aligned) || accumulate));
        }

        foreach (string variable in leaves.Keys.OrderBy(name => name, System.StringComparer.Ordinal).ToList())
            stores.Add(Whole(Later(variable), Size.Of(0), variable, add: !_written.Add(variable)));
        stores.RemoveAll(store => store.Add && store.Value is Constant { Value: 0 });
        return stores;

        // Sums and products take such a gradient over in whole vectors, padding included.
        Store Whole(RowPointer pointer, Size offset, string variable, bool add)
        {
            var value = Take(variable);
            return new Store(pointer, offset, value, add) { ClearsPadding = value is not Constant { Value: 0 } };
        }

        Expr Take(string name)
        {
            var value = leaves.TryGetValue(name, out var found) ? found : 0;
            leaves.Remove(name);
            return value;
        }
    }

    /// <summary>The derivatives of a stage's equations, from the gradients that it receives from outside.</summary>
    private PointwisePlan Backward(
        int index, string id, HashSet<string> used, List<string> kept, IReadOnlyList<Equation> equations, IReadOnlyList<Store> stores,
        IEnumerable<RowPointer> received)
    {
        var layout = layouts[index];
        var tape = layout.Tape(kept.Count);
        var places = kept.Select((name, place) => new Load(name, tape, layout.Sizes.PaddedUnits.Times(place)))
            .Concat(received.Select(gradient => new Load(gradient.Name, gradient, Size.Of(0))))
            .ToDictionary(load => load.Variable);
        var loads = used.OrderBy(Names.Plain, System.StringComparer.Ordinal)
            .Select(name => places.TryGetValue(name, out var load) ? load : new Load(name, layer.Row(name), Size.Of(0)))
            .ToList();
        var masked = layer.Recurrent ? Masked(index, stores) : [];
        var pointers = loads.Select(load => load.Pointer)
            .Concat(masked.Select(row => row.From).OfType<RowPointer>())
            .Concat(masked.Select(row => row.To))
            .Concat(stores.Select(store => store.Pointer))
            .Distinct()
            .ToList();
        return new PointwisePlan(
            id + "CellBackward",
            $"{layer.Name}: back-propagates through its equations, from the gradients of its values to those of its pre-activations.",
            layout.Blocking, layout.Sizes, pointers, loads, equations, stores, masked)
        {
            Units = layout.Stage.Units,
        };
    }

    /// <summary>
    /// At a masked row nothing flows to pre-activations and values; the gradient of a state goes through, which the stage that computes the state sees to. The
    /// other stages' parts of it are 0 there.
    /// </summary>
    private List<MaskedRow> Masked(int index, IReadOnlyList<Store> stores)
    {
        var states = layer.Cell.States.Where(state => IsComputedIn(index, state))
            .Select(state => (Next: NextGradient(state), Prev: PrevGradient(state)))
            .ToList();
        return
        [
            .. stores
                .Where(store => !store.Add && states.All(state => state.Prev != store.Pointer))
                .Select(store => new MaskedRow(store.Pointer, store.Offset, null)),
            .. states.Select(state => new MaskedRow(state.Prev, Size.Of(0), layer.ResetsMasked ? null : state.Next)),
        ];
    }

    private bool IsComputedIn(int index, CellState state) => layouts[index].Stage.Computed.Contains(state.Name);

    /// <summary>d source += weightᵀ · d pre-activations, for a state or a value of an earlier stage.</summary>
    private IEnumerable<TransposedProduct> StepGradient(int index, string id, Segment segment, VectorSource source)
    {
        string variable = source.Kind == SourceKind.State ? CellState.PreviousOf(source.Name) : source.Name;
        string output = source.Kind == SourceKind.State ? StateGradients(source.Name).Prev : LaterGradient(source.Name);
        var stride = layer.GradientStrideOf(variable, segment.Columns);
        return _transposes.Of(index, [id, variable, "Gradient"], segment, output, stride, accumulate: !_written.Add(variable));
    }

    /// <summary>d source += Σ d mean / count, for each element that counts.</summary>
    private MeanPlan MeanGradient(StageLayout layout, Mean mean)
    {
        var shape = new MeanShape(Size.Of(0), layout.Sizes.Units, Size.Of(mean.First), layout.Count(mean), layout.Count(mean));
        var (to, accumulate) = MeanTarget(layout, mean);
        return new MeanPlan(Names.Gradient(mean.Name), layer.StrideOf(mean.Name), to.Name, to.Stride, shape, accumulate);
    }

    /// <summary>Where the gradient of what is averaged lies, and whether something else has left its own there.</summary>
    private (RowPointer To, bool Accumulate) MeanTarget(StageLayout layout, Mean mean)
    {
        string source = mean.Source;
        if (layout.Diagonals.ContainsKey(source))
            return (new RowPointer(Names.Gradient(source), Size.Of(0)), true);
        if (layer.Aligned.TryGetValue(source, out var aligned))
            return (new RowPointer(Names.Gradient(source), layer.Stride(aligned.GradientStride, layer.Id, Names.Gradient(source))), !_written.Add(source) || aligned.Accumulate);
        return layer.Cell.States.FirstOrDefault(state => state.Previous == source) is { } state
            ? (PrevGradient(state), !_written.Add(source))
            : (Later(source), !_written.Add(source));
    }

    private IEnumerable<TransposedProduct> InputGradient(int index, string id, Segment segment, Size stride) =>
        _transposes.Of(index, [id, "InputGradient"], segment, InputGradients, stride, accumulate: !_written.Add(segment.Source) || layer.AccumulatesInput);

    /// <summary>Biases that feed the same accumulators have the same gradient.</summary>
    private static List<BiasGradientPlan> BiasGradients(StageLayout layout) => (
        from biases in layout.Biases.GroupBy(bias => string.Join(" ", bias.Feeds))
        from run in FeedRun.Of(biases.First().Feeds)
        let sizes = layout.Sizes
        select new BiasGradientPlan(
            biases.Select(bias => bias.Offset.Plus(sizes.BlockUnits.Times(run.Slot))).ToList(), sizes.BlockUnits.Times(run.Accumulator), sizes.Width(run.Count))).ToList();

    private List<WeightGradientPlan> WeightGradients(string id, StageLayout layout) => (
        from segment in layout.Segments.Select(segment => segment.Segment)
        from run in FeedRun.Of(segment.Feeds, feed => layout.IsTrained(segment, feed)).Select((run, part) => (Feeds: run, Part: part))
        where layout.IsTrained(segment, run.Feeds.Accumulator)
        select new WeightGradientPlan(
            layer.Methods.Of(
                (id, "WeightGradient", segment.Source, run.Part), id, "WeightGradient", segment.Source, run.Part == 0 ? "" : Names.Number(run.Part + 1)),
            $"{layer.Name}: adds to the gradient of the weights of {Names.Plain(segment.Source)}, summed over rows.",
            StageLayout.Source(segment), layout.Panel(segment, run.Feeds), layout.Sizes.RowStride)).ToList();
}
