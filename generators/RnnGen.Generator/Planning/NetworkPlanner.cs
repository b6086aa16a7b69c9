using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>Plans a whole network: its layers in order, where their weights and states lie, and each target's tiles.</summary>
internal sealed class NetworkPlanner
{
    private readonly NetworkSpec _spec;
    private readonly LayerCatalogue _catalogue;
    private readonly Dictionary<string, LayerContext> _contexts = [];
    private readonly Dictionary<string, IReadOnlyList<StageLayout>> _layouts = [];
    private readonly Dictionary<(string Layer, string Parameter, int Gate), GatePlan> _idleGates = [];
    private readonly List<LayerPlan> _layers = [];
    private int _weights;

    private NetworkPlanner(NetworkSpec spec, LayerCatalogue catalogue) => (_spec, _catalogue) = (spec, catalogue);

    public static NetworkPlan Plan(NetworkSpec spec, LayerCatalogue catalogue) => new NetworkPlanner(spec, catalogue).Plan();

    private NetworkPlan Plan()
    {
        AddLayers();
        IReadOnlyList<LayerPlan> layers = _layers;
        TapePlan? tape = null;
        IReadOnlyDictionary<(string, string), (int Values, int Gradients)> regions = new Dictionary<(string, string), (int, int)>();
        if (_spec.Training)
            (tape, layers, regions) = TapePlanner.Plan(_spec.InputSize, _layers, _contexts, _layouts);
        var states = States(regions);
        var parameters = layers.Where(layer => layer.Cell is not null).SelectMany(Parameters).ToList();
        var last = layers[layers.Count - 1];
        var targets = Target.All.Select(target => PlanTarget(target, layers, states)).ToList();
        var sizes = new NetworkSizes(
            states.Sum(state => state.Size),
            parameters.Sum(parameter => parameter.Gates.Count * parameter.Units * parameter.Columns),
            _weights,
            StepPlanner.StateLength(states) + targets.Max(target => target.Step.ScratchLength),
            layers.SelectMany(layer => layer.Stages).Sum(stage => (long)stage.Stage.Units * stage.Product.Segments.Sum(segment => segment.Columns * segment.Feeds.Count)));
        return new NetworkPlan(
            _spec,
            last.OutputSize,
            layers.Any(layer => layer.Role == LayerRole.LastStep),
            OutputActivation(last.Spec),
            parameters,
            states,
            layers,
            layers.Where(layer => layer.Cell is not null).SelectMany(layer => _contexts[layer.Id].Constants()).ToList(),
            sizes,
            RunPlanner.Plan(_spec.InputSize, layers, _contexts, _layouts),
            tape,
            targets);
    }

    private void AddLayers()
    {
        int size = _spec.InputSize, stride = _spec.InputSize;
        bool once = false;
        foreach (var spec in _spec.Layers)
        {
            var kind = _catalogue.Find(spec.Kind) ?? throw new ArgumentException($"no layer kind '{spec.Kind}'");
            string id = kind.Name + Names.Number(_layers.Count);
            once |= kind.Role == LayerRole.LastStep;
            var layer = kind.CreateCell is null
                ? new LayerPlan(id, spec, kind.Role, once, size, size, stride, stride, null, [])
                : CellLayer(id, kind, spec, once, size, stride);
            _layers.Add(layer);
            (size, stride) = (layer.OutputSize, layer.OutputStride);
        }
    }

    private LayerPlan CellLayer(string id, LayerKind kind, LayerSpec spec, bool once, int size, int stride)
    {
        var cell = kind.CreateCell!(LinearHead(spec)).ToGraph();
        var context = new LayerContext(id, spec.Name, cell, size, stride, kind.Role == LayerRole.Recurrent);
        var layouts = new List<StageLayout>();
        for (int stage = 0; stage < cell.Stages.Count; stage++)
        {
            layouts.Add(new StageLayout(context, stage, _weights));
            _weights += layouts[stage].Length;
        }

        (_contexts[id], _layouts[id]) = (context, layouts);
        PlaceIdleGates(context, layouts);
        var layer = new LayerPlan(id, spec, kind.Role, once, size, cell.OutputSize, stride, context.StrideOf(cell.Output), cell, []);
        var training = _spec.Training
            ? new BackwardPlanner(context, layouts).Plan(TapePlanner.GradientStride(layer), Math.Max(stride, Blocking.For(size, 1).PaddedUnits))
            : null;
        return layer with { Stages = layouts.Select((layout, stage) => new StagePlanner(context, stage, layout).Plan(training?[stage])).ToList() };
    }

