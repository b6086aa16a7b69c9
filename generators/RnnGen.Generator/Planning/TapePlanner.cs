using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>Gives every value of the training pass its region of the tape, and binds the kernels' pointers to them.</summary>
internal sealed class TapePlanner
{
    private const int RowChunk = 64;

    /// <summary>Few enough rows for their gradients to stay in the second cache, and to keep the rounding of long sums small.</summary>
    private const int GradientChunk = 128;

    private const string EveryStep = "Steps";
    private const string OncePerSequence = "Batch";

    private readonly List<RegionPlan> _regions = [];
    private readonly List<LayerTape> _layers = [];
    private readonly Dictionary<(string Layer, string State), (int Values, int Gradients)> _states = [];
    private Binding _output;
    private Binding _outputGradient;

    private TapePlanner(int inputSize)
    {
        _output = Bind("x", Region("input", EveryStep, inputSize));
        _outputGradient = Bind(BackwardPlanner.InputGradients, Region("dInput", EveryStep, Blocking.For(inputSize, 1).PaddedUnits));
    }

    /// <summary>Plans the tape; the transposed copies' regions are filled into the layers that come back.</summary>
    public static (TapePlan Plan, IReadOnlyList<LayerPlan> Layers, IReadOnlyDictionary<(string Layer, string State), (int Values, int Gradients)> States) Plan(
        int inputSize, IReadOnlyList<LayerPlan> layers, IReadOnlyDictionary<string, LayerContext> contexts, IReadOnlyDictionary<string, IReadOnlyList<StageLayout>> layouts)
    {
        var planner = new TapePlanner(inputSize);
        var placed = layers.Select(layer => layer.Cell is null ? planner.LastStep(layer) : planner.Layer(layer, contexts[layer.Id], layouts[layer.Id])).ToList();
        var plan = new TapePlan(
            planner._regions,
            planner._layers,
            GradientChunk,
            InputRegion: 0,
            planner.Index(planner._output.Place),
            planner._output.Moment == Moment.NextStep ? 1 : 0,
            planner.Index(planner._outputGradient.Place),
            InputGradientRegion: 1);
        return (plan, placed, planner._states);
    }

    private LayerPlan LastStep(LayerPlan layer)
    {
        var rows = Region(layer.Spec.Name + ".last", OncePerSequence, layer.OutputStride);
        var gradient = Region(layer.Spec.Name + ".dLast", OncePerSequence, GradientStride(layer));
        var bindings = new List<Binding> { _output with { Pointer = "x" }, Bind("y", rows), Bind("dy", gradient), _outputGradient with { Pointer = BackwardPlanner.InputGradients } };
        _layers.Add(new LayerTape(layer.Id, 0, [new StageBindings(layer.Id, bindings)]));
        (_output, _outputGradient) = (Bind("x", rows), Bind(BackwardPlanner.InputGradients, gradient));
        return layer;
    }

    private LayerPlan Layer(LayerPlan layer, LayerContext context, IReadOnlyList<StageLayout> layouts)
    {
        string every = layer.OncePerSequence ? OncePerSequence : EveryStep;
        var shared = new List<Binding> { _output with { Pointer = "x" }, _outputGradient with { Pointer = BackwardPlanner.InputGradients } };
        foreach (var state in context.Cell.States)
            shared.AddRange(State(layer, context, state));
        foreach (string variable in Enumerable.Range(0, layer.Stages.Count).SelectMany(context.Stored).Where(variable => !context.IsState(variable)))
            shared.Add(Bind(variable, Region($"{layer.Spec.Name}.{variable}", every, context.StrideOf(variable))));
        foreach (var stage in layer.Stages)
            foreach (string variable in stage.Stage.Computed.Where(context.UsedAfter))
                shared.Add(Bind(BackwardPlanner.LaterGradient(variable), Region($"{layer.Spec.Name}.{BackwardPlanner.LaterGradient(variable)}", every, context.GradientStrideOf(variable, stage.Stage.Units))));
        var gradient = Region($"{layer.Spec.Name}.dy", every, GradientStride(layer));
        shared.Add(Bind(BackwardPlanner.OutputGradients, gradient));

        var stages = new List<StageBindings>();
        var placed = new List<StagePlan>();
        for (int index = 0; index < layer.Stages.Count; index++)
        {
            var stage = layer.Stages[index];
            stages.Add(new StageBindings(stage.Id, [.. shared, .. OfStage(layer, stage, layouts[index], every)]));
            placed.Add(stage with { Training = Transposed(layer, stage, stage.Training!) });
        }

        _layers.Add(new LayerTape(layer.Id, layer.Recurrent ? 0 : RowChunk, stages));
        _output = shared.First(binding => binding.Pointer == context.Cell.Output) with { Pointer = "x" };
        _outputGradient = Bind(BackwardPlanner.InputGradients, gradient);
        return layer with { Stages = placed };
    }

    private IEnumerable<Binding> State(LayerPlan layer, LayerContext context, CellState state)
    {
        int stride = context.StrideOf(state.Previous);
        int gradientStride = context.GradientStrideOf(state.Name, state.Size);
        var values = Region($"{layer.Spec.Name}.{state.Name}", "StepsAndInitial", stride);
        var gradients = Region($"{layer.Spec.Name}.{Names.Gradient(state.Name)}", "TwoBatches", gradientStride);
        _states.Add((layer.Id, state.Name), (Index(values.Id), Index(gradients.Id)));
        var (next, prev) = BackwardPlanner.StateGradients(state.Name);
        return
        [
            Bind(state.Previous, values),
            Bind(state.Name, values, Moment.NextStep),
            Bind(next, gradients, Moment.After),
            Bind(prev, gradients, Moment.Before),
        ];
    }

    private IEnumerable<Binding> OfStage(LayerPlan layer, StagePlan stage, StageLayout layout, string every)
    {
        string name = layer.Spec.Name + (stage.Id == layer.Id ? "" : "." + stage.Id.Substring(layer.Id.Length).ToLowerInvariant());
        int width = stage.Product.OutputRowStride;
        var pre = layer.Recurrent ? Region(name + ".pre", OncePerSequence, width) : Region(name + ".pre", "One", width * RowChunk);
        yield return Bind(StagePlanner.PreActivations, pre, Moment.Fixed) with { Stride = width };
        yield return Bind(BackwardPlanner.PreActivationGradients, Region(name + ".dPre", every, width));
        if (stage.Training!.Kept.Count > 0)
            yield return Bind(StagePlanner.Kept, Region(name + ".kept", every, stage.Training.Kept.Count * layout.Blocking.PaddedUnits));
        foreach (var diagonal in layout.Diagonals)
        {
            yield return new Binding(diagonal.Key, "weights", diagonal.Value, 0, Moment.Fixed);
            yield return new Binding(Names.Gradient(diagonal.Key), "gradients", diagonal.Value, 0, Moment.Fixed);
        }
    }

    private StageTrainingPlan Transposed(LayerPlan layer, StagePlan stage, StageTrainingPlan training) => training with
    {
        StepGradients = training.StepGradients.Select(product => Transposed(layer, product)!).ToList(),
        InputGradient = Transposed(layer, training.InputGradient),
    };

    private TransposedProduct? Transposed(LayerPlan layer, TransposedProduct? product) => product is null ? null : product with
    {
        Region = Index(Region($"{layer.Spec.Name}.{Names.Camel(product.Product.Id.Substring(layer.Id.Length))}Weights", "One", product.Product.BlockStride * product.Product.Blocking.Blocks).Id),
    };

    /// <summary>The product above may pad the rows of a gradient more than the layer pads its values.</summary>
    public static int GradientStride(LayerPlan layer) => System.Math.Max(layer.OutputStride, Blocking.For(layer.OutputSize, 1).PaddedUnits);

    private RegionPlan Region(string name, string rows, int stride)
    {
        string id = string.Concat(name.Split('.', '-', '_', '/').Where(part => part.Length > 0).Select(Names.Pascal));
        id = char.IsDigit(id[0]) ? "Of" + id : id;
        while (_regions.Any(region => region.Id == id))
            id += "X";
        var plan = new RegionPlan(name, id, rows, stride);
        _regions.Add(plan);
        return plan;
    }

    private int Index(string id) => _regions.FindIndex(region => region.Id == id);

    private static Binding Bind(string pointer, RegionPlan region, Moment moment = Moment.Step) => new(pointer, region.Id, 0, region.Stride, moment);
}