    /// <summary>Gates that no stage uses keep their rows in files (a coupled forget gate's); they lie behind the layer's weights, where no kernel looks.</summary>
    private void PlaceIdleGates(LayerContext context, IReadOnlyList<StageLayout> layouts)
    {
        foreach (var parameter in context.Cell.Parameters)
            for (int gate = 0; gate < parameter.Gates; gate++)
                if (layouts.All(layout => layout.Find(parameter.Name, gate) is null))
                {
                    var blocking = context.BlockingFor(parameter.Units);
                    int columns = Math.Max(1, parameter.Columns == CellGraphBuilder.InputColumns ? context.InputSize : parameter.Columns);
                    _idleGates.Add((context.Id, parameter.Name, gate), new GatePlan(_weights, columns * blocking.BlockUnits, blocking.BlockUnits));
                    _weights += Blocking.ToLine(columns * blocking.PaddedUnits);
                }
    }

    /// <summary>
    /// The last layer's softmax or sigmoid is not among its equations: it stands behind them, as the network's output activation, so that a loss can be fused
    /// with it and see the logits.
    /// </summary>
    private LayerSpec LinearHead(LayerSpec spec) => spec == _spec.Layers[_spec.Layers.Count - 1] && OutputActivation(spec) != "Identity"
        ? spec with { Options = new EquatableArray<LayerOption>(spec.Options.Select(option => option.Name == "Activation" ? option with { Value = "Linear" } : option)) }
        : spec;

    private string OutputActivation(LayerSpec last) =>
        _catalogue.Find(last.Kind)!.Role == LayerRole.PerStep && last.Text("Activation", "Linear") is "Softmax" or "Sigmoid" ? last.Text("Activation", "Linear") : "Identity";

    private List<StatePlan> States(IReadOnlyDictionary<(string, string), (int Values, int Gradients)> regions)
    {
        var states = new List<StatePlan>();
        int offset = 0;
        foreach (var layer in _layers.Where(layer => layer.Recurrent))
            foreach (var state in layer.Cell!.States)
            {
                int padded = _contexts[layer.Id].StrideOf(state.Previous);
                var (values, gradients) = regions.TryGetValue((layer.Id, state.Name), out var found) ? found : (-1, -1);
                states.Add(new StatePlan(layer.Id, state.Name, state.Size, padded, offset, values, gradients));
                offset += Blocking.ToLine(padded);
            }

        return states;
    }

    private IEnumerable<ParameterPlan> Parameters(LayerPlan layer)
    {
        foreach (var parameter in layer.Cell!.Parameters)
        {
            var gates = Enumerable.Range(0, parameter.Gates)
                .Select(gate => _layouts[layer.Id].Select(layout => layout.Find(parameter.Name, gate)).FirstOrDefault(place => place is not null) ?? _idleGates[(layer.Id, parameter.Name, gate)])
                .Select((place, gate) => place with { InitialValue = parameter.InitialValues.ElementAtOrDefault(gate) })
                .ToList();
            int columns = parameter.Columns == CellGraphBuilder.InputColumns ? layer.InputSize : parameter.Columns;
            int fanIn = parameter.FanIn == CellGraphBuilder.InputColumns ? layer.InputSize : parameter.FanIn;
            yield return new ParameterPlan(
                $"{layer.Spec.Name}.{parameter.Name}",
                columns == 0 ? [parameter.Gates * parameter.Units] : [parameter.Gates * parameter.Units, columns],
                parameter.Units,
                Math.Max(1, columns),
                _contexts[layer.Id].BlockingFor(parameter.Units).BlockUnits,
                gates,
                (float)(1 / Math.Sqrt(fanIn)));
        }
    }

    private TargetPlan PlanTarget(Target target, IReadOnlyList<LayerPlan> layers, IReadOnlyList<StatePlan> states)
    {
        var tiles = layers.SelectMany(layer => layer.Stages).Select(stage => Tiles(target, stage)).ToList();
        return new TargetPlan(target, tiles, StepPlanner.Plan(layers, tiles, states, _contexts, _layouts));
    }

    private static StageTiles Tiles(Target target, StagePlan stage)
    {
        int accumulators = stage.Product.Accumulators.Count;
        var blocking = stage.Product.Blocking;
        var transposed = stage.Training is null ? [] : stage.Training.StepGradients.Append(stage.Training.InputGradient!).Where(product => product is not null);
        return new StageTiles(
            stage.Id,
            Tile.SingleRow(target, blocking, accumulators),
            Tile.ManyRows(target, blocking, accumulators),
            transposed.ToDictionary(
                product => product.Product.Id,
                product => new ProductTiles(Tile.ManyRows(target, product.Product.Blocking, 1), Tile.SingleRow(target, product.Product.Blocking, 1).Rolled)),
            (stage.Training?.WeightGradients ?? []).ToDictionary(
                gradient => gradient.Id,
                gradient => GradientTile.For(target, blocking, gradient.Feeds.Count, gradient.Columns?.Columns ?? 1)));
    }
}
